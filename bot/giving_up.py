"""What becomes of a job that failed: another try later, or the dead letters and operations."""

import logging
from datetime import datetime
from typing import Final

import msgspec

from bot.delivery.outbox import retry_at
from bot.errors import DeliveryError, LeaseLostError, NutgrafError
from bot.leases import Lease
from bot.news import Job, Schedule
from bot.notices import note_failure, note_held, note_poison
from bot.orders import Desks, due_of
from bot.retelling import note_uncleared, note_untold

log = logging.getLogger(__name__)

OF_EDITIONS: Final = ("edition", "post", "review", "release", "expire")
"""Jobs without which an edition does not come to stand, or nobody hears why."""
MAX_ATTEMPTS: Final = 30
"""Tries before a job goes to the dead letters: a little over two hours of waiting."""
POISON_ATTEMPTS: Final = 5
"""The same for an error that nobody expected: waiting seldom mends it, and its channel waits."""


async def give_back(lease: Lease, parts: Desks, error: Exception, *, now: datetime) -> None:
    """Let the job be tried again later, or bury it and tell operations; nothing if it is lost."""
    job = lease.job
    fields = {"job": job.id, "kind": job.kind, "attempts": job.attempts, "reason": str(error)}
    try:
        await lease.renew()
    except LeaseLostError:
        log.warning("job is another worker's", extra=fields)
        return
    if _is_hopeless(job, error):
        log.error("job given up", extra=fields)
        closed = isinstance(error, DeliveryError) and error.closed
        await _note_failure(job, parts, str(error), closed=closed, now=now)
        await parts.jobs.bury(job, lease.worker, now=now, reason=str(error))
        return
    if isinstance(error, DeliveryError) and error.held:
        await _note_held(job, parts, str(error), now=now)
    asked = error.retry_after_seconds if isinstance(error, DeliveryError) else 0
    at = retry_at(job.attempts, now=now, retry_after_seconds=asked)
    log.warning("job put off", extra=fields | {"until": at.isoformat()})
    await parts.jobs.retry(job, lease.worker, at=at, reason=str(error))


def _is_hopeless(job: Job, error: Exception) -> bool:
    if isinstance(error, DeliveryError) and error.permanent:
        return True
    most = MAX_ATTEMPTS if isinstance(error, NutgrafError) else POISON_ATTEMPTS
    return job.attempts >= most


async def _note_failure(
    job: Job, parts: Desks, reason: str, *, closed: bool, now: datetime
) -> None:
    """Tell operations what did not come to be; an edition's occurrence ends as failed."""
    if job.kind in ("edit", "correction"):
        await note_untold(parts, job, reason, now=now)
    elif job.kind == "clear":
        await note_uncleared(parts, job, reason, now=now)
    elif job.kind in OF_EDITIONS:
        await _note_edition(job, parts, reason, closed=closed, now=now)


async def _note_edition(
    job: Job, parts: Desks, reason: str, *, closed: bool, now: datetime
) -> None:
    """End the job's occurrence as failed, and tell operations; a closed channel pauses it."""
    timetable = parts.timetable
    try:
        due = due_of(job)
    except msgspec.DecodeError:  # the payload was the poison: its channel alone is known
        for schedule in await _of_channel(job, parts):
            await note_poison(parts.operations, schedule, job.id, reason, now=now)
        return
    schedule_of_job = await timetable.find_schedule(due.schedule_id)
    if schedule_of_job:
        if closed:
            await timetable.pause_schedule(due.schedule_id, because=reason, now=now)
        await note_failure(
            parts.operations, schedule_of_job, due.due_at, reason, paused=closed, now=now
        )
    if await timetable.find_occurrence(due.schedule_id, due.due_at):
        await timetable.finish_occurrence(
            due.schedule_id, due.due_at, "failed", outcome=reason, at=now
        )


async def _note_held(job: Job, parts: Desks, reason: str, *, now: datetime) -> None:
    if job.kind in ("edit", "correction"):
        await note_untold(parts, job, reason, now=now, given_up=False)
        return
    if job.kind not in OF_EDITIONS:
        return
    due = due_of(job)
    if schedule := await parts.timetable.find_schedule(due.schedule_id):
        await note_held(parts.operations, schedule, due.due_at, reason, now=now)


async def _of_channel(job: Job, parts: Desks) -> tuple[Schedule, ...]:
    """Return a schedule of the channel that the job's key names, to know its newsroom."""
    own = [s for s in await parts.timetable.schedules() if str(s.channel_id) == job.key]
    return tuple(own[:1])
