"""From an occurrence that is due to a message that stands in its channel once.

An edition is made up to `bot.waking.PREPARE` before its instant; its posts are jobs that are due at
the instant. So both jobs look again whether the schedule still wants what they are about to do: one
that was removed, paused or changed in between posts nothing.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import msgspec

from bot.delivery.compact import messages_of, post_keys
from bot.delivery.edition import edition_line
from bot.delivery.outbox import next_step, occurrence_key, retry_at
from bot.desk import Desk
from bot.editions import Editions
from bot.errors import DeliveryError, NutgrafError
from bot.news import (
    Dossier,
    EditionOrder,
    Instant,
    Job,
    NewJob,
    Post,
    Schedule,
    Value,
)
from bot.notices import note_failure, note_quiet, tell
from bot.ports import Archive, Channels, Jobs, Operations, Posts, Teller, Timetable
from bot.rereading import read_again, rereading_jobs

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 30
"""Tries before a job goes to the dead letters: a little over two hours of waiting."""


class EditionDue(Value, frozen=True):
    """Payload of an `edition` job; `late` says why it comes after its instant, or is empty."""

    schedule_id: str
    channel_id: int
    due_at: Instant
    late: str = ""


class PostDue(Value, frozen=True):
    """Payload of a `post` job."""

    key: str
    schedule_id: str
    due_at: Instant


@dataclass(frozen=True)
class Desks:
    """What the work on editions needs."""

    desk: Desk
    archive: Archive
    jobs: Jobs
    posts: Posts
    timetable: Timetable
    channels: Channels
    operations: Operations
    teller: Teller

    @cached_property
    def editions(self) -> Editions:
        """Make what is ordered."""
        return Editions(self.desk)


def edition_job(
    schedule: Schedule, due_at: datetime, *, late: str = "", make_at: datetime | None = None
) -> NewJob:
    """Return the job that makes the edition of one occurrence, at its instant or at `make_at`."""
    payload = EditionDue(schedule.id, schedule.channel_id, due_at, late)
    return NewJob("edition", str(schedule.channel_id), _to_payload(payload), make_at or due_at)


async def work(job: Job, worker: str, parts: Desks, *, now: datetime) -> None:
    """Do one job, and finish it, give it back for later, or bury it.

    Whatever fails, the job comes to an end: what nobody expected is logged with its trace and
    counts as a failed try like any other.
    """
    try:
        then = await _HANDLERS[job.kind](job, parts, now)
    except NutgrafError as error:
        await _give_back(job, worker, parts, error, now=now)
    except Exception as error:  # a poison job must not hold up its channel for ever
        log.exception("job failed", extra={"job": job.id, "kind": job.kind})
        await _give_back(job, worker, parts, error, now=now)
    else:
        await parts.jobs.finish(job, worker, then=then)


async def _make_edition(job: Job, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Write and store the edition with its posts and the jobs that send them, in one transaction.

    The posts' keys are the occurrence's, so that after a crash it is not made a second time.
    """
    due = msgspec.json.decode(job.payload, type=EditionDue)
    occurrence = occurrence_key(due.schedule_id, due.due_at)
    schedule = await _wanting(due, parts, now=now)
    if schedule is None or await parts.posts.find_post(post_keys(occurrence, 1)[0]):
        return ()
    order = EditionOrder(schedule.filters, due.due_at, due.late)
    dossier = await parts.editions.make(order, now=now)
    log.info("edition made", extra={"occurrence": occurrence, "briefing": dossier.briefing.id})
    if schedule.when_empty == "silent" and not dossier.briefing.briefs:
        await _stay_silent(dossier, schedule, due.due_at, parts, now=now)
        return ()
    keys = post_keys(occurrence, messages_of(dossier, parts.desk.zone))
    posts = [
        Post(key, schedule.channel_id, dossier.briefing.id, dossier.briefing.version)
        for key in keys
    ]
    payloads = [PostDue(key, due.schedule_id, due.due_at) for key in keys]
    post_at = max(now, due.due_at)
    then = [NewJob("post", job.key, _to_payload(payload), post_at) for payload in payloads]
    await parts.archive.store(dossier, posts=posts, then=then)
    return ()


async def _wanting(due: EditionDue | PostDue, parts: Desks, *, now: datetime) -> Schedule | None:
    """Return the schedule if it still wants this run; if not, note that the run is left out.

    A run that was taken back, because the schedule changed ahead of its time, is not even that.
    """
    occurrence = await parts.timetable.find_occurrence(due.schedule_id, due.due_at)
    if occurrence is None or occurrence.state == "skipped":
        return None
    schedule = await parts.timetable.find_schedule(due.schedule_id)
    if schedule and not schedule.paused:
        return schedule
    why = "The schedule was paused before." if schedule else "The schedule was removed before."
    fields = {"schedule": due.schedule_id, "due": due.due_at.isoformat(), "reason": why}
    log.info("edition left out", extra=fields)
    if occurrence.state == "due":
        await parts.timetable.finish_occurrence(
            due.schedule_id, due.due_at, "skipped", outcome=why, at=now
        )
    return None


async def _stay_silent(
    dossier: Dossier, schedule: Schedule, due_at: datetime, parts: Desks, *, now: datetime
) -> None:
    """Keep an edition that tells nothing, and tell operations and the timetable its counts."""
    counts = edition_line(dossier.briefing)
    await parts.archive.store(dossier)
    await note_quiet(parts.operations, schedule, due_at, counts, now=now)
    await parts.timetable.finish_occurrence(schedule.id, due_at, "quiet", outcome=counts, at=now)


async def _send_post(job: Job, parts: Desks, now: datetime) -> Sequence[NewJob]:
    due = msgspec.json.decode(job.payload, type=PostDue)
    post = await parts.posts.find_post(due.key)
    if post is None or await _wanting(due, parts, now=now) is None:
        return ()  # taken back, or left out
    step = next_step(post, now=now)
    message_id = post.message_id
    if step == "look first":
        message_id = await parts.channels.find(post)
    dossier = await parts.desk.show(post.briefing_id, post.version, now=now)
    if message_id is None:
        tried = await parts.posts.note_try(post.key, now=now)
        message_id = await parts.channels.send(tried, dossier)
    if post.message_id is None:
        await parts.posts.note_posted(post.key, message_id=message_id)
    counts = edition_line(dossier.briefing)
    await parts.timetable.finish_occurrence(
        due.schedule_id, due.due_at, "posted", outcome=counts, at=now
    )
    fields = {"key": post.key, "step": step, "attempts": job.attempts}
    late_seconds = round((now - due.due_at).total_seconds(), 3)
    log.info("edition posted", extra=fields | {"late_seconds": late_seconds})
    first = post_keys(occurrence_key(due.schedule_id, due.due_at), 1)[0]
    return rereading_jobs(post.briefing_id, post.version, now) if post.key == first else ()


async def _read_again(job: Job, parts: Desks, now: datetime) -> Sequence[NewJob]:
    await read_again(job, parts.desk.tools, now=now)
    return ()


async def _tell(job: Job, parts: Desks, _: datetime) -> Sequence[NewJob]:
    await tell(job, parts.operations, parts.teller)
    return ()


async def _give_back(
    job: Job, worker: str, parts: Desks, error: Exception, *, now: datetime
) -> None:
    fields = {"job": job.id, "kind": job.kind, "attempts": job.attempts, "reason": str(error)}
    asked = error.retry_after_seconds if isinstance(error, DeliveryError) else 0
    permanent = isinstance(error, DeliveryError) and error.permanent
    closed = isinstance(error, DeliveryError) and error.closed
    if permanent or job.attempts >= MAX_ATTEMPTS:
        log.error("job given up", extra=fields)
        await _note_failure(job, parts, str(error), closed=closed, now=now)
        await parts.jobs.bury(job, worker, now=now, reason=str(error))
        return
    at = retry_at(job.attempts, now=now, retry_after_seconds=asked)
    log.warning("job put off", extra=fields | {"until": at.isoformat()})
    await parts.jobs.retry(job, worker, at=at, reason=str(error))


async def _note_failure(
    job: Job, parts: Desks, reason: str, *, closed: bool, now: datetime
) -> None:
    """End the job's occurrence as failed, and tell operations; a closed channel pauses it."""
    if job.kind not in ("edition", "post"):
        return  # the edition was posted, or there was none
    try:
        due = _due_of(job)
    except msgspec.DecodeError:
        return  # the payload was the poison: nobody knows its occurrence
    timetable = parts.timetable
    schedule = await timetable.find_schedule(due.schedule_id)
    if schedule:
        if closed:
            await timetable.pause_schedule(schedule.id, because=reason, now=now)
        await note_failure(parts.operations, schedule, due.due_at, reason, paused=closed, now=now)
    if await timetable.find_occurrence(due.schedule_id, due.due_at):
        await timetable.finish_occurrence(
            due.schedule_id, due.due_at, "failed", outcome=reason, at=now
        )


def _due_of(job: Job) -> EditionDue | PostDue:
    if job.kind == "edition":
        return msgspec.json.decode(job.payload, type=EditionDue)
    return msgspec.json.decode(job.payload, type=PostDue)


def _to_payload(value: Value) -> str:
    return msgspec.json.encode(value).decode()


_HANDLERS = {"edition": _make_edition, "post": _send_post, "reread": _read_again, "notice": _tell}
