"""What goes wrong with the file becomes a sentence that an editor can act on."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import Pool

from bot.adapters.archive import SqliteArchive
from bot.errors import ArchiveError
from bot.news import Article
from tests.builders import NOON, a_dossier, an_article

NOBODY = 65534


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
            await archive.revise({"a2": lambda _: an_article("a2", body="Long. " * 10_000)})
    return str(failed.value)


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

    def no_more_pages(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1").close()

    event.listen(Pool, "connect", no_more_pages)
    try:
        said = await failure(path)
    finally:
        event.remove(Pool, "connect", no_more_pages)

    assert said == f"{path} cannot grow, the disk is full; free some space and try again."
    async with SqliteArchive.open(path) as archive:
        assert await archive.articles_since(NOON) == (an_article("a1"),)


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
