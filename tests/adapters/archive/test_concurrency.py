"""Writers at the same time lose nothing; and what would lose it."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.news import Article
from tests.adapters.archive.count_up import count_up, one_more
from tests.builders import an_article

ROOT = Path(__file__).resolve().parents[3]


async def counted(archive: SqliteArchive) -> tuple[int, int]:
    """Return how many revisions were added, and how often the record was changed."""
    article = await archive.find_article("a1")
    assert article is not None
    assert [r.number for r in article.revisions] == list(range(1, len(article.revisions) + 1))
    return len(article.revisions), 1 + len(article.byline)


async def test_tasks_that_read_and_write_at_the_same_time_lose_nothing(
    stored: SqliteArchive,
) -> None:
    await asyncio.gather(*(count_up(stored, 5) for _ in range(40)))

    assert await counted(stored) == (200, 200)


@pytest.mark.soak
@pytest.mark.system
async def test_processes_that_open_read_and_write_at_the_same_time_lose_nothing(path: Path) -> None:
    command = (sys.executable, "-m", "tests.adapters.archive.count_up", str(path), "20")
    processes = [await asyncio.create_subprocess_exec(*command, cwd=ROOT) for _ in range(5)]

    assert [await process.wait() for process in processes] == [0] * 5

    async with SqliteArchive.open(path) as archive:
        assert await counted(archive) == (100, 100)


async def test_while_a_change_is_decided_nobody_else_can_begin_to_write(
    stored: SqliteArchive, path: Path
) -> None:
    def try_to_come_between(_: Article | None) -> Article:
        other = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        finally:
            other.close()
        return an_article("a1")

    assert await stored.revise({"a1": try_to_come_between}) == (an_article("a1"),)


async def test_with_the_defaults_of_the_driver_the_same_work_loses_an_update(
    stored: SqliteArchive, path: Path
) -> None:
    await stored.revise({"a1": one_more})
    writers = [sqlite3.connect(path), sqlite3.connect(path)]

    read = [w.execute("SELECT byline FROM article").fetchone()[0] for w in writers]
    for writer, byline in zip(writers, read, strict=True):
        writer.execute("UPDATE article SET byline = ?", (byline + "+",))
        writer.commit()
        writer.close()

    assert await counted(stored) == (1, 2), "two updates were made and one is left"


async def test_with_deferred_transactions_the_same_work_fails_without_waiting(
    stored: SqliteArchive, path: Path
) -> None:
    await stored.revise({"a1": one_more})
    one, other = (sqlite3.connect(path, isolation_level=None, timeout=60) for _ in range(2))
    for writer in (one, other):
        writer.execute("BEGIN")
        writer.execute("SELECT byline FROM article").fetchone()
    one.execute("UPDATE article SET byline = byline || '+'")
    one.execute("COMMIT")

    with pytest.raises(sqlite3.OperationalError, match="locked") as failed:
        other.execute("UPDATE article SET byline = byline || '+'")

    assert failed.value.sqlite_errorname == "SQLITE_BUSY_SNAPSHOT"
    one.close()
    other.close()


async def test_readers_do_not_wait_for_a_writer_and_see_what_was_committed(
    stored: SqliteArchive, path: Path
) -> None:
    await stored.revise({"a1": one_more})
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE article SET byline = 'uncommitted'")

    assert await counted(stored) == (1, 1)
    writer.close()


async def test_a_writer_that_is_cancelled_leaves_nothing_behind_and_no_lock(
    stored: SqliteArchive,
) -> None:
    def cancel(_: Article | None) -> Article:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        return an_article("a1")

    cancelled = asyncio.ensure_future(stored.revise({"a1": cancel}))
    with pytest.raises(asyncio.CancelledError):
        await cancelled

    assert await stored.find_article("a1") is None
    assert await stored.revise({"a1": one_more}) == (an_article("a1"),)
