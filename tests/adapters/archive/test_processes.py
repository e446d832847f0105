"""Processes that share one file: workers that are killed lose nothing, and one `run` holds it."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from bot.adapters.archive.holding import lock_file
from bot.errors import ArchiveError
from bot.news import NewJob
from tests.builders import NOON, an_article

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import asyncio, sys
from pathlib import Path
from bot.adapters.archive import SqliteArchive

async def main() -> None:
    async with SqliteArchive.open(Path(sys.argv[1]), exclusive=True):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def start(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=PIPE, env=os.environ | {"PYTHONPATH": "."}
    )


async def work_off(path: Path, *arguments: str) -> Process:
    return await start("-m", "tests.adapters.archive.work_off", str(path), *arguments)


async def said(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def killed(process: Process) -> None:
    process.kill()
    assert await process.wait() == -signal.SIGKILL


def done(path: Path) -> list[str]:
    """Return what is done, in the order in which it was committed."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT payload FROM job WHERE key = 'done' ORDER BY id")
        return [payload for (payload,) in found]


@pytest.mark.soak
@pytest.mark.system
async def test_workers_that_are_killed_lose_nothing_and_nothing_is_done_twice(path: Path) -> None:
    async with SqliteArchive.open(path) as archive:
        await archive.jobs.enqueue(
            [NewJob("post", f"c{n % 5}", f"{n:03}", NOON) for n in range(300)]
        )

    holding = await work_off(path, "holding", "20")
    held = int(await said(holding))
    working = [await work_off(path, f"working-{n}") for n in range(3)]
    await killed(holding)
    while len(done(path)) < 60:  # noqa: ASYNC110 - other processes set no event of ours
        await asyncio.sleep(0.01)
    await killed(working.pop())
    killed_at = len(done(path))

    assert [await process.wait() for process in working] == [0, 0]
    assert killed_at < 300, "the worker was killed too late to matter"
    assert sorted(done(path)) == sorted(f"c{n % 5} {n:03}" for n in range(300))
    for key in range(5):
        of_key = [payload for payload in done(path) if payload.startswith(f"c{key} ")]
        assert of_key == sorted(of_key)
    assert f"c{(held - 1) % 5} {held - 1:03}" in done(path)[19:], "what was held was done anew"


@pytest.mark.system
async def test_a_second_run_is_told_who_has_the_file_until_that_is_killed(path: Path) -> None:
    first = await start("-c", HOLD, str(path))
    assert await said(first) == "held"

    with pytest.raises(ArchiveError) as refused:
        async with SqliteArchive.open(path, exclusive=True):
            pass
    async with SqliteArchive.open(path) as beside:
        await beside.revise({"a1": lambda _: an_article("a1")})
    await killed(first)
    async with SqliteArchive.open(path, exclusive=True) as archive:
        found = await archive.find_article("a1")

    assert str(refused.value) == (
        f"{path} is in use by another `nutgraf run` (process {first.pid}); "
        "stop it first or name another file with --database."
    )
    assert found == an_article("a1")


async def test_the_file_is_held_by_whatever_name_and_free_again_afterwards(
    path: Path, tmp_path: Path
) -> None:
    other_name = tmp_path / "link.db"
    other_name.symlink_to(path)

    for _ in range(2):
        async with SqliteArchive.open(path, exclusive=True):
            with pytest.raises(ArchiveError, match=f"in use .*process {os.getpid()}"):
                async with SqliteArchive.open(other_name, exclusive=True):
                    pass


async def test_a_lock_whose_holder_did_not_yet_write_its_number_is_said_without_it(
    path: Path,
) -> None:
    async with SqliteArchive.open(path, exclusive=True):
        lock_file(path).write_text("")
        with pytest.raises(ArchiveError, match="by another `nutgraf run`; stop it first"):
            async with SqliteArchive.open(path, exclusive=True):
                pass


async def test_a_lock_that_cannot_be_opened_is_named(path: Path) -> None:
    lock_file(path).mkdir(parents=True)

    with pytest.raises(ArchiveError, match=r"nutgraf\.db\.lock cannot be locked \(is a directory"):
        async with SqliteArchive.open(path, exclusive=True):
            pass
