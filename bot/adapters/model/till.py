"""Pays for requests: what the meter set aside is settled or given back, whatever happens."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.ports import Meter, PlannedCall, Reservation, Usage

log = logging.getLogger(__name__)


@dataclass
class Charge:
    """One request's bill, which is open until the block of `Till.paying` ends.

    Whoever sends the request sets `is_sent` before its first byte, and `usage` once it is known.
    """

    planned: PlannedCall
    wait_seconds: float
    is_sent: bool = False
    usage: Usage | None = None

    @property
    def most(self) -> Usage:
        """What it costs at most, which counts where nobody knows what it did cost."""
        return Usage(self.planned.model, self.planned.tokens_in, self.planned.max_tokens)


class Till:
    """Goes through a meter so that every reservation is closed exactly once.

    What a request cost is written before its task goes on, even if the task was cancelled. One that
    is cancelled while it waits for the meter leaves at once; the rest is then done behind it, and
    `close` waits for that.
    """

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._pending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def paying(self, planned: PlannedCall) -> AsyncIterator[Charge]:
        """Reserve the call's price for the block, and settle it behind the block.

        Raises:
            BudgetError: it may not be paid for; nothing is reserved then.
        """
        reservation = await self._reserve(planned)
        charge = Charge(planned, reservation.wait_seconds)
        try:
            yield charge
        finally:
            await self._finish(self._end(reservation, charge))

    async def close(self) -> None:
        """Return when everything is written."""
        while self._pending:
            await asyncio.wait(self._pending)

    async def _reserve(self, planned: PlannedCall) -> Reservation:
        asked = asyncio.ensure_future(self._meter.reserve(planned))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            self._start(self._give_back(asked)).add_done_callback(_tell)
            raise

    async def _give_back(self, asked: "asyncio.Future[Reservation]") -> None:
        await asyncio.wait([asked])
        if asked.exception() is None:
            await self._meter.cancel(asked.result())

    async def _end(self, reservation: Reservation, charge: Charge) -> None:
        if charge.is_sent:
            await self._meter.settle(reservation, charge.usage)
        else:
            await self._meter.cancel(reservation)

    async def _finish(self, work: Coroutine[None, None, None]) -> None:
        task = self._start(work)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_tell)
            raise

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)
        return task


def _tell(task: asyncio.Task[None]) -> None:
    """Log what went wrong behind a task that has left, for nobody else can."""
    if not task.cancelled() and (error := task.exception()):
        log.error("model call not settled", extra={"reason": str(error)}, exc_info=error)
