"""The loops of a running newsroom: they read the sources, wake for what is due, and do the jobs.

Every loop here survives what nobody expected: it is logged with its trace, and the loop goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import NutgrafError
from bot.posting import Desks, work
from bot.waking import Waker

log = logging.getLogger(__name__)

EDITION_KINDS: Final = ("edition", "post", "notice")
READING_KINDS: Final = ("reread",)
LEASE: Final = timedelta(minutes=2)
IDLE_SECONDS: Final = 0.5
"""How often an idle worker looks for a job; also the longest that an edition waits for one."""

POLL_SECONDS: Final = 0.5
"""How often is looked for sources that are due; every `BUSY_SECONDS` while there are some."""

BUSY_SECONDS: Final = 0.1
READING_IDLE_SECONDS: Final = 20.0
"""The same of who reads cited pages again, which are in no hurry."""


@dataclass
class Service:
    """The loops of a running newsroom, on parts that somebody else opens and closes.

    Args:
        parts: the desk and what its editions need.
        clock: says what time it is; aware, UTC.
        worker: names this process in leases.
        check_seconds: how often, in real seconds, the clock is compared with the timetable.
    """

    parts: Desks
    clock: Callable[[], datetime]
    worker: str
    check_seconds: float = 30

    def __post_init__(self) -> None:
        """Wind up the alarm clock, which starts to go in `run`."""
        self._stopping = asyncio.Event()
        self.waker = Waker(self.parts.timetable, self.clock, check_seconds=self.check_seconds)

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is finished first."""
        try:
            await self.waker.start()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._again("reading sources", self._poll))
                group.create_task(self._again("reading the timetable", self.waker.catch_up))
                group.create_task(self._again("doing jobs", self._do_jobs))
                group.create_task(self._again("reading cited pages", self._read_again))
        finally:
            await self.waker.stop()
            await self.parts.desk.polls.stop()

    def stop(self) -> None:
        """Let every loop end after what it is doing."""
        self._stopping.set()

    async def stopped(self) -> None:
        """Return when `stop` is called."""
        await self._stopping.wait()

    async def _poll(self) -> float:
        is_busy = await self.parts.desk.polls.start_due(now=self.clock())
        return BUSY_SECONDS if is_busy else POLL_SECONDS

    async def _do_jobs(self) -> float:
        # looked for in step with the clock, since editions are due on whole seconds
        idle = IDLE_SECONDS - self.clock().timestamp() % IDLE_SECONDS
        return await self._do_job(EDITION_KINDS, self.worker, idle)

    async def _read_again(self) -> float:
        # beside the editions, which must not wait for slow pages
        return await self._do_job(READING_KINDS, f"{self.worker}/reading", READING_IDLE_SECONDS)

    async def _do_job(self, kinds: Collection[str], worker: str, idle: float) -> float:
        now = self.clock()
        job = await self.parts.jobs.claim(worker, now=now, lease=LEASE, kinds=kinds)
        if job is None:
            return idle
        await work(job, worker, self.parts, now=now)
        return 0

    async def _again(self, doing: str, step: Callable[[], Awaitable[float]]) -> None:
        """Repeat the step until stopped; it returns how many seconds to wait."""
        while not self._stopping.is_set():
            try:
                wait = await step()
            except NutgrafError as error:
                log.warning("step put off", extra={"doing": doing, "reason": str(error)})
                wait = 5
            except Exception:  # whatever it was, the next step must be taken
                log.exception("step failed", extra={"doing": doing})
                wait = 5
            await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), timeout=seconds)
        except TimeoutError:
            return
