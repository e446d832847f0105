"""Keeps jobs in a table: leased to one worker at a time, and deleted when they are done."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Update,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.job_tables import dead_letter
from bot.adapters.archive.job_tables import job as waiting
from bot.errors import LeaseLostError
from bot.news import Job, NewJob
from bot.ports import Claim

HEAD: Final = waiting.alias("head")
HEADS: Final = select(func.min(waiting.c.id)).group_by(waiting.c.key)
"""The first job of each key, read from the index alone, however many wait behind it."""


async def enqueue(connection: AsyncConnection, jobs: Sequence[NewJob]) -> None:
    """Add the jobs in their order, inside the caller's transaction."""
    if jobs:
        new = [rows.to_row(one) | {"attempts": 0, "reason": ""} for one in jobs]
        await connection.execute(insert(waiting), new)


async def enqueue_missing(connection: AsyncConnection, jobs: Sequence[NewJob]) -> None:
    """Add those of the jobs that do not wait already: same kind, key and payload."""
    for one in jobs:
        same = (
            waiting.c.kind == one.kind,
            waiting.c.key == one.key,
            waiting.c.payload == one.payload,
        )
        if await connection.scalar(select(waiting.c.id).where(*same).limit(1)) is None:
            await enqueue(connection, [one])


async def require_claim(connection: AsyncConnection, claim: Claim | None) -> None:
    """Prolong the claim's lease inside the caller's transaction.

    Raises:
        LeaseLostError: the job is another worker's by now, or done.
    """
    if claim is None:
        return
    held = update(waiting).where(*_is_held(claim.job, claim.worker))
    prolonged = await connection.execute(held.values(leased_until=rows.to_text(claim.until)))
    if not prolonged.rowcount:
        raise LeaseLostError


class SqliteJobs:
    """The port `Jobs` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, worker: str, *, now: datetime, lease: timedelta, kinds: Collection[str] = ()
    ) -> Job | None:
        """Lease the oldest job, by id, that heads its key and is due; `None` if there is none.

        Without `kinds` any kind will do. A job of another kind at the head holds up its key too.

        Raises:
            ArchiveError: the store cannot be written, or the job's row is damaged.
        """
        statement = _claim(rows.to_text(now), kinds).values(
            worker=worker, leased_until=rows.to_text(now + lease), attempts=waiting.c.attempts + 1
        )
        async with self._database.writing() as connection:
            claimed = (await connection.execute(statement)).mappings().first()
        return None if claimed is None else _to_job(claimed)

    async def extend(self, job: Job, worker: str, *, until: datetime) -> bool:
        """Prolong a lease, also one that ran out and went to nobody else since.

        False if the job is no longer this worker's.
        """
        return await self._change(job, worker, {"leased_until": rows.to_text(until)})

    async def finish(self, job: Job, worker: str, *, then: Sequence[NewJob] = ()) -> bool:
        """Delete a job that is done and enqueue what follows, in one transaction.

        False, and nothing is changed, if the job is no longer this worker's.
        """
        async with self._database.writing() as connection:
            if finished := await _delete(connection, job, worker):
                await enqueue(connection, then)
        return finished

    async def retry(self, job: Job, worker: str, *, at: datetime, reason: str) -> bool:
        """Give a job back until `at`, which holds up its key; false as in `extend`."""
        given_back = {"worker": None, "leased_until": None, "due_at": rows.to_text(at)}
        return await self._change(job, worker, given_back | {"reason": reason})

    async def bury(self, job: Job, worker: str, *, now: datetime, reason: str) -> bool:
        """Move a job to the dead letters in one transaction; false as in `finish`."""
        row = rows.to_row(job) | {"buried_at": rows.to_text(now), "reason": reason}
        async with self._database.writing() as connection:
            if buried := await _delete(connection, job, worker):
                await connection.execute(insert(dead_letter), [row])
        return buried

    async def enqueue(self, jobs: Sequence[NewJob]) -> None:
        """Enqueue jobs that no stored change causes."""
        async with self._database.writing() as connection:
            await enqueue(connection, jobs)

    async def take_back_all(self) -> None:
        """End every lease: for a process that holds the archive alone, so that no worker lives."""
        async with self._database.writing() as connection:
            await connection.execute(update(waiting).values(worker=None, leased_until=None))

    async def dead_letters(self) -> tuple[tuple[Job, str], ...]:
        """Return the jobs that were given up, by when, each with its last reason."""
        by_burial = select(dead_letter).order_by(dead_letter.c.buried_at, dead_letter.c.id)
        async with self._database.reading() as connection:
            found = (await connection.execute(by_burial)).mappings().all()
        return tuple((_to_job(row), row["reason"]) for row in found)

    async def _change(self, job: Job, worker: str, values: rows.Row) -> bool:
        async with self._database.writing() as connection:
            changed = await connection.execute(
                update(waiting).where(*_is_held(job, worker)).values(values)
            )
            return changed.rowcount == 1


def _claim(now: str, kinds: Collection[str]) -> Update:
    """Return the update of the one job that can be leased now."""
    free = or_(HEAD.c.leased_until.is_(None), HEAD.c.leased_until <= now)
    first = select(HEAD.c.id).where(HEAD.c.id.in_(HEADS), HEAD.c.due_at <= now, free)
    if kinds:
        first = first.where(HEAD.c.kind.in_(kinds))
    first = first.order_by(HEAD.c.id).limit(1)
    return update(waiting).where(waiting.c.id == first.scalar_subquery()).returning(waiting)


def _is_held(job: Job, worker: str) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of the row as long as nobody else has taken the job.

    The attempts fence a worker off from itself: from its own lease that ran out.
    """
    return (
        waiting.c.id == job.id,
        waiting.c.worker == worker,
        waiting.c.attempts == job.attempts,
    )


async def _delete(connection: AsyncConnection, job: Job, worker: str) -> bool:
    deleted = await connection.execute(delete(waiting).where(*_is_held(job, worker)))
    return deleted.rowcount == 1


def _to_job(row: RowMapping) -> Job:
    return rows.to_value(row, Job, f"job {row['id']}")
