"""What every meter promises: the same tests on SQLite and on the fake."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from bot.adapters.archive import SqliteArchive
from bot.adapters.archive.spending import SqliteMeter
from bot.errors import BudgetError
from bot.money import LONGEST_WAIT, WINDOW, Pace, Terms
from bot.ports import Accounts, Meter, Payer, PlannedCall, Reservation, Spent, Usage
from tests.builders import NOON
from tests.fakes_money import FakeMeter, HandClock
from tests.money_terms import a_call, some_terms

TODAY = date(2026, 3, 4)
CITY = Payer("city", scheduled=True)
ASKED = Payer("city")
SECOND = timedelta(seconds=1)


@dataclass
class Till:
    """A meter with its accounts and its clock, and more meters of the same accounts."""

    meter_of: Callable[[Terms], SqliteMeter | FakeMeter]
    accounts_of: Callable[[SqliteMeter | FakeMeter], Accounts]
    clock: HandClock

    def meter(self, terms: Terms | None = None) -> SqliteMeter | FakeMeter:
        return self.meter_of(terms or some_terms())


@pytest.fixture(params=["fake", "sqlite"])
def till(request: pytest.FixtureRequest) -> Till:
    clock = HandClock()
    if request.param == "fake":
        return Till(lambda terms: FakeMeter(terms, clock), lambda fake: fake, clock)  # type: ignore[arg-type,return-value]
    archive: SqliteArchive = request.getfixturevalue("stored")
    return Till(lambda terms: archive.meter(terms, clock), lambda _: archive.accounts, clock)


async def refused(meter: Meter, call: PlannedCall) -> str:
    with pytest.raises(BudgetError) as caught:
        await meter.reserve(call)
    assert caught.value.kind == "budget"
    return str(caught.value)


async def fill(meter: Meter, calls: int, call: PlannedCall) -> list[Reservation]:
    return [await meter.reserve(call) for _ in range(calls)]


async def test_what_is_set_aside_counts_up_to_the_ceiling_and_not_past_it(till: Till) -> None:
    meter = till.meter()
    await fill(meter, 10, a_call(100))

    assert await meter.left(CITY) == 0
    assert await refused(meter, a_call(1)) == (
        "The budget of desk city leaves 0.00 EUR of under 0.01 EUR today, and the call may cost "
        "under 0.01 EUR; there is more after midnight, or when budget.desk_per_day in "
        "config/nutgraf.toml is raised."
    )
    await meter.reserve(a_call(0))


async def test_a_settled_call_counts_what_it_cost_and_a_cancelled_one_nothing(till: Till) -> None:
    meter = till.meter()
    settled, cancelled, open_ = await fill(meter, 3, a_call(300))
    await meter.settle(settled, Usage("larkspur-small-9", 10, 20))
    await meter.cancel(cancelled)

    assert await meter.left(CITY) == 1_000 - 50 - 300
    assert open_.id not in {settled.id, cancelled.id}


async def test_a_call_whose_end_nobody_knows_costs_all_of_it(till: Till) -> None:
    meter = till.meter()
    (lost,) = await fill(meter, 1, a_call(300))
    await meter.settle(lost, None)

    assert await meter.left(CITY) == 700
    (spent,) = await till.accounts_of(meter).spent(TODAY, TODAY)
    assert spent == Spent("city", "summary", "larkspur-small", 1, 0, 0, 300)


async def test_a_call_is_closed_once(till: Till) -> None:
    meter = till.meter()
    one, other = await fill(meter, 2, a_call(300))
    await meter.settle(one, Usage("larkspur-small", 200, 0))
    await meter.settle(one, Usage("larkspur-small", 0, 0))
    await meter.settle(one, None)
    await meter.cancel(one)
    await meter.cancel(other)
    await meter.settle(other, Usage("larkspur-small", 300, 0))
    await meter.settle(Reservation("unknown"), None)

    assert await meter.left(CITY) == 800


async def test_the_share_of_scheduled_editions_is_kept_from_commands_and_not_from_them(
    till: Till,
) -> None:
    meter = till.meter()
    await fill(meter, 5, a_call(100, scheduled=False))

    assert await meter.left(ASKED) == 0
    assert (await refused(meter, a_call(1, scheduled=False))).startswith(
        "What is not kept for scheduled editions of the budget of desk city leaves 0.00 EUR"
    )
    assert await meter.left(CITY) == 500
    await fill(meter, 5, a_call(100))


async def test_what_editions_spend_first_leaves_commands_what_is_left(till: Till) -> None:
    meter = till.meter()
    await fill(meter, 8, a_call(100))

    assert await meter.left(ASKED) == 200


async def test_all_desks_share_the_ceiling_of_the_bot(till: Till) -> None:
    meter = till.meter()
    await fill(meter, 10, a_call(100, "city"))
    await fill(meter, 5, a_call(100, "sport"))

    assert await meter.left(Payer("sport", scheduled=True)) == 0
    assert (await refused(meter, a_call(1, "sport"))).startswith("The budget of all desks leaves")


async def test_commands_of_all_desks_share_what_editions_leave_to_them(till: Till) -> None:
    meter = till.meter(some_terms(desk=1_000, total=1_000))
    await fill(meter, 4, a_call(100, "city", scheduled=False))

    assert await meter.left(Payer("sport")) == 100
    assert await meter.left(Payer("sport", scheduled=True)) == 600
    assert (await refused(meter, a_call(200, "sport", scheduled=False))).startswith(
        "What is not kept for scheduled editions of the budget of all desks leaves"
    )


async def test_a_day_of_the_budget_ends_at_midnight_in_its_zone(till: Till) -> None:
    meter = till.meter()
    till.clock.now = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    (late,) = await fill(meter, 1, a_call(1_000))
    till.clock.now = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)

    assert await meter.left(CITY) == 1_000, "it is midnight in London"
    await meter.settle(late, Usage("larkspur-small", 900, 0))
    assert await meter.left(CITY) == 1_000, "a call is paid on the day it was reserved"
    till.clock.now = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    assert await meter.left(CITY) == 100


async def test_a_model_without_a_price_is_refused_and_named(till: Till) -> None:
    assert (await refused(till.meter(), a_call(model="crocus-large"))).startswith(
        "There is no price for crocus-large in config/prices.toml; add "
    )


async def test_an_endpoint_that_counts_odd_tokens_earns_nothing_back(till: Till) -> None:
    meter = till.meter()
    one, other = await fill(meter, 2, a_call(100))
    await meter.settle(one, Usage("larkspur-small", -500, -1))
    assert await meter.left(CITY) == 900

    await meter.settle(other, Usage("larkspur-small", 10**40, 0))
    assert await meter.left(CITY) == 0
    assert (await refused(meter, a_call(1))).startswith("The budget of desk city leaves 0.00 EUR")


async def test_calls_are_spaced_by_arithmetic_and_the_first_ones_do_not_wait(till: Till) -> None:
    meter = till.meter(some_terms(gpu=Pace(requests_per_minute=3)))
    waits = [r.wait_seconds for r in await fill(meter, 3, a_call(1))]
    till.clock.now += 10 * SECOND
    waits += [r.wait_seconds for r in await fill(meter, 4, a_call(1))]

    assert waits == [0, 0, 0, 51, 51, 51, 112]
    assert (await meter.reserve(a_call(1, endpoint="other"))).wait_seconds == 0


async def test_tokens_count_as_they_are_set_aside_even_if_fewer_were_used(till: Till) -> None:
    meter = till.meter(some_terms(gpu=Pace(tokens_per_minute=300)))
    first, second = await fill(meter, 2, a_call(150))
    await meter.settle(first, Usage("larkspur-small", 1, 1))

    assert second.wait_seconds == 0
    assert (await meter.reserve(a_call(10))).wait_seconds == WINDOW.total_seconds()


async def test_a_call_that_was_cancelled_leaves_its_place_to_others(till: Till) -> None:
    meter = till.meter(some_terms(gpu=Pace(requests_per_minute=1)))
    (first,) = await fill(meter, 1, a_call(1))
    await meter.cancel(first)

    assert (await meter.reserve(a_call(1))).wait_seconds == 0


async def test_a_call_with_more_tokens_than_a_minute_is_refused(till: Till) -> None:
    meter = till.meter(some_terms(gpu=Pace(tokens_per_minute=300)))

    assert (await refused(meter, a_call(301))).startswith(
        "A call to gpu may use 301 tokens, and its tokens_per_minute are 300"
    )


async def test_nobody_waits_for_ever_and_what_is_refused_costs_nothing(till: Till) -> None:
    meter = till.meter(some_terms(gpu=Pace(requests_per_minute=1)))
    waits = [r.wait_seconds for r in await fill(meter, 10, a_call(1))]

    assert waits[-1] == 9 * 61 <= LONGEST_WAIT.total_seconds()
    assert await refused(meter, a_call(1)) == (
        "The limits of gpu are taken for the next 10 minutes; try again later."
    )
    assert await meter.left(CITY) == 990


@pytest.mark.parametrize("seed", range(4))
async def test_both_meters_tell_callers_that_come_at_random_to_wait_as_long(
    stored: SqliteArchive, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - which arrivals, is no secret
    clock = HandClock()
    terms = some_terms(desk=10**6, total=10**6, gpu=Pace(4, 250))
    meters = (stored.meter(terms, clock), FakeMeter(terms, clock))
    for _ in range(60):
        clock.now += timedelta(seconds=random.expovariate(1 / 12))
        call = a_call(random.randint(1, 120))
        waits = [await tried_wait(meter, call) for meter in meters]
        assert waits[0] == waits[1]


async def tried_wait(meter: Meter, call: PlannedCall) -> float | None:
    """Return how long the call has to wait; of some it is cancelled, and `None` if refused."""
    try:
        reservation = await meter.reserve(call)
    except BudgetError:
        return None
    if call.tokens_in % 7 == 0:
        await meter.cancel(reservation)
    return reservation.wait_seconds


async def test_a_clock_that_is_set_back_stops_nobody(till: Till) -> None:
    meter = till.meter(some_terms(gpu=Pace(requests_per_minute=1)))
    await fill(meter, 1, a_call(1))
    till.clock.now -= timedelta(hours=2)

    assert (await meter.reserve(a_call(1))).wait_seconds == 0


async def test_accounts_are_kept_by_desk_task_and_model_and_show_what_is_unsettled(
    till: Till,
) -> None:
    meter = till.meter()
    one, other, *_ = await fill(meter, 3, a_call(100))
    await meter.settle(one, Usage("larkspur-small", 30, 10))
    await meter.cancel(other)
    (question,) = await fill(meter, 1, a_call(100, task="answer", scheduled=False))
    await meter.settle(question, Usage("larkspur-small", 7, 3))
    till.clock.now += timedelta(days=1)
    await fill(meter, 1, a_call(100, "arts", model="larkspur-large"))
    accounts = till.accounts_of(meter)

    city = (
        Spent("city", "answer", "larkspur-small", 1, 7, 3, 13),
        Spent("city", "summary", "larkspur-small", 2, 30, 10, 150, unsettled=100),
    )
    arts = Spent("arts", "summary", "larkspur-large", 1, 0, 0, 100, unsettled=100)
    assert await accounts.spent(TODAY, TODAY) == city
    assert await accounts.spent(TODAY, TODAY + timedelta(days=1)) == (arts, *city)
    assert await accounts.spent(TODAY - timedelta(days=9), TODAY - timedelta(days=1)) == ()


async def test_tasks_at_the_same_time_spend_no_more_than_the_ceiling(till: Till) -> None:
    meter = till.meter(some_terms(desk=1_999, total=10_000))
    tried = await asyncio.gather(
        *(meter.reserve(a_call(100)) for _ in range(50)), return_exceptions=True
    )

    assert sum(isinstance(one, Reservation) for one in tried) == 19
    assert sum(isinstance(one, BudgetError) for one in tried) == 31


async def test_what_was_set_aside_is_there_after_a_restart_and_old_calls_are_not(
    path: Path, empty: Path
) -> None:
    path.parent.mkdir()
    shutil.copy(empty, path)
    clock = HandClock()
    async with SqliteArchive.open(path) as archive:
        await archive.meter(some_terms(), clock).reserve(a_call(400))
    async with SqliteArchive.open(path) as archive:
        meter = archive.meter(some_terms(), clock)
        assert await meter.left(CITY) == 600
        clock.now = NOON + timedelta(days=401)
        await meter.reserve(a_call(1))
        assert await archive.accounts.spent(TODAY, TODAY) == ()


def test_threads_with_a_connection_each_spend_no_more_than_the_ceiling(
    path: Path, empty: Path
) -> None:
    path.parent.mkdir()
    shutil.copy(empty, path)
    tried: list[Reservation | BaseException] = []

    async def spend() -> None:
        async with SqliteArchive.open(path, busy_timeout_seconds=60) as archive:
            meter = archive.meter(some_terms(desk=1_999, total=10_000), HandClock())
            calls = (meter.reserve(a_call(100)) for _ in range(10))
            tried.extend(await asyncio.gather(*calls, return_exceptions=True))

    threads = [Thread(target=lambda: asyncio.run(spend())) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(tried) == 50
    assert sum(isinstance(one, Reservation) for one in tried) == 19
    assert sum(isinstance(one, BudgetError) for one in tried) == 31
