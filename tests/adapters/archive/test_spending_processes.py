"""Processes that share a budget: none overspends, and what a dead one had set aside is not lost."""

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 3, 4)


async def start(path: Path, *arguments: str) -> Process:
    command = (sys.executable, "-m", "tests.adapters.archive.spend", str(path), *arguments)
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)


async def spent(path: Path) -> tuple[int, int]:
    """Return what was spent, and how much of it is not settled."""
    async with SqliteArchive.open(path) as archive:
        (one,) = await archive.accounts.spent(TODAY, TODAY)
    return one.amount, one.unsettled


@pytest.mark.system
async def test_two_processes_at_the_ceiling_spend_no_more(path: Path, empty: Path) -> None:
    path.parent.mkdir()
    shutil.copy(empty, path)
    processes = [await start(path) for _ in range(2)]
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [process.returncode for process in processes] == [0, 0]
    assert sum(int(out) for out, _ in said) == 19
    assert await spent(path) == (1_900, 1_900)


@pytest.mark.system
async def test_what_a_dead_process_set_aside_counts_as_spent_and_is_shown(
    path: Path, empty: Path
) -> None:
    path.parent.mkdir()
    shutil.copy(empty, path)
    died = await start(path, "DIE")
    assert await died.wait() == 9
    assert await spent(path) == (1_000, 1_000)

    out, _ = await (await start(path)).communicate(b"go\n")

    assert int(out) == 9
    assert await spent(path) == (1_900, 1_900)
