"""What goes wrong with the file becomes a sentence that an editor can act on."""

import os
import sqlite3
import tempfile
import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import Pool

from bot.adapters.archive import SqliteArchive
from bot.errors import ArchiveError
from bot.news import Article, NewJob, Post, Schedule, StoryThread, Timing
from tests.builders import NOON, a_dossier, an_article

NOBODY = 65534
LONG = "Long. " * 10_000
JOB = NewJob("post", "c1", "{}", NOON)
LONG_JOB = NewJob("post", "c2", LONG, NOON)
DAILY = Schedule("s1", 1, 2, "Morning", Timing("UTC", times=("07:00",)), 3, NOON)
Write = Callable[[SqliteArchive], Awaitable[object]]


def first(_: Article | None) -> Article:
    return an_article("a1")


def altered(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def content(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def set_mode(path: Path, mode: int) -> None:
    path.chmod(mode)


async def made(path: Path) -> None:
    async with SqliteArchive.open(path) as archive:
        await archive.revise({"a1": first})


async def failure(path: Path) -> str:
    """Return what is said when the archive is opened and written to."""
    with pytest.raises(ArchiveError) as failed:
        async with SqliteArchive.open(path, busy_timeout_seconds=0.05) as archive:
            await archive.revise({"a2": lambda _: an_article("a2", body=LONG)})
    return str(failed.value)


@contextmanager
def no_more_pages() -> Iterator[None]:
    """Let the files that are opened meanwhile grow no more, as on a full disk."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1").close()

    event.listen(Pool, "connect", limit)
    try:
        yield
    finally:
        event.remove(Pool, "connect", limit)


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder of a user whom the file system can refuse something, which it cannot root."""
    as_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if as_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
        folder.chmod(0o755)
        if as_root:
            os.seteuid(0)


async def test_a_file_by_a_newer_version_is_left_alone_and_named(path: Path) -> None:
    await made(path)
    altered(path, "UPDATE alembic_version SET version_num = '9999'")
    before = content(path)

    assert await failure(path) == (
        f"{path} was written by a newer Nutgraf (revision 9999); "
        "update the program or name another file with --database."
    )
    assert content(path) == before


async def test_a_file_that_is_no_database_is_left_alone_and_named(path: Path) -> None:
    notes = b"Notes of the morning meeting.\n" * 100
    path.parent.mkdir()
    write(path, notes)

    assert await failure(path) == (f"{path} is not a database; name another file with --database.")
    assert content(path) == notes


async def test_the_database_of_another_program_is_left_alone_and_named(path: Path) -> None:
    path.parent.mkdir()
    altered(path, "CREATE TABLE recipe (name TEXT)")
    before = content(path)

    assert await failure(path) == (
        f"{path} is the database of another program; name another file with --database."
    )
    assert content(path) == before


async def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    assert await failure(tmp_path) == (
        f"{tmp_path} is a folder; name another file with --database."
    )


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    write(tmp_path / "data", b"in the way")

    assert await failure(tmp_path / "data" / "deep" / "nutgraf.db") == (
        f"The folder {tmp_path}/data/deep cannot be made (not a directory); "
        "name another file with --database."
    )


async def test_a_folder_that_refuses_new_files_is_named(ordinary_folder: Path) -> None:
    path = ordinary_folder / "nutgraf.db"
    set_mode(ordinary_folder, 0o555)

    assert await failure(path) == (
        f"{path} cannot be opened; make the file and its folder readable and writable, "
        "or name another file with --database."
    )


async def test_a_file_that_cannot_be_written_can_still_be_read(ordinary_folder: Path) -> None:
    path = ordinary_folder / "nutgraf.db"
    await made(path)
    set_mode(path, 0o444)

    assert await failure(path) == (
        f"{path} cannot be written; make the file and its folder writable, "
        "or name another file with --database."
    )
    async with SqliteArchive.open(path) as archive:
        assert await archive.articles_since(NOON) == (an_article("a1"),)


async def test_a_full_disk_is_said_and_costs_nothing_that_was_kept(path: Path) -> None:
    await made(path)

    with no_more_pages():
        said = await failure(path)

    assert said == f"{path} cannot grow, the disk is full; free some space and try again."
    async with SqliteArchive.open(path) as archive:
        assert await archive.articles_since(NOON) == (an_article("a1"),)


async def finish(archive: SqliteArchive) -> None:
    job = await archive.jobs.claim("w1", now=NOON, lease=timedelta(hours=1))
    assert job is not None
    await archive.jobs.finish(job, "w1", then=[LONG_JOB])


async def bury(archive: SqliteArchive) -> None:
    job = await archive.jobs.claim("w1", now=NOON, lease=timedelta(hours=1))
    assert job is not None
    await archive.jobs.bury(job, "w1", now=NOON, reason=LONG)


WRITES: dict[str, Write] = {
    "a briefing with posts": lambda archive: archive.store(
        a_dossier(), posts=[Post("k2", 1, "b1", 1)], then=[LONG_JOB]
    ),
    "a post": lambda archive: archive.store(a_dossier(), posts=[Post(LONG, 1, "b1", 1)]),
    "a job": lambda archive: archive.jobs.enqueue([JOB, LONG_JOB]),
    "the end of a job": finish,
    "a dead letter": bury,
    "a schedule": lambda archive: archive.timetable.save_schedule(
        replace(DAILY, text=LONG), seen_until=NOON
    ),
    "an occurrence": lambda archive: archive.timetable.record_due("s1", NOON, then=[LONG_JOB]),
    "a thread": lambda archive: archive.posts.add_thread(StoryThread(1, 2, "b1", 1, LONG)),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_on_a_full_disk_a_change_is_made_with_all_that_follows_or_not_at_all(
    path: Path, write: Write
) -> None:
    await made(path)
    async with SqliteArchive.open(path) as archive:
        await archive.timetable.save_schedule(DAILY, seen_until=NOON)
        await archive.jobs.enqueue([JOB])

    with no_more_pages():
        async with SqliteArchive.open(path) as archive:
            with pytest.raises(ArchiveError, match="the disk is full; free some space"):
                await write(archive)

    async with SqliteArchive.open(path) as archive:
        assert await archive.find_dossier("latest") is None
        assert await archive.posts.find_post("k2") is None
        assert await archive.timetable.schedules() == (DAILY,)
        assert await archive.timetable.occurrences("s1", NOON) == ()
        assert await archive.jobs.dead_letters() == ()
        job = await archive.jobs.claim("w2", now=NOON + timedelta(hours=1), lease=timedelta(1))
        assert job is not None
        assert (job.kind, job.key, job.payload) == (JOB.kind, JOB.key, JOB.payload)
        assert await archive.jobs.finish(job, "w2")
        assert await archive.jobs.claim("w2", now=NOON, lease=timedelta(1)) is None


async def test_a_row_that_was_altered_by_hand_is_named(path: Path) -> None:
    await made(path)
    async with SqliteArchive.open(path) as archive:
        await archive.jobs.enqueue([JOB])
        await archive.timetable.save_schedule(DAILY, seen_until=NOON)
    altered(path, "UPDATE job SET kind = 'lunch'", "UPDATE schedule SET timing = '{}'")

    async with SqliteArchive.open(path) as archive:
        with pytest.raises(ArchiveError, match="stored job 1 is damaged"):
            await archive.jobs.claim("w1", now=NOON, lease=timedelta(1))
        with pytest.raises(ArchiveError, match="stored schedule s1 is damaged"):
            await archive.timetable.schedules()


async def test_a_file_that_stays_locked_is_said_after_the_time_given(path: Path) -> None:
    await made(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert await failure(path) == (
        f"{path} is being written by another program and did not become free in time; "
        "end that program or try again later."
    )
    other.close()


async def test_a_file_that_lost_its_pages_is_said_to_be_damaged(path: Path) -> None:
    await made(path)
    whole = content(path)
    write(path, whole[:4096] + b"\xff" * (len(whole) - 4096))

    assert (await failure(path)).startswith(f"{path} is damaged (")


async def test_a_mistake_of_our_own_is_not_blamed_on_the_file(path: Path) -> None:
    await made(path)
    altered(path, "DROP TABLE briefing_source")

    async with SqliteArchive.open(path) as archive:
        with pytest.raises(OperationalError, match="no such table"):
            await archive.store(a_dossier())


async def test_no_text_of_an_article_stands_in_what_is_logged_of_a_failure(path: Path) -> None:
    await made(path)
    refusal = "SELECT RAISE(ABORT, 'no room')"
    altered(path, f"CREATE TRIGGER refused BEFORE INSERT ON revision BEGIN {refusal}; END")

    async with SqliteArchive.open(path) as archive:
        with pytest.raises(IntegrityError) as caught:
            await archive.revise({"a2": lambda _: an_article("a2")})
    told = "".join(traceback.format_exception(caught.value))
    assert "INSERT INTO revision" in told
    assert "Mira Tolland" not in told
