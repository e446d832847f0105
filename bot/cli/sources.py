"""`nutgraf sources`: the desk's commands on sources, from the shell."""

import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from bot.cli.asynchronous import run_to_end
from bot.console.source_commands import Question
from bot.console.source_commands import sources as typed

if TYPE_CHECKING:
    from bot.settings import Settings

BAD_INPUT = 2
Options = tuple[Path | None, Path | None]


def sources_group(load: Callable[[Options], "Settings"]) -> click.Group:
    """Return the group `sources`, which asks the desk of the settings that `load` gives."""

    @click.pass_context
    def run(context: click.Context, /, question: Question | None, **_: object) -> None:
        if question is not None:
            _answer(question, load(context.obj))

    @click.pass_context
    def begin(context: click.Context) -> Question | None:
        context.meta["bot.program"] = program_name(context.obj)
        return context.invoke(typed)  # type: ignore[no-any-return]

    return click.Group(
        "sources",
        commands=typed.commands,
        callback=begin,
        result_callback=run,
        invoke_without_command=True,
        help=typed.help,
    )


def program_name(options: Options) -> str:
    """Return what to type before a command to come to the same archive again."""
    named = zip(("--config", "--database"), options, strict=True)
    return " ".join(["nutgraf", *(f"{name} {quote(str(path))}" for name, path in named if path)])


def _answer(question: Question, settings: "Settings") -> None:
    from bot.commands import answer_about_sources  # noqa: PLC0415 - see the module `bot.cli`

    if not run_to_end(answer_about_sources(settings, question)):
        sys.exit(BAD_INPUT)
