"""What every keeper of jobs promises: the same tests on SQLite and on the fake."""

from datetime import datetime, timedelta

import pytest

from bot.adapters.archive import SqliteArchive
from bot.news import Job, NewJob
from bot.ports import Jobs
from tests.builders import NOON
from tests.fakes import FakeArchive

SECOND = timedelta(seconds=1)
LEASE = 10 * SECOND


def a_job(
    payload: str = "{}", *, key: str = "c1", due_at: datetime = NOON, kind: str = "post"
) -> NewJob:
    return NewJob("edition" if kind == "edition" else "post", key, payload, due_at)


async def take(jobs: Jobs, worker: str = "w1", *, now: datetime = NOON) -> Job:
    job = await jobs.claim(worker, now=now, lease=LEASE)
    assert job is not None
    return job


async def left(jobs: Jobs, *, now: datetime) -> list[str]:
    """Do what is left at that moment; return the payloads in the order of their turn."""
    done = []
    while job := await jobs.claim("last", now=now, lease=LEASE):
        done.append(job.payload)
        assert await jobs.finish(job, "last")
    return done


@pytest.fixture
def jobs(archive: SqliteArchive | FakeArchive) -> Jobs:
    return archive.jobs


async def test_without_jobs_there_is_nothing_to_claim(jobs: Jobs) -> None:
    await jobs.enqueue([])

    assert await jobs.claim("w1", now=NOON, lease=LEASE) is None


async def test_a_job_comes_as_it_was_enqueued_and_counts_its_attempts(jobs: Jobs) -> None:
    await jobs.enqueue([a_job('{"say": "“ça”"}', key="c9", kind="edition")])

    first = await take(jobs)
    second = await take(jobs, "w2", now=NOON + LEASE)

    assert first == Job(first.id, "edition", "c9", '{"say": "“ça”"}', attempts=1)
    assert second == Job(first.id, "edition", "c9", '{"say": "“ça”"}', attempts=2)


async def test_jobs_of_a_key_come_in_order_and_one_at_a_time(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("1"), a_job("2"), a_job("a", key="c2")])
    await jobs.enqueue([a_job("3")])

    first, other = await take(jobs), await take(jobs, "w2")

    assert (first.payload, other.payload) == ("1", "a")
    assert await jobs.claim("w3", now=NOON, lease=LEASE) is None
    assert await jobs.finish(first, "w1")
    assert await left(jobs, now=NOON) == ["2", "3"]


async def test_a_job_waits_until_it_is_due_and_so_does_its_key(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("later", due_at=NOON + SECOND), a_job("now"), a_job("b", key="c2")])

    assert await left(jobs, now=NOON) == ["b"]
    assert await left(jobs, now=NOON + SECOND) == ["later", "now"]


async def test_a_worker_may_take_some_kinds_only(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("1", kind="edition"), a_job("2"), a_job("3", key="c2")])

    posting = await jobs.claim("w1", now=NOON, lease=LEASE, kinds=["post"])
    assert posting is not None
    assert posting.payload == "3"
    assert await jobs.claim("w1", now=NOON, lease=LEASE, kinds={"post"}) is None
    assert (await take(jobs)).payload == "1"


async def test_a_lease_lasts_to_its_end_and_then_the_job_is_the_next_workers(jobs: Jobs) -> None:
    await jobs.enqueue([a_job()])
    lost = await take(jobs)

    assert await jobs.claim("w2", now=NOON + LEASE - SECOND, lease=LEASE) is None
    taken = await take(jobs, "w2", now=NOON + LEASE)

    assert not await jobs.finish(lost, "w1", then=[a_job("follows")])
    assert not await jobs.extend(lost, "w1", until=NOON + 9 * LEASE)
    assert not await jobs.retry(lost, "w1", at=NOON, reason="")
    assert not await jobs.bury(lost, "w1", now=NOON, reason="")
    assert await jobs.dead_letters() == ()
    assert await jobs.finish(taken, "w2")
    assert await left(jobs, now=NOON + 9 * LEASE) == []


async def test_a_lease_that_ran_out_and_was_taken_by_the_same_worker_is_another(
    jobs: Jobs,
) -> None:
    await jobs.enqueue([a_job()])
    lost, taken = await take(jobs), await take(jobs, now=NOON + LEASE)

    assert not await jobs.finish(lost, "w1")
    assert await jobs.finish(taken, "w1")
    assert not await jobs.finish(taken, "w1")


async def test_a_lease_that_ran_out_and_was_taken_by_nobody_still_counts(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("1"), a_job("2", key="c2")])
    late, later = await take(jobs), await take(jobs)

    assert await jobs.finish(late, "w1")
    assert await jobs.extend(later, "w1", until=NOON + 2 * LEASE)
    assert await jobs.claim("w2", now=NOON + 2 * LEASE - SECOND, lease=LEASE) is None


async def test_what_follows_a_job_is_there_when_it_is_done(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("1"), a_job("2")])

    await jobs.finish(await take(jobs), "w1", then=[a_job("3"), a_job("b", key="c2")])

    assert await left(jobs, now=NOON) == ["2", "3", "b"]


async def test_a_job_given_back_holds_up_its_key_until_its_time(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("1"), a_job("2"), a_job("b", key="c2")])

    failed = await take(jobs)
    assert await jobs.retry(failed, "w1", at=NOON + SECOND, reason="the channel did not answer")

    assert not await jobs.finish(failed, "w1")
    assert await left(jobs, now=NOON) == ["b"]
    assert (await take(jobs, now=NOON + SECOND)).attempts == 2
    assert await left(jobs, now=NOON + SECOND + LEASE) == ["1", "2"]


async def test_a_buried_job_lets_its_key_go_on_and_is_remembered(jobs: Jobs) -> None:
    await jobs.enqueue([a_job("1"), a_job("a", key="c2"), a_job("2")])
    one, other = await take(jobs), await take(jobs)

    assert await jobs.bury(other, "w1", now=NOON, reason="no such channel")
    assert await jobs.bury(one, "w1", now=NOON + SECOND, reason="not allowed to post")

    letters = ((other, "no such channel"), (one, "not allowed to post"))
    assert await jobs.dead_letters() == letters
    assert not await jobs.finish(one, "w1")
    await jobs.enqueue([a_job("3")])
    assert await left(jobs, now=NOON) == ["2", "3"]


async def test_a_moment_must_be_aware(stored: SqliteArchive) -> None:
    with pytest.raises(ValueError, match="aware"):
        await stored.jobs.claim("w1", now=datetime(2026, 3, 4), lease=LEASE)  # noqa: DTZ001
