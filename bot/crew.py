"""Several workers of one process: jobs of different channels side by side, of one in order."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.leases import LENGTH, Lease
from bot.news import Job
from bot.posting import Desks, work

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 0.5
"""How often an idle crew looks for a job; also the longest that an edition waits for one."""


@dataclass
class Crew:
    """Does the jobs of some kinds, so many at the same time.

    Args:
        parts: what the work needs.
        clock: says what time it is; aware, UTC.
        worker: names the process in leases.
        kinds: the jobs it does.
        hands: how many at the same time.
        lease: how long a job is leased at a time.
        idle_seconds: how often an idle crew looks for a job.
    """

    parts: Desks
    clock: Callable[[], datetime]
    worker: str
    kinds: Collection[str]
    hands: int
    lease: timedelta = LENGTH
    idle_seconds: float = IDLE_SECONDS
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def step(self) -> float:
        """Take up one job; returns in how many seconds to look again, if no job ends before.

        Raises:
            ArchiveError: the store cannot be read or written.
        """
        if len(self._under_way) >= self.hands:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        now = self.clock()
        job = await self.parts.jobs.claim(self.worker, now=now, lease=self.lease, kinds=self.kinds)
        if job is None:
            return await self._rest()
        task = asyncio.create_task(self._do(job, now))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return 0

    async def finish(self) -> None:
        """Return when what is under way is done."""
        await asyncio.gather(*self._under_way)

    async def _rest(self) -> float:
        """Wait for the next look in step with the clock: editions are due on whole seconds.

        A job that ends may have held up another of its key, so that ends the rest too.
        """
        idle = self.idle_seconds - self.clock().timestamp() % self.idle_seconds
        if not self._under_way:
            return idle
        await asyncio.wait(self._under_way, timeout=idle, return_when=asyncio.FIRST_COMPLETED)
        return 0

    async def _do(self, job: Job, now: datetime) -> None:
        lease = Lease(
            self.parts.jobs, job, self.worker, clock=self.clock, length=self.lease, since=now
        )
        keeper = asyncio.create_task(lease.keep())
        try:
            await work(job, self.worker, self.parts, now=now, lease=lease)
        except Exception:  # the store may be full: the job comes again when its lease is over
            log.exception("job left to its lease", extra={"job": job.id, "kind": job.kind})
        finally:
            keeper.cancel()
