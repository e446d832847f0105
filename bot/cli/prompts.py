"""`nutgraf prompts`: are the prompt files in order, and what does a model make of one."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.asynchronous import run_to_end

if TYPE_CHECKING:
    from bot.settings import Settings

BAD_INPUT: Final = 2
Options = tuple[Path | None, Path | None]


def prompts_group(load: Callable[[Options], "Settings"]) -> click.Group:
    """Return the group `prompts`, for the settings that `load` gives."""

    @click.group("prompts")
    def prompts() -> None:
        """Check the newsroom's prompts, house rules and editions, or try one on a story."""

    @prompts.command("check")
    def check() -> None:
        """Say of every prompt file that it is in order, or its line and what is wrong."""
        from bot.prompt_trial import check_all_prompts  # noqa: PLC0415 - imported when it runs

        checked = check_all_prompts()
        for file in checked:
            click.echo(file.problem or f"{file.name}: in order", err=bool(file.problem))
        sys.exit(BAD_INPUT if any(file.problem for file in checked) else 0)

    @prompts.command("try")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--story", required=True, help="Words that the story speaks of, or its number.")
    @click.option("--edition", default="", help="Of prompts/editions, without the .md.")
    @click.pass_obj
    def try_(options: Options, file: Path, story: str, edition: str) -> None:
        """Show FILE as it is sent for a story, the reply, and what became of each sentence."""
        from bot.prompt_trial import try_prompt  # noqa: PLC0415

        click.echo(run_to_end(try_prompt(load(options), file, story, edition)), nl=False)

    return prompts
