"""Many schedules: what they cost in memory, how fast they wake, and whether the loop still turns.

`python -m pytest tests/benchmarks/test_timetable.py --benchmark-only -s` prints the figures, and
`-m soak -s` in place of that option those of the event loop.
"""

import asyncio
import gc
import sqlite3
import time
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace
from pytest_benchmark.fixture import BenchmarkFixture

from bot.adapters.archive import SqliteArchive, rows
from bot.adapters.archive.timetable import SqliteTimetable
from bot.news import Interval, Schedule, Timing
from bot.run import spare_the_collector
from bot.schedule.alarms import Alarms
from bot.waking import Waker
from tests.builders import a_schedule

if TYPE_CHECKING:
    from bot.ports import Timetable

NOW = datetime(2026, 9, 17, 6, 59, tzinfo=UTC)
SEVEN = datetime(2026, 9, 17, 7, tzinfo=UTC)
MANY = 10_000
MAX_STALL_SECONDS = 0.1
ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")


def schedules(count: int) -> list[Schedule]:
    """Return schedules of all kinds, in many zones, over the whole day."""
    made = zip(range(count), cycle((daily, twice, often, monthly)), cycle(ZONES), strict=False)
    before = NOW - timedelta(days=1)
    return [
        replace(a_schedule(f"s{n}", created_at=before), timing=timing(n, zone))
        for n, timing, zone in made
    ]


def daily(n: int, zone: str) -> Timing:
    return Timing(zone, (f"{n % 24:02}:{n % 60:02}",))


def twice(n: int, zone: str) -> Timing:
    return Timing(zone, (f"{n % 12:02}:00", f"{12 + n % 12}:30"), ("mon", "fri"))


def often(n: int, zone: str) -> Timing:
    return Timing(zone, interval=Interval(30 + n % 90, "06:00", "22:00"))


def monthly(n: int, zone: str) -> Timing:
    return Timing(zone, ("08:00",), dates=(f"{1 + n % 28:02}",))


def due_at_seven(count: int) -> list[Schedule]:
    seven = Timing("UTC", ("07:00",))
    every = [a_schedule(f"s{n}", created_at=NOW) for n in range(count)]
    return [replace(one, timing=seven, channel_id=n) for n, one in enumerate(every)]


def test_ten_thousand_schedules_in_memory(benchmark: BenchmarkFixture) -> None:
    planned = schedules(MANY)

    def add_all() -> Alarms:
        alarms = Alarms()
        for schedule in planned:
            alarms.add(schedule, NOW)
        return alarms

    tracemalloc.start()
    alarms = add_all()
    kilobytes = tracemalloc.get_traced_memory()[0] / 1000
    tracemalloc.stop()
    benchmark.extra_info["kilobytes"] = round(kilobytes)
    print(f"\n{MANY} alarms: {kilobytes:.0f} kB beside the schedules themselves")
    benchmark.pedantic(add_all, rounds=3)  # type: ignore[no-untyped-call]
    assert alarms.earliest()


def test_the_next_of_ten_thousand_is_taken(benchmark: BenchmarkFixture) -> None:
    alarms = Alarms()
    for schedule in schedules(MANY):
        alarms.add(schedule, NOW)

    def take_next() -> None:
        earliest = alarms.earliest()
        assert earliest
        assert alarms.take(earliest)

    benchmark.pedantic(take_next, rounds=2000)  # type: ignore[no-untyped-call]


@dataclass
class Stall:
    """The longest time that the event loop did not turn: on the wall, and busy in its thread."""

    wall_seconds: float = 0
    busy_seconds: float = 0

    def __str__(self) -> str:
        wall, busy = self.wall_seconds * 1000, self.busy_seconds * 1000
        return f"longest stall {wall:.0f} ms, of which it computed {busy:.0f} ms"


@asynccontextmanager
async def stall_watched() -> AsyncIterator[Stall]:
    """Watch the loop as long as the block lasts."""
    stall = Stall()

    async def watch() -> None:
        while True:
            wall, busy = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.001)
            stall.wall_seconds = max(stall.wall_seconds, time.perf_counter() - wall - 0.001)
            stall.busy_seconds = max(stall.busy_seconds, time.thread_time() - busy)

    spare_the_collector()
    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.05)
    try:
        yield stall
    finally:
        watching.cancel()
        gc.unfreeze()


class Counting:
    """The timetable, with a bell that rings when so many schedules are through."""

    def __init__(self, timetable: SqliteTimetable, count: int) -> None:
        self.timetable = timetable
        self.left = count
        self.through = asyncio.Event()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the port has
        return getattr(self.timetable, name)

    async def mark_seen(self, schedule_id: str, until: datetime) -> None:
        """Count what `Waker.on_due` does last."""
        await self.timetable.mark_seen(schedule_id, until)
        self.left -= 1
        if self.left == 0:
            self.through.set()


@pytest.mark.system
@pytest.mark.parametrize("many", [50, pytest.param(500, marks=pytest.mark.soak)])
async def test_many_due_at_one_instant_do_not_stop_the_loop(tmp_path: Path, many: int) -> None:
    planned = due_at_seven(many)
    async with SqliteArchive.open(tmp_path / "nutgraf.db") as archive:
        for schedule in planned:
            await archive.timetable.save_schedule(schedule, seen_until=NOW)
        counting = Counting(archive.timetable, many)
        waker = Waker(cast("Timetable", counting), lambda: NOW, check_seconds=30)
        started = time.perf_counter()
        async with stall_watched() as stall:
            await waker.start()
            await counting.through.wait()
            took = time.perf_counter() - started
        await waker.stop()
        found = [await archive.timetable.find_occurrence(one.id, SEVEN) for one in planned]
    print(f"\n{many} recorded in {took:.2f} s; {stall}")
    assert all(found)
    assert stall.busy_seconds < MAX_STALL_SECONDS  # on the wall, others' work counts too


@pytest.mark.system
@pytest.mark.parametrize("many", [500, pytest.param(MANY, marks=pytest.mark.soak)])
async def test_many_schedules_are_read_without_stopping_the_loop(tmp_path: Path, many: int) -> None:
    path = tmp_path / "nutgraf.db"
    async with SqliteArchive.open(path) as archive:
        fill(path, schedules(many))
        waker = Waker(archive.timetable, lambda: NOW, check_seconds=30)
        started = time.perf_counter()
        async with stall_watched() as stall:
            await waker.catch_up()
            took = time.perf_counter() - started
    print(f"\n{many} schedules read in {took:.2f} s; {stall}")
    assert waker.earliest()
    assert stall.busy_seconds < MAX_STALL_SECONDS


def fill(path: Path, planned: list[Schedule]) -> None:
    """Write schedules past the archive: a transaction each would take minutes."""
    seen = {"seen_until": rows.to_text(NOW)}
    filled = [rows.to_row(one) | seen | {"revision": n} for n, one in enumerate(planned, 1)]
    names = ",".join(filled[0])
    marks = ",".join(f":{name}" for name in filled[0])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(f"INSERT INTO schedule ({names}) VALUES ({marks})", filled)  # noqa: S608 - our own names
