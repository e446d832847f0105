from datetime import timedelta
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.news import NewJob
from tests.builders import NOON

LEASE = timedelta(minutes=2)


async def leave_a_job_leased(path: Path) -> None:
    """Lease a job, and go without a word."""
    async with SqliteArchive.open(path, exclusive=True) as archive:
        await archive.jobs.enqueue([NewJob("edition", "c1", "{}", NOON)])
        assert await archive.jobs.claim("dead@1", now=NOON, lease=LEASE)


async def test_who_holds_the_archive_alone_takes_over_the_jobs_of_the_dead(tmp_path: Path) -> None:
    await leave_a_job_leased(tmp_path / "n.db")

    async with SqliteArchive.open(tmp_path / "n.db", exclusive=True) as archive:
        job = await archive.jobs.claim("next@2", now=NOON, lease=LEASE)
        assert job
        assert job.attempts == 2


async def test_a_short_command_beside_a_worker_takes_nothing_over(tmp_path: Path) -> None:
    await leave_a_job_leased(tmp_path / "n.db")

    async with SqliteArchive.open(tmp_path / "n.db") as archive:
        assert await archive.jobs.claim("next@2", now=NOON, lease=LEASE) is None
