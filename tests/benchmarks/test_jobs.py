"""How fast jobs go through the archive: a lease, and their end, in a transaction each."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.adapters.archive import SqliteArchive
from bot.news import NewJob
from tests.builders import NOON

LEASE = timedelta(seconds=30)
COUNT = 500
KEYS = 5
JOBS = [NewJob("post", f"c{n % KEYS}", f'{{"number": {n}}}', NOON) for n in range(COUNT)]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def archive(runner: asyncio.Runner, tmp_path: Path) -> Iterator[SqliteArchive]:
    opening = SqliteArchive.open(tmp_path / "nutgraf.db")
    yield runner.run(opening.__aenter__())
    runner.run(opening.__aexit__(None, None, None))


async def work_off(archive: SqliteArchive) -> int:
    done = 0
    while job := await archive.jobs.claim("w1", now=NOON, lease=LEASE):
        done += await archive.jobs.finish(job, "w1")
    return done


def measure(
    benchmark: BenchmarkFixture, runner: asyncio.Runner, archive: SqliteArchive, waiting: int
) -> None:
    """Work off `COUNT` jobs while as many as `waiting` others wait behind another worker's."""
    blocked = [NewJob("post", "blocked", "{}", NOON) for _ in range(waiting)]
    runner.run(archive.jobs.enqueue(blocked))
    runner.run(archive.jobs.claim("other", now=NOON, lease=LEASE))
    done = benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: runner.run(work_off(archive)),
        setup=lambda: runner.run(archive.jobs.enqueue(JOBS)),
        rounds=5,
    )
    benchmark.extra_info["jobs_per_second"] = round(COUNT / benchmark.stats.stats.median)  # type: ignore[union-attr]
    assert done == COUNT


def test_five_hundred_jobs_over_five_keys(
    benchmark: BenchmarkFixture, runner: asyncio.Runner, archive: SqliteArchive
) -> None:
    measure(benchmark, runner, archive, waiting=0)


def test_five_hundred_jobs_while_five_thousand_wait_for_their_key(
    benchmark: BenchmarkFixture, runner: asyncio.Runner, archive: SqliteArchive
) -> None:
    measure(benchmark, runner, archive, waiting=5000)
