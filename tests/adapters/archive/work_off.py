"""Works jobs off: a process of its own in the test of workers that are killed.

A job that is done leaves another behind, of the key "done" and never due, in the transaction that
ends it. With HOLD_AT the worker says which job is its HOLD_AT-th, and keeps it for ever.

usage: python -m tests.adapters.archive.work_off DATABASE WORKER [HOLD_AT]
"""

import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.news import NewJob
from tests.builders import NOON

LEASE = timedelta(seconds=2)
NEVER = datetime.max.replace(tzinfo=NOON.tzinfo)
PAUSE_SECONDS = 0.02


def now() -> datetime:
    """Return an instant that goes on alike for all processes of this machine."""
    return NOON + timedelta(seconds=time.monotonic())


def is_all_done(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT 1 FROM job WHERE key != 'done'").fetchone() is None


async def main(path: Path, worker: str, hold_at: int) -> None:
    taken = 0
    async with SqliteArchive.open(path, busy_timeout_seconds=60) as archive:
        while not is_all_done(path):
            job = await archive.jobs.claim(worker, now=now(), lease=LEASE)
            if job is None:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            taken += 1
            if taken == hold_at:
                print(job.id, flush=True)  # noqa: T201 - read by the test
                await asyncio.Event().wait()
            done = NewJob("post", "done", f"{job.key} {job.payload}", NEVER)
            await archive.jobs.finish(job, worker, then=[done])


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int((*sys.argv, "0")[3])))
