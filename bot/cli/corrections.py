"""`nutgraf corrections`: what was reported as wrong, and what editors decided of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bot.cli.asynchronous import run_to_end
from bot.cli.sources import Options

if TYPE_CHECKING:
    from bot.settings import Settings

NUMBER = click.IntRange(min=1)


def corrections_command(load: Callable[[Options], "Settings"]) -> click.Command:
    """Return the command `corrections`, on the archive of the settings that `load` gives."""

    @click.command("corrections")
    @click.option("--confirm", "doing", type=NUMBER, help="Let the report of this number hold.")
    @click.option("--dismiss", type=NUMBER, help="Let the report of this number not hold.")
    @click.option("--undo", type=NUMBER, help="Take back the correction of this number.")
    @click.pass_obj
    def corrections(
        options: Options, doing: int | None, dismiss: int | None, undo: int | None
    ) -> None:
        """Print what members reported as wrong and what was decided, or decide on one report.

        A running `nutgraf run` brings what follows to the channels.
        """
        asked = [("confirm", doing), ("dismiss", dismiss), ("undo", undo)]
        line = " ".join(f"{verb} {number}" for verb, number in asked if number)
        click.echo(run_to_end(_answer(load(options), line)), nl=False)

    return corrections


async def _answer(settings: "Settings", line: str) -> str:
    from bot.app import clock, open_desk  # noqa: PLC0415 - see the module `bot.cli`
    from bot.console.progress import no_progress  # noqa: PLC0415
    from bot.console.reports import corrections  # noqa: PLC0415
    from bot.delivery.plain import to_plain  # noqa: PLC0415

    async with open_desk(settings, no_progress) as desk:
        return to_plain(await corrections(desk, line, clock()))
