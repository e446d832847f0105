"""What every store of operations promises: the same tests on SQLite and on the fake."""

import asyncio
from datetime import timedelta

from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.news import NewJob, Notice
from tests.builders import NOON
from tests.fakes import FakeArchive

HOUR = timedelta(hours=1)
GUILD = 2**62 + 3
FAILED = Notice("failed/s1@1", GUILD, "The edition of 07:00 failed.", NOON, 2**62 + 4)
JOB = NewJob("notice", "operations", "{}", NOON)


async def test_the_operations_channel_is_the_last_one_that_was_named(
    archive: SqliteArchive | FakeArchive,
) -> None:
    assert await archive.operations.channel_of(GUILD) is None
    await archive.operations.set_channel(GUILD, 5)
    await archive.operations.set_channel(GUILD, 2**62 + 6)
    await archive.operations.set_channel(1, 7)

    assert await archive.operations.channel_of(GUILD) == 2**62 + 6


async def test_what_happened_is_noted_once_with_its_job(
    archive: SqliteArchive | FakeArchive,
) -> None:
    noted = await asyncio.gather(*(archive.operations.note(FAILED, then=[JOB]) for _ in range(9)))

    assert sum(noted) == 1
    assert await archive.operations.was_noted(FAILED.key)
    assert not await archive.operations.was_noted("failed/s1@2")
    job = await archive.jobs.claim("w", now=NOON, lease=HOUR)
    assert job
    assert await archive.jobs.claim("w", now=NOON, lease=HOUR) is None


async def test_notices_of_a_newsroom_come_in_order_from_a_moment_on(
    archive: SqliteArchive | FakeArchive,
) -> None:
    later = replace(FAILED, key="failed/s1@2", noted_at=NOON + HOUR)
    for notice in (later, FAILED, replace(FAILED, key="other", newsroom_id=1)):
        await archive.operations.note(notice)

    assert await archive.operations.notices(GUILD, NOON) == (FAILED, later)
    assert await archive.operations.notices(GUILD, NOON + HOUR) == (later,)
