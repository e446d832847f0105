"""The alarm clock, on a clock that the test moves; real time passes only in hundredths."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ScheduleError
from bot.schedule import Timers
from bot.schedule.timers import AlarmTrigger
from tests.builders import NOON, a_schedule

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CHECK_SECONDS = 0.01


class Newsroom:
    """A clock that stands still until it is moved, and a list of the wake-ups."""

    def __init__(self) -> None:
        self.now = NOON
        self.woken: list[str] = []
        self.failing: set[str] = set()
        self.busy = asyncio.Event()
        self.free = asyncio.Event()
        self.free.set()

    def clock(self) -> datetime:
        return self.now

    async def on_due(self, schedule_id: str) -> None:
        self.woken.append(schedule_id)
        if schedule_id in self.failing:
            self.failing.discard(schedule_id)
            raise RuntimeError("the desk is locked")
        self.busy.set()
        await self.free.wait()


@asynccontextmanager
async def running(
    newsroom: Newsroom, *, check_seconds: float = CHECK_SECONDS
) -> AsyncIterator[Timers]:
    timers = Timers(newsroom.on_due, newsroom.clock, check_seconds=check_seconds)
    timers.start()
    try:
        yield timers
    finally:
        newsroom.free.set()
        await timers.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is awaited may be an absence or a count
            await asyncio.sleep(0.001)


async def a_few_checks() -> None:
    await asyncio.sleep(5 * CHECK_SECONDS)


async def test_a_schedule_wakes_when_its_time_has_come_and_once() -> None:
    newsroom = Newsroom()
    async with running(newsroom) as timers:
        timers.set([a_schedule("s", "15:00"), a_schedule("later", "16:00")])
        await a_few_checks()
        assert newsroom.woken == []
        newsroom.now += timedelta(hours=3)
        await until(lambda: newsroom.woken == ["s"])
        await a_few_checks()
    assert newsroom.woken == ["s"]


async def test_a_clock_that_leaps_over_days_wakes_each_schedule_once() -> None:
    newsroom = Newsroom()
    async with running(newsroom) as timers:
        timers.set([a_schedule(f"s{n}", "15:00") for n in range(120)])
        newsroom.now += 5 * DAY
        await until(lambda: len(newsroom.woken) == 120)
        await a_few_checks()
    assert sorted(newsroom.woken) == sorted(f"s{n}" for n in range(120))


async def test_the_alarm_rings_at_the_second_and_does_not_wait_for_a_check() -> None:
    newsroom = Newsroom()
    loop = asyncio.get_running_loop()
    begin = loop.time()
    rung: list[datetime] = []

    def clock() -> datetime:
        return NOON + 3 * timedelta(hours=1) + timedelta(seconds=loop.time() - begin - 0.1)

    async def on_due(schedule_id: str) -> None:
        newsroom.woken.append(schedule_id)
        rung.append(clock())

    timers = Timers(on_due, clock, check_seconds=60)
    timers.start()
    timers.add(a_schedule("s", "15:00"))
    await until(lambda: bool(rung))
    await timers.stop()
    assert newsroom.woken == ["s"]
    assert timedelta() <= rung[0] - datetime(2026, 3, 4, 15, tzinfo=UTC) < timedelta(seconds=1)


async def test_what_fell_due_while_we_were_away_wakes_at_once() -> None:
    newsroom = Newsroom()
    async with running(newsroom, check_seconds=60) as timers:
        timers.set(
            [a_schedule("missed", "11:00"), a_schedule("not", "09:00")], since=NOON - DAY / 9
        )
        await until(lambda: newsroom.woken == ["missed"])


async def test_a_call_that_fails_is_logged_and_repeated_and_stops_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    newsroom = Newsroom()
    newsroom.failing = {"bad"}
    async with running(newsroom) as timers:
        timers.set([a_schedule("bad", "15:00"), a_schedule("good", "15:00")])
        newsroom.now += timedelta(hours=3)
        await until(lambda: sorted(newsroom.woken) == ["bad", "good"])
        newsroom.now += MINUTE
        await until(lambda: sorted(newsroom.woken) == ["bad", "bad", "good"])
        newsroom.now += DAY
        await until(lambda: len(newsroom.woken) == 5)
    (record,) = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert record.message == "schedule wake-up failed"
    assert record.__dict__["schedule"] == "bad"
    assert record.exc_info


async def test_a_call_that_is_slow_is_not_doubled_holds_up_no_other_and_is_followed_by_one() -> (
    None
):
    newsroom = Newsroom()
    newsroom.free.clear()
    async with running(newsroom) as timers:
        timers.add(a_schedule("slow", "15:00"))
        newsroom.now += timedelta(hours=3)
        await until(newsroom.busy.is_set)
        timers.add(a_schedule("other", "16:00"))
        newsroom.now += DAY
        await until(lambda: newsroom.woken == ["slow", "other"])
        newsroom.now += DAY
        await a_few_checks()
        assert newsroom.woken == ["slow", "other"]
        newsroom.free.set()
        await until(lambda: len(newsroom.woken) == 4)
        await a_few_checks()
    assert sorted(newsroom.woken[2:]) == ["other", "slow"]


async def test_schedules_that_are_removed_or_paused_do_not_wake() -> None:
    newsroom = Newsroom()
    async with running(newsroom) as timers:
        timers.set([a_schedule("gone", "15:00"), a_schedule("rests", "15:00"), a_schedule("s")])
        timers.remove("gone")
        timers.add(a_schedule("rests", "15:00", paused=True))
        newsroom.now += DAY
        await until(lambda: newsroom.woken == ["s"])
        await a_few_checks()
    assert newsroom.woken == ["s"]


async def test_a_schedule_that_cannot_be_read_is_logged_and_the_others_wake(
    caplog: pytest.LogCaptureFixture,
) -> None:
    newsroom = Newsroom()
    broken = a_schedule("broken", zone="Nowhere/Here")
    async with running(newsroom) as timers:
        timers.set([broken, a_schedule("s", "15:00")])
        newsroom.now += DAY
        await until(lambda: newsroom.woken == ["s"])
        with pytest.raises(ScheduleError, match="Nowhere"):
            timers.add(broken)
    assert "schedule left out" in caplog.messages


async def test_a_clock_that_cannot_be_read_for_once_costs_one_check(
    caplog: pytest.LogCaptureFixture,
) -> None:
    newsroom = Newsroom()
    broken: list[str] = []

    def clock() -> datetime:
        if broken:
            raise OSError(broken.pop())
        return newsroom.now

    timers = Timers(newsroom.on_due, clock, check_seconds=CHECK_SECONDS)
    timers.start()
    timers.add(a_schedule("s", "15:00"))
    await a_few_checks()
    broken.append("no clock")
    await until(lambda: not broken)
    newsroom.now += DAY
    await until(lambda: newsroom.woken == ["s"])
    await timers.stop()
    assert "schedule check failed" in caplog.messages


async def test_a_rush_that_outlasts_the_check_interval_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    newsroom = Newsroom()
    async with running(newsroom, check_seconds=0.001) as timers:
        timers.set([a_schedule(f"s{n}", "15:00", zone="UTC") for n in range(400)])
        newsroom.now += DAY
        await until(lambda: len(newsroom.woken) == 400)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_after_stop_nothing_wakes_and_what_ran_has_ended() -> None:
    newsroom = Newsroom()
    newsroom.free.clear()
    timers = Timers(newsroom.on_due, newsroom.clock, check_seconds=CHECK_SECONDS)
    timers.start()
    timers.add(a_schedule("s", "15:00"))
    newsroom.now += timedelta(hours=3)
    await until(newsroom.busy.is_set)
    stopping = asyncio.create_task(timers.stop())
    await a_few_checks()
    assert not stopping.done()
    newsroom.free.set()
    await stopping
    newsroom.now += DAY
    await a_few_checks()
    assert newsroom.woken == ["s"]
    await timers.stop()


async def test_a_stop_that_is_cut_short_ends_the_calls_that_run() -> None:
    newsroom = Newsroom()
    newsroom.free.clear()
    timers = Timers(newsroom.on_due, newsroom.clock, check_seconds=CHECK_SECONDS)
    timers.start()
    timers.add(a_schedule("s", "15:00"), since=NOON - DAY)
    await until(newsroom.busy.is_set)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(timers.stop(), CHECK_SECONDS)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not others


@given(st.timedeltas(-DAY, DAY), st.timedeltas(timedelta(milliseconds=1), MINUTE))
def test_the_trigger_rings_when_due_and_at_every_check_and_never_in_the_past(
    until_due: timedelta, check: timedelta
) -> None:
    trigger = AlarmTrigger(lambda: until_due, check)
    assert trigger.get_next_fire_time(None, NOON) == NOON + min(max(until_due, 0 * DAY), check)
    assert trigger.get_next_fire_time(NOON, NOON) == NOON + check
