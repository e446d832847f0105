"""`nutgraf spending`: what models cost today and this week."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bot.cli.asynchronous import run_to_end
from bot.cli.sources import Options

if TYPE_CHECKING:
    from bot.money import SpendingReport
    from bot.settings import Settings


def spending_command(load: Callable[[Options], "Settings"]) -> click.Command:
    """Return the command `spending`, on the archive of the settings that `load` gives."""

    @click.command("spending")
    @click.option("--json", "as_json", is_flag=True, help="For machines; in millionths.")
    @click.pass_obj
    def spending(options: Options, *, as_json: bool) -> None:
        """Print what models cost today and this week, by desk, task and model."""
        report = run_to_end(_report(load(options)))
        click.echo(_to_json(report) if as_json else _to_text(report), nl=as_json)

    return spending


async def _report(settings: "Settings") -> "SpendingReport":
    from pathlib import Path  # noqa: PLC0415 - see the module `bot.cli`

    from bot.adapters.archive import SqliteArchive  # noqa: PLC0415
    from bot.app import clock  # noqa: PLC0415
    from bot.catalogues import load_prices  # noqa: PLC0415
    from bot.money import spending as spending_of  # noqa: PLC0415
    from bot.settings import payment_terms  # noqa: PLC0415

    terms = payment_terms(settings, load_prices(settings.budget.currency))
    async with SqliteArchive.open(Path(settings.archive.database)) as archive:
        return await spending_of(archive.accounts, terms, now=clock())


def _to_text(report: "SpendingReport") -> str:
    from bot.delivery.plain import to_plain  # noqa: PLC0415
    from bot.delivery.spending import spending_card  # noqa: PLC0415

    return to_plain(spending_card(report))


def _to_json(report: "SpendingReport") -> str:
    from msgspec import json  # noqa: PLC0415

    return json.format(json.encode(report), indent=2).decode()
