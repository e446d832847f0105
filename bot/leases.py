"""A worker's hold on a job: it is prolonged while the worker is awake, and fences what it does.

A worker that was stopped (a paused machine, SIGSTOP) does not know that time went by. So whatever
it is about to do for good asks here first, and what it notes in the archive is noted in the
transaction that checks the claim.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ArchiveError, LeaseLostError
from bot.news import Job
from bot.ports import Claim, Jobs

LENGTH: Final = timedelta(minutes=2)
"""How long a job is leased: so long it waits if its worker dies and no other process starts."""
RENEWALS: Final = 3
"""How often in one length the lease is prolonged."""


class Lease:
    """One job in the hands of one worker.

    Args:
        jobs: where the job is kept.
        job: the job as it was claimed.
        worker: who claimed it.
        clock: says what time it is; aware, UTC.
        length: how long it is leased, from when it was claimed and again with every renewal.
        since: when it was claimed.
    """

    def __init__(
        self,
        jobs: Jobs,
        job: Job,
        worker: str,
        *,
        clock: Callable[[], datetime],
        length: timedelta = LENGTH,
        since: datetime,
    ) -> None:
        self.job = job
        self.worker = worker
        self._jobs = jobs
        self._clock = clock
        self._length = length
        self._until = since + length

    def holds(self) -> bool:
        """Tell whether nobody else can have the job yet; asked right before a post is sent."""
        return self._clock() < self._until

    def claim(self) -> Claim:
        """Return what a fenced change asks for; where it is made, the lease is prolonged."""
        return Claim(self.job, self.worker, self._clock() + self._length)

    def was_prolonged(self, claim: Claim) -> None:
        """Take in that a fenced change has prolonged the lease."""
        self._until = max(self._until, claim.until)

    async def renew(self) -> None:
        """Prolong the lease now.

        Raises:
            LeaseLostError: the job is another worker's by now.
        """
        claim = self.claim()
        if not await self._jobs.extend(self.job, self.worker, until=claim.until):
            self._until = self._clock()
            raise LeaseLostError
        self.was_prolonged(claim)

    async def keep(self) -> None:
        """Go on renewing until cancelled, or until the job is another worker's."""
        while True:
            await asyncio.sleep(self._length.total_seconds() / RENEWALS)
            try:
                await self.renew()
            except LeaseLostError:
                return
            except ArchiveError:  # a full disk: the lease may run out, and then the fences hold
                continue
