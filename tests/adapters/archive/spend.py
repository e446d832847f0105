"""Spends at the ceiling: a process of its own in the test of processes that share a budget.

Prints how many of 25 calls, all begun at once, were allowed. With DIE it ends without a word to
anybody as soon as the first is.

usage: python -m tests.adapters.archive.spend DATABASE [DIE]
"""

import asyncio
import os
import sys
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.ports import Reservation
from tests.fakes_money import HandClock
from tests.money_terms import a_call, some_terms


async def main(path: Path, *, die: bool) -> None:
    async with SqliteArchive.open(path, busy_timeout_seconds=60) as archive:
        meter = archive.meter(some_terms(desk=1_999, total=10_000), HandClock())
        if die:
            await meter.reserve(a_call(1_000))
            os._exit(9)
        sys.stdin.readline()
        calls = (meter.reserve(a_call(100)) for _ in range(25))
        tried = await asyncio.gather(*calls, return_exceptions=True)
    sys.stdout.write(f"{sum(isinstance(one, Reservation) for one in tried)}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), die=len(sys.argv) > 2))
