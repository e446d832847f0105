"""`nutgraf run` at rest: how soon it is there, and how much memory it then has."""

import asyncio
import time
from pathlib import Path

import psutil
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.system.newsroom import a_newsroom

pytestmark = pytest.mark.system


def test_start_and_memory_of_the_idle_process(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    figures: list[tuple[float, float, float]] = []
    folders = iter(tmp_path / str(number) for number in range(10))

    def start() -> None:
        figures.append(asyncio.run(start_and_rest(next(folders))))

    benchmark.pedantic(start, rounds=3)  # type: ignore[no-untyped-call]
    seconds = min(s for s, _, _ in figures)
    megabytes, reading = max(m for _, m, _ in figures), max(r for _, _, r in figures)
    print(
        f"\nnutgraf run: signed in after {seconds:.1f} s, {megabytes:.0f} MB at rest, and "
        f"{reading:.0f} MB in processes that read"
    )


async def start_and_rest(folder: Path) -> tuple[float, float, float]:
    """Return the seconds until the bot is at the gateway, and the memory once it has read all.

    The second memory is that of the reading processes, which leave after half a minute.
    """
    folder.mkdir()  # noqa: ASYNC240 - nobody waits
    async with a_newsroom(folder) as newsroom:
        began = time.perf_counter()
        process = await newsroom.launch()
        await newsroom.discord.until_connected(30)
        seconds = time.perf_counter() - began
        await asyncio.sleep(8)  # the wire's 39 articles are read in less
        bot = psutil.Process(process.pid)
        megabytes = bot.memory_info().rss / 1e6
        reading = sum(child.memory_info().rss for child in bot.children()) / 1e6
        await newsroom.stop()
    return seconds, megabytes, reading
