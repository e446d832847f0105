"""What every timetable promises: the same tests on SQLite and on the fake."""

import asyncio
from datetime import timedelta, timezone

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import NewJob, Occurrence, Schedule, Timing
from bot.ports import Jobs, Timetable
from tests.builders import NOON
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
DAILY = Schedule(
    "sch1",
    newsroom_id=2**62 + 3,
    channel_id=2**62 + 4,
    name="Morning edition “früh”",
    timing=Timing("Europe/Vienna", times=("07:00", "17:30"), weekdays=("mon", "fri")),
    created_by=2**62 + 5,
    created_at=NOON,
    text="every monday and friday at 7 and 17:30",
)
CRON = replace(
    DAILY,
    id="sch2",
    newsroom_id=2,
    timing=Timing("UTC", cron="*/15 * * * *"),
    created_at=NOON - HOUR,
    paused=True,
)
JOB = NewJob("edition", str(DAILY.channel_id), '{"schedule": "sch1"}', NOON)


@pytest.fixture
async def timetable(archive: SqliteArchive | FakeArchive) -> Timetable:
    await archive.timetable.save_schedule(DAILY, seen_until=NOON)
    return archive.timetable


@pytest.fixture
def jobs(archive: SqliteArchive | FakeArchive) -> Jobs:
    return archive.jobs


async def waiting(jobs: Jobs) -> int:
    """Return how many jobs there were; they are done by it."""
    count = 0
    while job := await jobs.claim("w", now=NOON + HOUR, lease=HOUR):
        count += await jobs.finish(job, "w")
    return count


async def test_a_schedule_comes_back_as_it_was_saved(timetable: Timetable) -> None:
    await timetable.save_schedule(CRON, seen_until=NOON + HOUR)

    assert await timetable.find_schedule("sch1") == DAILY
    assert await timetable.find_schedule("sch2") == CRON
    assert await timetable.find_schedule("sch3") is None


async def test_schedules_come_oldest_first_and_those_of_one_newsroom_alone(
    timetable: Timetable,
) -> None:
    twin = replace(DAILY, id="sch0")
    await timetable.save_schedule(CRON, seen_until=NOON)
    await timetable.save_schedule(twin, seen_until=NOON)

    assert await timetable.schedules() == (CRON, twin, DAILY)
    assert await timetable.schedules(DAILY.newsroom_id) == (twin, DAILY)
    assert await timetable.schedules(0) == ()


async def test_a_schedule_that_is_saved_again_replaces_the_earlier_one(
    timetable: Timetable,
) -> None:
    changed = replace(DAILY, name="Evening", timing=CRON.timing, paused=True)
    await timetable.save_schedule(changed, seen_until=NOON - HOUR)

    assert await timetable.schedules() == (changed,)
    assert await timetable.seen_until("sch1") == NOON - HOUR


async def test_what_was_seen_goes_forward_only(timetable: Timetable) -> None:
    assert await timetable.seen_until("sch1") == NOON
    await timetable.mark_seen("sch1", NOON + HOUR)
    await timetable.mark_seen("sch1", NOON)
    await timetable.mark_seen("nobody", NOON)

    assert await timetable.seen_until("sch1") == NOON + HOUR
    assert await timetable.seen_until("nobody") is None


async def test_an_occurrence_is_recorded_once_with_its_jobs(
    timetable: Timetable, jobs: Jobs
) -> None:
    assert await timetable.record_due("sch1", NOON, then=[JOB])
    in_tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    assert not await timetable.record_due("sch1", in_tokyo, late=True, then=[JOB])

    assert await timetable.occurrences("sch1", NOON) == (Occurrence("sch1", NOON),)
    assert await waiting(jobs) == 1


async def test_of_many_who_record_an_occurrence_one_has_recorded_it(
    timetable: Timetable, jobs: Jobs
) -> None:
    recorded = await asyncio.gather(
        *(timetable.record_due("sch1", NOON, then=[JOB]) for _ in range(20))
    )

    assert sum(recorded) == 1
    assert await waiting(jobs) == 1


async def test_occurrences_come_in_order_with_their_state_from_a_moment_on(
    timetable: Timetable,
) -> None:
    for hours in (2, 0, 1):
        await timetable.record_due("sch1", NOON + hours * HOUR, late=hours == 1)
    await timetable.record_due("sch2", NOON + HOUR)

    await timetable.finish_occurrence("sch1", NOON + HOUR, "posted")

    assert await timetable.occurrences("sch1", NOON + HOUR) == (
        Occurrence("sch1", NOON + HOUR, "posted", late=True),
        Occurrence("sch1", NOON + 2 * HOUR),
    )


async def test_an_occurrence_that_was_never_recorded_has_no_end(timetable: Timetable) -> None:
    with pytest.raises(ValueError, match="no occurrence"):
        await timetable.finish_occurrence("sch1", NOON, "posted")


async def test_a_schedule_that_is_removed_leaves_its_occurrences(timetable: Timetable) -> None:
    await timetable.record_due("sch1", NOON)

    assert await timetable.remove_schedule("sch1")
    assert not await timetable.remove_schedule("sch1")

    assert await timetable.find_schedule("sch1") is None
    await timetable.save_schedule(DAILY, seen_until=NOON - HOUR)
    assert not await timetable.record_due("sch1", NOON), "it was there before"
