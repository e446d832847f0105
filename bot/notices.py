"""What operations are told, once for each thing that happened, and how it reaches them."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec

from bot.delivery.outbox import occurrence_key
from bot.delivery.phrases import short_hour
from bot.errors import DeliveryError
from bot.news import Job, NewJob, Notice, Schedule, to_json
from bot.news.posts import NONCE_CHARS
from bot.ports import Operations, Teller


async def note(
    operations: Operations, key: str, schedule: Schedule, sentence: str, *, now: datetime
) -> bool:
    """Note what happened to a schedule, and have it told; false if it was noted before."""
    notice = Notice(key, schedule.newsroom_id, sentence, now, schedule.created_by)
    return await operations.note(notice, then=notice_jobs(notice))


async def note_failure(
    operations: Operations,
    schedule: Schedule,
    due_at: datetime,
    reason: str,
    *,
    paused: bool,
    now: datetime,
) -> None:
    """Note that an edition was given up, and whether its schedule is paused for it."""
    then = (
        "The schedule is paused until it is resumed (/schedule resume)."
        if paused
        else "Its next edition will be tried as usual."
    )
    what = f"{name_of(schedule, due_at)} was not posted. {reason} {then}"
    await note(operations, f"failed/{_key(schedule, due_at)}", schedule, what, now=now)


async def note_held(
    operations: Operations, schedule: Schedule, due_at: datetime, reason: str, *, now: datetime
) -> None:
    """Note that an edition is held back, because it cannot be seen whether it stands already."""
    what = f"{name_of(schedule, due_at)} is held back. {reason} It is tried again by itself."
    await note(operations, f"held/{_key(schedule, due_at)}", schedule, what, now=now)


async def note_poison(
    operations: Operations, schedule: Schedule, job_id: int, reason: str, *, now: datetime
) -> None:
    """Note that a job of the schedule's channel was given up because nobody can read it."""
    what = f"A job for the channel of “{schedule.name}” was given up: it cannot be read ({reason})."
    await note(operations, f"poison/{job_id}", schedule, what, now=now)


async def note_quiet(
    operations: Operations, schedule: Schedule, due_at: datetime, counts: str, *, now: datetime
) -> None:
    """Note that an edition had nothing to tell and its channel was not told so."""
    what = f"{name_of(schedule, due_at)}: {counts} Its channel is not told of quiet days."
    await note(operations, f"quiet/{_key(schedule, due_at)}", schedule, what, now=now)


async def note_shortcomings(
    operations: Operations, server_id: int, sentences: Sequence[str], *, now: datetime
) -> None:
    """Note what does not work in a server, once for each state that it is found in."""
    what = " ".join(sentences)
    key = f"able/{server_id}/{sha256(what.encode()).hexdigest()[:NONCE_CHARS]}"
    notice = Notice(key, server_id, what, now)
    await operations.note(notice, then=notice_jobs(notice))


def name_of(schedule: Schedule, due_at: datetime) -> str:
    """Return how a notice names one run of a schedule."""
    zone = schedule.timing.zone
    return f"The edition of {short_hour(due_at, ZoneInfo(zone))} ({zone}) of “{schedule.name}”"


async def tell(job: Job, operations: Operations, teller: Teller) -> None:
    """Tell the notice of a job in the operations channel, or else its member directly.

    A job that was tried before, by a worker that died perhaps, is looked for first.

    Raises:
        DeliveryError: nobody could be told.
    """
    notice = msgspec.json.decode(job.payload, type=Notice)
    nonce = sha256(notice.key.encode()).hexdigest()[:NONCE_CHARS]
    since = notice.noted_at if job.attempts > 1 else None
    channel_id = await operations.channel_of(notice.newsroom_id)
    if channel_id is not None:
        try:
            await teller.tell(channel_id, notice.text, nonce, notice.report_id, since=since)
        except DeliveryError as error:
            if not (error.permanent and notice.member_id):
                raise
        else:
            return
    if not notice.member_id:
        raise DeliveryError(
            f"Nobody can be told “{notice.text}”: the newsroom has no operations channel. "
            f"/desk set names one.",
            permanent=True,
        )
    await teller.tell_member(notice.member_id, notice.text, nonce, since=since)


def _key(schedule: Schedule, due_at: datetime) -> str:
    return occurrence_key(schedule.id, due_at)


def notice_jobs(notice: Notice) -> Sequence[NewJob]:
    """Return the job that tells a notice."""
    key = f"operations/{notice.newsroom_id}"
    return (NewJob("notice", key, to_json(notice), notice.noted_at),)
