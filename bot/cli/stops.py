"""`nutgraf kill`, `hold`, `release`, `purge`, `audit`: what must not be told, from a terminal.

A newsroom that runs withdraws what it posted within a second or two, whoever stopped it.
"""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.asynchronous import run_to_end
from bot.cli.sources import Options

if TYPE_CHECKING:
    from bot.cards import Card
    from bot.desk import Desk
    from bot.settings import Settings

Handler = Callable[["Desk", str, datetime], Coroutine[Any, Any, "Card"]]
REASON = click.option("--reason", default="", help="Why; it stands in the audit.")


def stop_commands(load: Callable[[Options], "Settings"]) -> tuple[click.Command, ...]:
    """Return the commands, on the archive of the settings that `load` gives."""
    return (
        _stop("kill", "Kill a story or a quote: nothing of it is told until it is released.", load),
        _stop("hold", "Hold a story or a quote while something is cleared up.", load),
        _release(load),
        _purge(load),
        _audit(load),
    )


def _stop(name: str, help_: str, load: Callable[[Options], "Settings"]) -> click.Command:
    @click.command(name, help=f"{help_}\n\nWHAT are words of it; of a story also its number.")
    @click.argument("kind", type=click.Choice(["story", "quote"]))
    @click.argument("what", nargs=-1, required=True)
    @REASON
    @click.pass_obj
    def command(options: Options, kind: str, what: tuple[str, ...], reason: str) -> None:
        from bot.console import stops  # noqa: PLC0415 - see the module `bot.cli`

        handler = stops.kill if name == "kill" else stops.hold
        line = f"{kind} {' '.join(what)} // {reason}"
        click.echo(run_to_end(_answered(load(options), handler, line)), nl=False)

    return command


def _release(load: Callable[[Options], "Settings"]) -> click.Command:
    @click.command("release")
    @click.argument("number", type=click.IntRange(min=1), required=False)
    @REASON
    @click.pass_obj
    def release(options: Options, number: int | None, reason: str) -> None:
        """Release what was stopped, by its NUMBER; without one, list what is stopped."""
        from bot.console import stops  # noqa: PLC0415

        line = f"{number or ''} // {reason}"
        click.echo(run_to_end(_answered(load(options), stops.release, line)), nl=False)

    return release


def _purge(load: Callable[[Options], "Settings"]) -> click.Command:
    @click.command("purge")
    @click.argument("article_id", metavar="ARTICLE_ID")
    @click.option("--yes", is_flag=True, help="Do not ask again.")
    @REASON
    @click.pass_obj
    def purge(options: Options, article_id: str, reason: str, *, yes: bool) -> None:
        """Remove the texts of an article for good; their hashes stay."""
        from bot.console import stops  # noqa: PLC0415

        settings = load(options)
        if not yes:
            click.confirm(f"Remove the texts of article {article_id} for good?", abort=True)
        line = f"{article_id} // {reason}"
        click.echo(run_to_end(_answered(settings, stops.purge, line)), nl=False)

    return purge


def _audit(load: Callable[[Options], "Settings"]) -> click.Command:
    @click.command("audit")
    @click.pass_obj
    def audit(options: Options) -> None:
        """Print who killed, held, released and purged what, when and why."""
        from bot.console import stops  # noqa: PLC0415

        click.echo(run_to_end(_answered(load(options), stops.audit, "")), nl=False)

    return audit


async def _answered(settings: "Settings", handler: Handler, line: str) -> str:
    from bot.app import clock, open_desk  # noqa: PLC0415
    from bot.console.progress import no_progress  # noqa: PLC0415
    from bot.delivery.plain import to_plain  # noqa: PLC0415

    async with open_desk(settings, no_progress) as desk:
        return to_plain(await handler(desk, line, clock()))
