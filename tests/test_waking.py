"""What falls due is recorded once, ahead of its time, whatever clocks, crashes and editors do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.news import Interval, MissedRuns, Schedule, Timing
from bot.schedule import due_between
from bot.waking import PREPARE, Waker
from tests.builders import a_schedule
from tests.fakes import FakeArchive
from tests.houses import Clock, House, a_house, a_waker

SEVEN = datetime(2026, 9, 17, 7, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)


def at_seven(**changes: object) -> Schedule:
    schedule = a_schedule("s1", "07:00", zone="UTC", created_at=SEVEN - 30 * DAY)
    return replace(schedule, **changes)


def states(archive: FakeArchive) -> list[tuple[datetime, str, bool]]:
    recorded = sorted(archive.timetable.recorded.values(), key=lambda o: o.due_at)
    return [(o.due_at, o.state, o.late) for o in recorded]


async def test_a_run_is_recorded_ahead_of_its_instant_and_not_before() -> None:
    archive, clock = FakeArchive(), Clock(SEVEN - PREPARE - SECOND)
    await archive.timetable.save_schedule(at_seven(), seen_until=SEVEN - HOUR)
    waker = a_waker(archive, clock)
    await waker.on_due("s1")
    assert states(archive) == []

    for _ in range(3):
        clock.now += SECOND
        await waker.on_due("s1")
    assert states(archive) == [(SEVEN, "due", False)]
    assert len(archive.jobs.waiting) == 1
    assert await archive.timetable.seen_until("s1") == clock.now, "never ahead of the clock"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("skip", [(SEVEN, "skipped", True)]),
        ("once", [(SEVEN, "due", True)]),
        ("all", [(SEVEN - DAY, "due", True), (SEVEN, "due", True)]),
    ],
)
async def test_down_over_due_times_each_policy_does_what_it_says(
    policy: MissedRuns, expected: list[tuple[datetime, str, bool]]
) -> None:
    archive, clock = FakeArchive(), Clock(SEVEN + HOUR)
    await archive.timetable.save_schedule(at_seven(missed=policy), seen_until=SEVEN - 26 * HOUR)
    waker = a_waker(archive, clock)
    await waker.on_due("s1")
    await waker.on_due("s1")
    assert states(archive) == expected
    due = [state for _, state, _ in expected if state == "due"]
    assert len(archive.jobs.waiting) == len(due)


async def test_what_was_posted_yesterday_is_not_missed_today() -> None:
    archive, clock = FakeArchive(), Clock(SEVEN - MINUTE)
    await archive.timetable.save_schedule(at_seven(missed="all"), seen_until=SEVEN - HOUR)
    waker = a_waker(archive, clock)
    await waker.on_due("s1")
    await archive.timetable.finish_occurrence("s1", SEVEN, "posted")
    clock.now += DAY
    await waker.on_due("s1")
    assert states(archive) == [(SEVEN, "posted", False), (SEVEN + DAY, "due", False)]


async def test_a_clock_that_jumps_an_hour_forth_and_back_records_each_run_once() -> None:
    archive, clock = FakeArchive(), Clock(SEVEN - 2 * MINUTE)
    await archive.timetable.save_schedule(at_seven(), seen_until=SEVEN - HOUR)
    waker = a_waker(archive, clock)
    for moved in (HOUR, -HOUR, MINUTE, HOUR, -HOUR, 2 * MINUTE):
        clock.now += moved
        await waker.on_due("s1")
    assert states(archive) == [(SEVEN, "due", True)]
    assert len(archive.jobs.waiting) == 1


async def test_what_another_process_changes_is_noticed() -> None:
    archive, clock = FakeArchive(), Clock(SEVEN - DAY / 2)
    waker = a_waker(archive, clock)
    await waker.start()
    try:
        await archive.timetable.save_schedule(at_seven(), seen_until=clock.now)
        await waker.catch_up()
        assert waker.earliest() == SEVEN
        moved = Timing("UTC", ("06:30",))
        await archive.timetable.save_schedule(at_seven(timing=moved), seen_until=clock.now)
        await waker.catch_up()
        assert waker.earliest() == SEVEN - HOUR / 2
        await archive.timetable.pause_schedule("s1", because="", now=clock.now)
        await waker.catch_up()
        assert waker.earliest() is None
    finally:
        await waker.stop()


async def test_a_removed_schedule_wakes_nobody_twice() -> None:
    archive, clock = FakeArchive(), Clock(SEVEN - DAY / 2)
    await archive.timetable.save_schedule(at_seven(), seen_until=clock.now)
    waker = a_waker(archive, clock)
    await waker.catch_up()
    await archive.timetable.remove_schedule("s1")
    await waker.on_due("s1")
    assert waker.earliest() is None


EVERY_FIVE = Timing("UTC", interval=Interval(5))
FIVES = at_seven(timing=EVERY_FIVE, missed="all")


@dataclass
class Editor:
    """Does things to a schedule, and to the machine that it runs on; each with an amount."""

    house: House

    async def live(self, amount: int) -> None:
        await self.house.live(amount * MINUTE)

    async def crash(self, _: int) -> None:
        self.house.waker = Waker(self.house.parts.timetable, self.house.clock, check_seconds=30)

    async def set_clock_forth(self, amount: int) -> None:
        self.house.clock.now += amount * 10 * MINUTE

    async def set_clock_back(self, amount: int) -> None:
        self.house.clock.now -= amount * 10 * MINUTE

    async def pause(self, _: int) -> None:
        now = self.house.clock.now
        await self.house.parts.timetable.pause_schedule("s1", because="", now=now)

    async def plan(self, amount: int) -> None:
        timing = EVERY_FIVE if amount % 2 else Timing("UTC", interval=Interval(7))
        edited = replace(FIVES, timing=timing, channel_id=2 + amount % 3)
        now = self.house.clock.now
        await self.house.parts.timetable.save_schedule(edited, seen_until=now)

    async def remove(self, _: int) -> None:
        await self.house.parts.timetable.remove_schedule("s1")


DEEDS = (
    Editor.live,
    Editor.crash,
    Editor.set_clock_forth,
    Editor.set_clock_back,
    Editor.pause,
    Editor.plan,
    Editor.remove,
)


@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), max_size=15))
@settings(deadline=None, max_examples=50)
async def test_whatever_happens_a_run_is_posted_once_and_never_early(
    deeds: list[tuple[Callable[[Editor, int], Awaitable[None]], int]],
) -> None:
    house = a_house(SEVEN - MINUTE)
    await house.parts.timetable.save_schedule(FIVES, seen_until=house.clock.now)
    await house.live(2 * MINUTE)
    for do, amount in deeds:
        await do(Editor(house), amount)
        sent = len(house.channels.sent)
        await house.work()
        found = await house.parts.timetable.find_schedule("s1")
        if found is None or found.paused:
            assert len(house.channels.sent) == sent, "a paused or removed schedule posts nothing"
    keys = [post.key for post in house.channels.sent]
    assert keys
    assert len(keys) == len(set(keys))
    for at, post in house.posted:
        due = datetime.strptime(post.key.split("@")[1], "%Y%m%dT%H%M%SZ/1").replace(tzinfo=UTC)
        assert due <= at


async def test_over_an_hour_without_trouble_every_run_is_posted_in_its_second() -> None:
    house = a_house(SEVEN - 2 * MINUTE)
    schedule = at_seven(timing=EVERY_FIVE)
    await house.parts.timetable.save_schedule(schedule, seen_until=house.clock.now)
    await house.live(HOUR)
    expected = due_between(schedule, SEVEN - 2 * MINUTE, house.clock.now)
    assert [at for at, _ in house.posted] == list(expected)
    assert len(expected) == 12


async def test_an_edit_in_the_last_minute_changes_the_edition_that_was_made_ahead() -> None:
    house = a_house(SEVEN - 2 * MINUTE)
    timetable = house.parts.timetable
    await timetable.save_schedule(at_seven(), seen_until=house.clock.now)
    await house.live(80 * SECOND)
    assert await timetable.find_occurrence("s1", SEVEN)
    moved = at_seven(channel_id=99)
    await timetable.save_schedule(moved, seen_until=house.clock.now)
    await house.live(2 * MINUTE)
    (post,) = house.channels.sent
    assert post.channel_id == 99
