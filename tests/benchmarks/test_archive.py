"""How fast the archive keeps and finds a thousand articles, a day of a small newsroom."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.adapters.archive import SqliteArchive
from bot.news import Article
from tests.builders import BODY, NOON, an_article

BATCH = 50
ARTICLES = [an_article(f"a{n:04}", body=f"Item {n}.\n\n" + BODY * 15) for n in range(1000)]
Measure = Callable[[Callable[[], object]], None]


@pytest.fixture
def measure(benchmark: BenchmarkFixture) -> Measure:
    def five_times(work: Callable[[], object]) -> None:
        benchmark.pedantic(work, rounds=5)  # type: ignore[no-untyped-call]

    return five_times


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def archives(runner: asyncio.Runner, tmp_path: Path) -> Iterator[Iterator[SqliteArchive]]:
    """Any number of new archives."""
    stack = AsyncExitStack()

    async def opened(number: int) -> SqliteArchive:
        return await stack.enter_async_context(SqliteArchive.open(tmp_path / f"{number}.db"))

    yield (runner.run(opened(number)) for number in range(10))
    runner.run(stack.aclose())


async def keep(archive: SqliteArchive, articles: list[Article]) -> None:
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        await archive.revise({a.id: lambda before, a=a: before or a for a in batch})  # type: ignore[misc]


def test_keeping_a_thousand_articles(
    measure: Measure, runner: asyncio.Runner, archives: Iterator[SqliteArchive]
) -> None:
    new = iter([next(archives) for _ in range(5)])

    measure(lambda: runner.run(keep(next(new), ARTICLES)))


def test_keeping_a_thousand_articles_that_did_not_change(
    measure: Measure, runner: asyncio.Runner, archives: Iterator[SqliteArchive]
) -> None:
    archive = next(archives)
    runner.run(keep(archive, ARTICLES))

    measure(lambda: runner.run(keep(archive, ARTICLES)))


def test_reading_a_thousand_articles(
    measure: Measure, runner: asyncio.Runner, archives: Iterator[SqliteArchive]
) -> None:
    archive = next(archives)
    runner.run(keep(archive, ARTICLES))

    measure(lambda: runner.run(archive.articles_since(NOON)))

    assert len(runner.run(archive.articles_since(NOON))) == 1000


def test_opening_an_archive(measure: Measure, runner: asyncio.Runner, tmp_path: Path) -> None:
    async def visit() -> None:
        async with SqliteArchive.open(tmp_path / "nutgraf.db"):
            pass

    runner.run(visit())

    measure(lambda: runner.run(visit()))
