"""Law 8: whatever is reserved, settled, given back or lost in a crash, no day costs too much."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from bot.adapters.archive import SqliteArchive
from bot.adapters.archive.spending import SqliteMeter
from bot.errors import BudgetError
from bot.ports import Accounts, Payer, PlannedCall, Reservation, Usage
from tests.fakes_money import FakeMeter, HandClock
from tests.money_terms import ZONE, some_terms

DESKS = st.sampled_from(["city", "sport"])
TOKENS = st.integers(0, 300)
DESK, TOTAL, PERCENT = 1_000, 1_500, 40
TERMS = some_terms(desk=DESK, total=TOTAL, percent=PERCENT)
EVENING = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
"""An hour and a half before midnight in London, on the eve of the day that has 23 hours."""
AnyMeter = SqliteMeter | FakeMeter


@dataclass
class Call:
    """A call as its caller knows it; `cost` is the most that a provider can charge for it."""

    payer: Payer
    day: date
    planned: PlannedCall
    reservation: Reservation
    cost: int
    is_open: bool = True


class Spending(RuleBasedStateMachine):
    """Processes that spend; beside them stands what a provider could charge at the worst."""

    calls = Bundle("calls")
    meter: AnyMeter
    accounts: Accounts

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = HandClock(EVENING)
        self.made: list[Call] = []

    @initialize()
    def start(self) -> None:
        self.meter, self.accounts = self.opened()

    def opened(self) -> tuple[AnyMeter, Accounts]:
        raise NotImplementedError

    def reopened(self) -> AnyMeter:
        raise NotImplementedError

    def closed(self) -> None:
        """Close what `opened` has opened."""

    @property
    def today(self) -> date:
        return self.clock.now.astimezone(ZONE).date()

    def charged(self, day: date, is_of: Callable[[Payer], bool] = lambda _: True) -> int:
        return sum(call.cost for call in self.made if call.day == day and is_of(call.payer))

    def left(self, payer: Payer) -> int:
        """Return what the terms leave to the payer, put in another way than the meter does."""
        own = self.charged(self.today, lambda other: other.desk == payer.desk)
        left = [DESK - own, TOTAL - self.charged(self.today)]
        if not payer.scheduled:
            kept = 100 - PERCENT
            asked = self.charged(self.today, lambda other: not other.scheduled)
            own_asked = self.charged(
                self.today, lambda other: not other.scheduled and other.desk == payer.desk
            )
            left += [DESK * kept // 100 - own_asked, TOTAL * kept // 100 - asked]
        return max(0, min(left))

    @rule(target=calls, desk=DESKS, scheduled=st.booleans(), read=TOKENS, written=TOKENS)
    def reserve(self, desk: str, read: int, written: int, *, scheduled: bool) -> object:
        return self.reserved(Payer(desk, scheduled), read, written)

    @rule(target=calls, desk=DESKS, scheduled=st.booleans(), more=st.integers(0, 1))
    def reserve_all_that_is_left(self, desk: str, more: int, *, scheduled: bool) -> object:
        payer = Payer(desk, scheduled)
        return self.reserved(payer, self.left(payer) + more, 0)

    def reserved(self, payer: Payer, read: int, written: int) -> object:
        planned = PlannedCall("gpu", "larkspur", read, written, payer, "summary")
        cost = read + 2 * written
        fits = cost <= self.left(payer)
        try:
            reservation = self.runner.run(self.meter.reserve(planned))
        except BudgetError:
            assert not fits, "it was refused without need"
            return multiple()
        assert fits, "it would cost more than is left"
        call = Call(payer, self.today, planned, reservation, cost)
        self.made.append(call)
        return call

    @rule(call=calls, used=st.fractions(0, 1))
    def settle(self, call: Call, used: Fraction) -> None:
        read, written = int(call.planned.tokens_in * used), int(call.planned.max_tokens * used)
        self.runner.run(self.meter.settle(call.reservation, Usage("larkspur", read, written)))
        if call.is_open:
            call.is_open, call.cost = False, read + 2 * written

    @rule(call=calls)
    def lose(self, call: Call) -> None:
        self.runner.run(self.meter.settle(call.reservation, None))
        call.is_open = False

    @rule(call=calls)
    def cancel(self, call: Call) -> None:
        self.runner.run(self.meter.cancel(call.reservation))
        if call.is_open:
            call.is_open, call.cost = False, 0
            self.made.remove(call)

    @rule(call=calls, how=st.sampled_from(["settle", "lose", "cancel"]))
    def close_twice(self, call: Call, how: str) -> None:
        """Give back or settle for nothing what may be closed already."""
        self.lose(call)
        if how == "cancel":
            self.cancel(call)
        else:
            self.settle(call, Fraction(how == "lose"))
        self.look_at_the_accounts()

    @rule()
    def crash(self) -> None:
        """Lose the process with all that it knew; the calls that it had sent may be charged."""
        self.meter = self.reopened()

    @rule(minutes=st.sampled_from([1, 30, 60, 24 * 60]))
    def wait(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)

    @rule(minutes=st.integers(1, 120))
    def set_the_clock_back(self, minutes: int) -> None:
        self.clock.now -= timedelta(minutes=minutes)

    @rule(desk=DESKS, scheduled=st.booleans())
    def ask_what_is_left(self, desk: str, *, scheduled: bool) -> None:
        payer = Payer(desk, scheduled)
        assert self.runner.run(self.meter.left(payer)) == self.left(payer)

    @rule()
    def look_at_the_accounts(self) -> None:
        first, last = self.today - timedelta(days=1), self.today
        spent = self.runner.run(self.accounts.spent(first, last))
        expected = [call for call in self.made if first <= call.day <= last]
        assert sum(one.amount for one in spent) == sum(call.cost for call in expected)
        assert sum(one.calls for one in spent) == len(expected)
        unsettled = sum(call.cost for call in expected if call.is_open)
        assert sum(one.unsettled for one in spent) == unsettled

    @invariant()
    def no_day_costs_more_than_its_ceilings(self) -> None:
        for day in {call.day for call in self.made}:
            assert self.charged(day) <= TOTAL
            asked = self.charged(day, lambda payer: not payer.scheduled)
            assert asked <= TOTAL * (100 - PERCENT) // 100
            for desk in ("city", "sport"):
                assert self.charged(day, lambda payer, of=desk: payer.desk == of) <= DESK  # type: ignore[misc]

    def teardown(self) -> None:
        try:
            if hasattr(self, "meter"):
                self.closed()
        finally:
            self.runner.close()


class SpendingInMemory(Spending):
    def opened(self) -> tuple[AnyMeter, Accounts]:
        meter = FakeMeter(TERMS, self.clock)
        return meter, meter

    def reopened(self) -> AnyMeter:
        return self.meter


class SpendingOnSqlite(Spending):
    empty: Path

    def opened(self) -> tuple[AnyMeter, Accounts]:
        self.stack = AsyncExitStack()
        self.path = Path(self.stack.enter_context(TemporaryDirectory())) / "nutgraf.db"
        shutil.copy(self.empty, self.path)
        archive = self.open()
        return archive.meter(TERMS, self.clock), archive.accounts

    def open(self) -> SqliteArchive:
        return self.runner.run(self.stack.enter_async_context(SqliteArchive.open(self.path)))

    def reopened(self) -> AnyMeter:
        """Leave the old one as it is, with all that it holds, like a process that hangs."""
        return self.open().meter(TERMS, self.clock)

    def closed(self) -> None:
        self.runner.run(self.stack.aclose())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "nutgraf.db"

    async def make() -> None:
        async with SqliteArchive.open(path):
            pass

    asyncio.run(make())
    return path


@pytest.mark.parametrize(
    ("machine", "examples"),
    [
        (SpendingInMemory, 30),
        (SpendingOnSqlite, 5),
        pytest.param(SpendingInMemory, 1_000, marks=pytest.mark.soak),
        pytest.param(SpendingOnSqlite, 150, marks=pytest.mark.soak),
    ],
)
def test_whatever_happens_no_day_costs_more_than_its_ceilings(
    machine: type[Spending], examples: int, empty: Path
) -> None:
    SpendingOnSqlite.empty = empty
    often = settings(max_examples=examples, stateful_step_count=40, deadline=None)

    run_state_machine_as_test(machine, settings=often)
