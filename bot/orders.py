"""What the work on editions is handed: its jobs' payloads, and the parts that it works with."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import msgspec

from bot.desk import Desk
from bot.editions import Editions
from bot.news import Instant, Job, NewJob, Schedule, Value
from bot.ports import Archive, Channels, Jobs, Operations, Posts, Reviews, Teller, Timetable
from bot.sending import Sender

log = logging.getLogger(__name__)


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


class ReviewDue(Value, frozen=True):
    """Payload of the jobs of an edition that waits for approval; `key` is the occurrence's."""

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
    reviews: Reviews

    @cached_property
    def editions(self) -> Editions:
        """Make what is ordered."""
        return Editions(self.desk)

    @cached_property
    def sender(self) -> Sender:
        """Send what is made."""
        return Sender(self.posts, self.channels)


async def wanting(
    due: EditionDue | PostDue | ReviewDue, parts: Desks, *, now: datetime
) -> Schedule | None:
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


def edition_job(
    schedule: Schedule, due_at: datetime, *, late: str = "", make_at: datetime | None = None
) -> NewJob:
    """Return the job that makes the edition of one occurrence, at its instant or at `make_at`."""
    payload = EditionDue(schedule.id, schedule.channel_id, due_at, late)
    return NewJob("edition", str(schedule.channel_id), to_payload(payload), make_at or due_at)


def due_of(job: Job) -> EditionDue | PostDue | ReviewDue:
    """Return the payload of a job that is about an edition.

    Raises:
        msgspec.DecodeError: it cannot be read.
    """
    if job.kind == "edition":
        return msgspec.json.decode(job.payload, type=EditionDue)
    if job.kind == "post":
        return msgspec.json.decode(job.payload, type=PostDue)
    return msgspec.json.decode(job.payload, type=ReviewDue)


def to_payload(value: Value) -> str:
    """Return a payload as a job carries it."""
    return msgspec.json.encode(value).decode()
