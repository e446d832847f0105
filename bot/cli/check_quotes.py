"""`nutgraf check-quotes`: whether the quotations of a text stand in the archive."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click

from bot.cli.asynchronous import run_to_end
from bot.cli.sources import Options

if TYPE_CHECKING:
    from bot.settings import Settings

NOT_CONFIRMED: Final = 1


def check_quotes_command(load: Callable[[Options], "Settings"]) -> click.Command:
    """Return the command `check-quotes`, on the archive of the settings that `load` gives."""

    @click.command("check-quotes")
    @click.argument("file", metavar="FILE")
    @click.pass_obj
    def check_quotes(options: Options, file: str) -> None:
        """Check each quotation of a text against the archive; FILE may be `-`.

        Each is exact, exact but for typography, altered, someone else's, put together or not found,
        with who says it, where and when. The exit code is 1 unless all are exact or exact but for
        typography.
        """
        from bot.commands import check_text  # noqa: PLC0415 - see the module `bot.cli`

        told, confirmed = run_to_end(check_text(load(options), file))
        click.echo(told, nl=False)
        if not confirmed:
            sys.exit(NOT_CONFIRMED)

    return check_quotes
