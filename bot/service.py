"""The loops of a running newsroom: they read the sources, wake for what is due, and do the jobs.

Every loop here survives what nobody expected: it is logged with its trace, and the loop goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.crew import IDLE_SECONDS, Crew
from bot.desk_stops import PURGED_AT_ONCE, purge_old
from bot.embargo_breaks import BreakWatch
from bot.errors import NutgrafError
from bot.leases import LENGTH
from bot.lifting import Lifter
from bot.posting import Desks
from bot.waking import Waker
from bot.withdrawing import Withdrawer

log = logging.getLogger(__name__)

POSTING_KINDS: Final = (
    "post",
    "notice",
    "reissue",
    "clear",
    "edit",
    "correction",
    "recheck",
    "review",
    "remind",
    "release",
    "expire",
)
POSTING_HANDS: Final = 16
"""Posts under way at a time: they wait for Discord alone, which takes 50 a second."""
MAKING_HANDS: Final = 4
"""Editions made at a time: they compete for one processor, but a model's answer takes a minute."""

POLL_SECONDS: Final = 0.5
"""How often is looked for sources that are due; every `BUSY_SECONDS` while there are some."""

BUSY_SECONDS: Final = 0.1
WITHDRAW_SECONDS: Final = 1.0
"""How often is looked for posts that tell of what is held by now."""
RETIRE_SECONDS: Final = 3600.0
"""How often is looked for texts that are kept no longer."""
READING_IDLE_SECONDS: Final = 20.0
"""How often is looked for cited pages to read again, which are in no hurry."""


@dataclass
class Service:
    """The loops of a running newsroom, on parts that somebody else opens and closes.

    Args:
        parts: the desk and what its editions need.
        clock: says what time it is; aware, UTC.
        worker: names this process in leases.
        check_seconds: how often, in real seconds, the clock is compared with the timetable.
        lease: how long a job is leased at a time.
        also: other loops by what they do; a step returns how many seconds to wait.
    """

    parts: Desks
    clock: Callable[[], datetime]
    worker: str
    check_seconds: float = 30
    lease: timedelta = LENGTH
    also: Mapping[str, Callable[[], Awaitable[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Wind up the alarm clock, which starts to go in `run`."""
        self._stopping = asyncio.Event()
        stops = self.parts.desk.tools.stops
        self._withdrawer = Withdrawer(self.parts.archive, stops) if stops else None
        desk = self.parts.desk
        self._lifter = Lifter(desk.tools, stops, desk.window) if stops else None
        self._breaks = BreakWatch(desk, self.parts.operations)
        self.waker = Waker(self.parts.timetable, self.clock, check_seconds=self.check_seconds)
        self._crews = {
            "posting": self._crew(POSTING_KINDS, POSTING_HANDS),
            "making editions": self._crew(("edition",), MAKING_HANDS),
            # beside the editions, which must not wait for slow pages
            "reading cited pages": self._crew(("reread",), 1, READING_IDLE_SECONDS),
        }

    def _crew(self, kinds: Sequence[str], hands: int, idle_seconds: float = IDLE_SECONDS) -> Crew:
        worker = f"{self.worker}/{kinds[0]}"
        return Crew(self.parts, self.clock, worker, kinds, hands, self.lease, idle_seconds)

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is finished first."""
        try:
            await self.waker.start()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._again("reading sources", self._poll))
                group.create_task(self._again("reading the timetable", self.waker.catch_up))
                for doing, step in self.also.items():
                    group.create_task(self._again(doing, step))
                group.create_task(self._again("withdrawing", self._withdraw))
                group.create_task(self._again("lifting embargoes", self._lift))
                group.create_task(self._again("watching embargoes", self._watch_embargoes))
                group.create_task(self._again("purging old texts", self._retire))
                for doing, crew in self._crews.items():
                    group.create_task(self._again(doing, crew.step))
            for crew in self._crews.values():
                await crew.finish()
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

    async def _withdraw(self) -> float:
        if self._withdrawer:
            await self._withdrawer.step(now=self.clock())
        return WITHDRAW_SECONDS

    async def _lift(self) -> float:
        return await self._lifter.step(now=self.clock()) if self._lifter else WITHDRAW_SECONDS

    async def _watch_embargoes(self) -> float:
        return await self._breaks.step(now=self.clock())

    async def _retire(self) -> float:
        desk = self.parts.desk
        if desk.uncited_kept is None:
            return RETIRE_SECONDS
        gone = await purge_old(desk, desk.uncited_kept, now=self.clock())
        if gone:
            log.info("old texts purged", extra={"articles": gone})
        return RETIRE_SECONDS if gone < PURGED_AT_ONCE else BUSY_SECONDS

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
