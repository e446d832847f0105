"""What is remembered of pushed messages and dropped files: the same tests on both archives."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.ports import TriedFile
from tests.builders import NOON
from tests.fakes import FakeArchive

Both = SqliteArchive | FakeArchive

MINUTE = timedelta(minutes=1)
FILE = TriedFile("k1", "00000000000000aa", "a.txt")


async def test_a_signature_is_admitted_once_until_its_time_is_over(archive: Both) -> None:
    pushes = archive.pushes
    assert await pushes.admit("a", now=NOON, until=NOON + MINUTE)
    assert await pushes.admit("b", now=NOON, until=NOON + MINUTE)
    assert not await pushes.admit("a", now=NOON + MINUTE, until=NOON + 2 * MINUTE)
    assert await pushes.admit("a", now=NOON + 1.5 * MINUTE, until=NOON + 2 * MINUTE)


async def test_a_signature_that_is_forgotten_may_come_again(archive: Both) -> None:
    await archive.pushes.admit("a", now=NOON, until=NOON + MINUTE)
    await archive.pushes.forget("a")
    await archive.pushes.forget("unknown")

    assert await archive.pushes.admit("a", now=NOON, until=NOON + MINUTE)


async def test_files_are_remembered_by_folder_and_key(archive: Both) -> None:
    other = TriedFile("k0", "00000000000000bb", "b.txt", "is a PDF")
    await archive.dropped.note_files("in/", [FILE, other], now=NOON)
    await archive.dropped.note_files("in/", [], now=NOON)

    assert await archive.dropped.tried_files("in/") == (other, FILE)
    assert await archive.dropped.tried_files("out/") == ()


async def test_the_last_word_on_a_file_counts(archive: Both) -> None:
    changed = TriedFile(FILE.key, "00000000000000cc", FILE.name, "is a PDF")
    await archive.dropped.note_files("in/", [FILE], now=NOON)
    await archive.dropped.note_files("in/", [changed], now=NOON)

    assert await archive.dropped.tried_files("in/") == (changed,)


async def test_files_are_forgotten_after_ninety_days(archive: Both) -> None:
    new = TriedFile("k2", "00000000000000dd", "c.txt")
    await archive.dropped.note_files("in/", [FILE], now=NOON)
    await archive.dropped.note_files("in/", [new], now=NOON + timedelta(days=91))

    assert await archive.dropped.tried_files("in/") == (new,)


async def test_both_memories_survive_a_restart(path: Path) -> None:
    async with SqliteArchive.open(path) as archive:
        await archive.pushes.admit("a", now=NOON, until=NOON + MINUTE)
        await archive.dropped.note_files("in/", [FILE], now=NOON)

    async with SqliteArchive.open(path) as archive:
        assert not await archive.pushes.admit("a", now=NOON, until=NOON + MINUTE)
        assert await archive.dropped.tried_files("in/") == (FILE,)


@pytest.mark.parametrize("count", [1, 1_000])
async def test_many_files_are_noted_at_once(archive: Both, count: int) -> None:
    files = [TriedFile(f"{n:05}", f"{n:016x}", "a.txt") for n in range(count)]
    await archive.dropped.note_files("in/", files, now=NOON)

    assert await archive.dropped.tried_files("in/") == tuple(files)
