"""From an occurrence that is due to a message that stands in its channel once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.delivery.compact import messages_of, post_keys
from bot.delivery.outbox import next_step, occurrence_key, retry_at
from bot.desk import Desk
from bot.errors import DeliveryError, NutgrafError
from bot.news import Instant, Job, NewJob, Post, Schedule, Value
from bot.ports import Archive, Channels, Jobs, Posts, Timetable
from bot.rereading import read_again, rereading_jobs

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 30
"""Tries before a job goes to the dead letters: a little over two hours of waiting."""


class EditionDue(Value, frozen=True):
    """Payload of an `edition` job."""

    schedule_id: str
    channel_id: int
    due_at: Instant


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


def edition_job(schedule: Schedule, due_at: datetime) -> NewJob:
    """Return the job that makes the edition of one occurrence."""
    payload = EditionDue(schedule.id, schedule.channel_id, due_at)
    return NewJob("edition", str(schedule.channel_id), _to_payload(payload), due_at)


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
    if await parts.posts.find_post(post_keys(occurrence, 1)[0]) is not None:
        return ()
    last = await parts.posts.last_post(due.channel_id)
    previous = await parts.archive.find_dossier(last.briefing_id, last.version) if last else None
    dossier = await parts.desk.edition(now=now, previous=previous)
    briefing = dossier.briefing
    keys = post_keys(occurrence, messages_of(dossier, parts.desk.zone))
    posts = [Post(key, due.channel_id, briefing.id, briefing.version) for key in keys]
    payloads = [PostDue(key, due.schedule_id, due.due_at) for key in keys]
    then = [NewJob("post", job.key, _to_payload(payload), now) for payload in payloads]
    await parts.archive.store(dossier, posts=posts, then=then)
    log.info("edition made", extra={"occurrence": occurrence, "briefing": briefing.id})
    return ()


async def _send_post(job: Job, parts: Desks, now: datetime) -> Sequence[NewJob]:
    due = msgspec.json.decode(job.payload, type=PostDue)
    post = await parts.posts.find_post(due.key)
    if post is None:
        raise DeliveryError(f"The post {due.key} is not in the archive.", permanent=True)
    step = next_step(post, now=now)
    message_id = post.message_id
    if step == "look first":
        message_id = await parts.channels.find(post)
    if message_id is None:
        message_id = await _send(post, parts, now=now)
    if post.message_id is None:
        await parts.posts.note_posted(post.key, message_id=message_id)
    await parts.timetable.finish_occurrence(due.schedule_id, due.due_at, "posted")
    log.info("edition posted", extra={"key": post.key, "step": step, "attempts": job.attempts})
    first = post_keys(occurrence_key(due.schedule_id, due.due_at), 1)[0]
    return rereading_jobs(post.briefing_id, post.version, now) if post.key == first else ()


async def _read_again(job: Job, parts: Desks, now: datetime) -> Sequence[NewJob]:
    await read_again(job, parts.desk.tools, now=now)
    return ()


async def _send(post: Post, parts: Desks, *, now: datetime) -> int:
    dossier = await parts.desk.show(post.briefing_id, post.version, now=now)
    tried = await parts.posts.note_try(post.key, now=now)
    return await parts.channels.send(tried, dossier)


async def _give_back(
    job: Job, worker: str, parts: Desks, error: Exception, *, now: datetime
) -> None:
    fields = {"job": job.id, "kind": job.kind, "attempts": job.attempts, "reason": str(error)}
    asked = error.retry_after_seconds if isinstance(error, DeliveryError) else 0
    permanent = isinstance(error, DeliveryError) and error.permanent
    if permanent or job.attempts >= MAX_ATTEMPTS:
        log.error("job given up", extra=fields)
        await parts.jobs.bury(job, worker, now=now, reason=str(error))
        await _note_failure(job, parts)
        return
    at = retry_at(job.attempts, now=now, retry_after_seconds=asked)
    log.warning("job put off", extra=fields | {"until": at.isoformat()})
    await parts.jobs.retry(job, worker, at=at, reason=str(error))


async def _note_failure(job: Job, parts: Desks) -> None:
    if job.kind == "reread":
        return  # the edition was posted
    try:
        due = _due_of(job)
    except msgspec.DecodeError:
        return  # the payload was the poison: nobody knows its occurrence
    await parts.timetable.finish_occurrence(due.schedule_id, due.due_at, "failed")


def _due_of(job: Job) -> EditionDue | PostDue:
    if job.kind == "edition":
        return msgspec.json.decode(job.payload, type=EditionDue)
    return msgspec.json.decode(job.payload, type=PostDue)


def _to_payload(value: Value) -> str:
    return msgspec.json.encode(value).decode()


_HANDLERS = {"edition": _make_edition, "post": _send_post, "reread": _read_again}
