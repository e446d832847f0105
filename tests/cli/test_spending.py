"""`nutgraf spending` as it is typed, on an archive in a folder of its own."""

import asyncio
import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.adapters.archive import SqliteArchive
from bot.app import clock
from bot.cli import cli
from bot.delivery.plain import to_plain
from bot.delivery.spending import spending_card
from bot.errors import SettingsError
from bot.money import spending
from bot.ports import Usage
from tests.builders import NOON
from tests.fakes_money import FakeMeter, HandClock
from tests.money_terms import a_call, some_terms

CENT = 10_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def spend(path: Path, now: datetime) -> None:
    async with SqliteArchive.open(path) as archive:
        meter = archive.meter(some_terms(desk=CENT, total=CENT), HandClock(now))
        await meter.reserve(a_call(CENT))


def test_what_was_spent_is_printed_for_people_and_for_machines(folder: Path) -> None:
    asyncio.run(spend(folder / "n.db", clock()))

    printed = CliRunner().invoke(cli, ["--database", "n.db", "spending"]).stdout
    decoded = json.loads(
        CliRunner().invoke(cli, ["--database", "n.db", "spending", "--json"]).stdout
    )

    assert "Desk city, summary by larkspur-small: 0.01 EUR (0.01 EUR of it not settled)" in printed
    assert "all desks together 5.00 EUR" in printed
    assert [one["amount"] for one in decoded["week"]] == [CENT]


def test_prices_in_another_currency_than_the_budget_are_an_error(folder: Path) -> None:
    (folder / "config").mkdir()
    (folder / "config/prices.toml").write_text("currency = 'NOK'")

    result = CliRunner().invoke(cli, ["--database", "n.db", "spending"])

    assert isinstance(result.exception, SettingsError)
    assert "config/prices.toml: prices are in NOK, and the budget" in str(result.exception)


async def test_the_card_has_sums_of_today_and_of_the_week_and_a_line_for_each() -> None:
    terms = some_terms(desk=100 * CENT, total=500 * CENT)
    now = HandClock()
    meter = FakeMeter(terms, now)
    one = await meter.reserve(a_call(40 * CENT))
    await meter.settle(one, Usage("larkspur-small", 20 * CENT, 4 * CENT))
    now.now = NOON.replace(day=6)
    await meter.reserve(a_call(2 * CENT, task="answer"))

    card = spending_card(await spending(meter, terms, now=now.now))

    said = to_plain(card)
    today, week = said.split("This week, since Monday 2 March 2026")
    open_ = "Desk city, answer by larkspur-small: 0.02 EUR (0.02 EUR of it not settled), 1 call, "
    assert "Today, Friday 6 March 2026" in today
    assert "\n0.02 EUR (0.02 EUR of it not settled).\n" in today
    assert "\n0.30 EUR (0.02 EUR of it not settled).\n" in week
    for part in (today, week):
        assert open_ + "0 tokens read and 0 written.\n" in part
    closed = "Desk city, summary by larkspur-small: 0.28 EUR, 1 call, 200,000 tokens read and "
    assert closed not in today
    assert closed in week
    assert "A desk may spend 1.00 EUR in a day, all desks together 5.00 EUR." in week
    assert "was set aside for calls that are under way, or whose process died" in week
