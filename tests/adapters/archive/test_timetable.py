"""What every timetable promises: the same tests on SQLite and on the fake."""

import asyncio
from datetime import timedelta, timezone

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.delivery.outbox import occurrence_key
from bot.news import (
    Filters,
    Interval,
    NewJob,
    Occurrence,
    Post,
    Schedule,
    Timing,
    Window,
)
from bot.ports import Jobs, Timetable
from tests.builders import NOON, a_dossier, an_article
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
    paused_because="#news does not exist any more.",
    missed="all",
    when_empty="silent",
    filters=Filters(("ports",), ("Courier",), 2, 3, "en", "morning"),
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
    await timetable.finish_occurrence("sch1", NOON, "posted")

    assert await timetable.remove_schedule("sch1")
    assert not await timetable.remove_schedule("sch1")

    assert await timetable.find_schedule("sch1") is None
    await timetable.save_schedule(DAILY, seen_until=NOON - HOUR)
    assert not await timetable.record_due("sch1", NOON), "it was there before"


async def test_every_part_of_a_timing_comes_back(timetable: Timetable) -> None:
    interval = Timing("UTC", interval=Interval(90, "22:00", "04:00"), dates=("2026-12-24", "last"))
    quiet = Timing("UTC", ("07:00",), quiet=(Window("22:00", "06:00"),))
    for timing in (interval, quiet):
        await timetable.save_schedule(replace(DAILY, timing=timing), seen_until=NOON)
        assert await timetable.find_schedule("sch1") == replace(DAILY, timing=timing)


async def test_a_pause_keeps_its_reason_and_happens_once(timetable: Timetable) -> None:
    assert await timetable.pause_schedule("sch1", because="I may not post there.", now=NOON)
    assert not await timetable.pause_schedule("sch1", because="Something else.", now=NOON)
    assert not await timetable.pause_schedule("nobody", because="", now=NOON)

    found = await timetable.find_schedule("sch1")
    assert found == replace(DAILY, paused=True, paused_because="I may not post there.")


async def test_what_changed_is_found_by_its_revision(timetable: Timetable) -> None:
    (first,) = await timetable.changed_schedules(0)
    assert (first.schedule, first.seen_until) == (DAILY, NOON)
    await timetable.save_schedule(CRON, seen_until=NOON + HOUR)
    (second,) = await timetable.changed_schedules(first.revision)
    assert (second.schedule, second.seen_until) == (CRON, NOON + HOUR)

    await timetable.pause_schedule("sch1", because="", now=NOON)
    assert [p.schedule.id for p in await timetable.changed_schedules(0)] == ["sch2", "sch1"]
    assert [p.schedule.id for p in await timetable.changed_schedules(0, limit=1)] == ["sch2"]


async def test_a_new_schedule_is_noticed_after_the_newest_one_was_removed(
    timetable: Timetable,
) -> None:
    await timetable.save_schedule(CRON, seen_until=NOON)
    newest = (await timetable.changed_schedules(0))[-1].revision
    await timetable.remove_schedule("sch2")
    await timetable.save_schedule(replace(CRON, id="sch3"), seen_until=NOON)

    assert [p.schedule.id for p in await timetable.changed_schedules(newest)] == ["sch3"]


async def test_an_end_has_its_counts_and_its_instant(timetable: Timetable) -> None:
    assert await timetable.last_occurrence("sch1") is None
    for hours in range(3):
        await timetable.record_due("sch1", NOON + hours * HOUR)
    await timetable.finish_occurrence("sch1", NOON, "posted")
    at = NOON + HOUR + timedelta(seconds=2)
    await timetable.finish_occurrence("sch1", NOON + HOUR, "quiet", outcome="9 items seen.", at=at)

    quiet = Occurrence("sch1", NOON + HOUR, "quiet", outcome="9 items seen.", ended_at=at)
    assert await timetable.last_occurrence("sch1") == quiet
    assert await timetable.find_occurrence("sch1", NOON + HOUR) == quiet
    assert await timetable.find_occurrence("sch1", NOON + 9 * HOUR) is None


async def prepare(archive: SqliteArchive | FakeArchive, *, tried: bool) -> Post:
    """Record an occurrence ahead of its time, with a post that was tried or not."""
    await archive.revise({"a1": lambda _: an_article()})
    key = f"{occurrence_key('sch1', NOON + HOUR)}/1"
    post = Post(key, DAILY.channel_id, "b1", 1)
    await archive.timetable.save_schedule(DAILY, seen_until=NOON)
    await archive.timetable.record_due("sch1", NOON + HOUR)
    await archive.store(a_dossier(), posts=[post])
    return await archive.posts.note_try(key, now=NOON) if tried else post


@pytest.mark.parametrize("way", ["save", "pause"])
async def test_a_change_takes_back_what_was_recorded_ahead_of_its_time(
    archive: SqliteArchive | FakeArchive, way: str
) -> None:
    post = await prepare(archive, tried=False)
    if way == "save":
        await archive.timetable.save_schedule(DAILY, seen_until=NOON)
    else:
        await archive.timetable.pause_schedule("sch1", because="", now=NOON)

    assert await archive.timetable.find_occurrence("sch1", NOON + HOUR) is None
    assert await archive.posts.find_post(post.key) is None
    assert await archive.timetable.record_due("sch1", NOON + HOUR)


async def test_what_was_tried_is_never_taken_back(archive: SqliteArchive | FakeArchive) -> None:
    post = await prepare(archive, tried=True)
    await archive.timetable.save_schedule(DAILY, seen_until=NOON)

    assert await archive.posts.find_post(post.key) == post
    assert not await archive.timetable.record_due("sch1", NOON + HOUR)
