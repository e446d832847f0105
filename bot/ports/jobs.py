"""The queue of what is to be done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.news import Job, NewJob


@dataclass(frozen=True)
class Claim:
    """A job in the hands of a worker, until an instant: what a fence asks for."""

    job: Job
    worker: str
    until: datetime


class Jobs(Protocol):
    """Keeps jobs until they are done.

    A job is enqueued by the change that causes it, in its transaction: `Archive.store`,
    `Timetable.record_due` and `finish` take jobs along.
    """

    async def claim(
        self, worker: str, *, now: datetime, lease: timedelta, kinds: Collection[str] = ()
    ) -> Job | None:
        """Lease the oldest job that is due to a worker, or return `None`.

        Of each key one job at a time is leased, in order; one that has failed or is not yet due
        holds up its key. A lease that has run out is given to the next worker.
        """
        ...

    async def extend(self, job: Job, worker: str, *, until: datetime) -> bool:
        """Prolong a lease; false if the job is no longer this worker's."""
        ...

    async def finish(self, job: Job, worker: str, *, then: Sequence[NewJob] = ()) -> bool:
        """Delete a job that is done and enqueue what follows, in one transaction.

        False, and nothing is changed, if the job is no longer this worker's.
        """
        ...

    async def retry(self, job: Job, worker: str, *, at: datetime, reason: str) -> bool:
        """Give a job back until `at`; false if it is no longer this worker's."""
        ...

    async def bury(self, job: Job, worker: str, *, now: datetime, reason: str) -> bool:
        """Move a job to the dead letters, so that its key goes on; false as in `finish`."""
        ...

    async def enqueue(self, jobs: Sequence[NewJob]) -> None:
        """Enqueue jobs that no stored change causes."""
        ...

    async def dead_letters(self) -> tuple[tuple[Job, str], ...]:
        """Return the jobs that were given up, oldest first, each with its last reason."""
        ...
