"""From an occurrence that is due to a message that stands in its channel once.

An edition is made up to `bot.waking.PREPARE` before its instant; its posts are jobs that are due at
the instant. So both jobs look again whether the schedule still wants what they are about to do: one
that was removed, paused or changed in between posts nothing.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from bot.delivery.compact import message_number, post_keys
from bot.delivery.edition import edition_line
from bot.delivery.outbox import PUNCTUAL, occurrence_key
from bot.delivery.parting import posts_of_edition
from bot.desk_briefings import show
from bot.errors import NutgrafError
from bot.following import note_told
from bot.giving_up import MAX_ATTEMPTS, give_back
from bot.leases import Lease
from bot.news import Dossier, EditionOrder, Job, NewJob, Post, Schedule
from bot.news.rechecks import RecheckDue
from bot.notices import note_quiet, tell
from bot.orders import Desks, EditionDue, PostDue, edition_job, to_payload, wanting
from bot.rechecking import compare_briefing
from bot.rereading import ReadAgain, read_again, rereading_jobs
from bot.retelling import clear_thread, edit_message, latest_edit, spread, tell_beside
from bot.reviewing import ask_for_approval, expire, release, remind, show_review

__all__ = ["MAX_ATTEMPTS", "Desks", "edition_job", "work"]

log = logging.getLogger(__name__)

REMEMBERED: Final = timedelta(days=1)
"""How much longer than its window a desk knows what a channel was told: reports of the window can
have been told before only if they are dated ahead."""


async def work(
    job: Job, worker: str, parts: Desks, *, now: datetime, lease: Lease | None = None
) -> None:
    """Do one job, and finish it, give it back for later, or bury it.

    Whatever fails, the job comes to an end: what nobody expected is logged with its trace and
    counts as a failed try like any other. Without a lease the worker is as quick as can be: it is
    done `now`.
    """
    lease = lease or Lease(parts.jobs, job, worker, clock=lambda: now, since=now)
    try:
        then = await _HANDLERS[job.kind](lease, parts, now)
    except Exception as error:  # a poison job must not hold up its channel for ever
        if not isinstance(error, NutgrafError):
            log.exception("job failed", extra={"job": job.id, "kind": job.kind})
        await give_back(lease, parts, error, now=now)
    else:
        await parts.jobs.finish(job, worker, then=then)


async def _make_edition(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Write and store the edition with its posts and the jobs that send them, in one transaction.

    The posts' keys are the occurrence's, so that after a crash it is not made a second time.
    """
    due = msgspec.json.decode(lease.job.payload, type=EditionDue)
    occurrence = occurrence_key(due.schedule_id, due.due_at)
    schedule = await wanting(due, parts, now=now)
    if schedule is None or await _is_made(occurrence, parts):
        return ()
    order = EditionOrder(schedule.filters, due.due_at, due.late)
    told = await parts.posts.told_in(schedule.channel_id, now - parts.desk.window - REMEMBERED)
    dossier = await parts.editions.make(order, told=told, now=now)
    if await wanting(due, parts, now=now) != schedule:
        return await _make_edition(lease, parts, now)  # it changed while we wrote
    log.info("edition made", extra={"occurrence": occurrence, "briefing": dossier.briefing.id})
    await lease.renew()
    if schedule.when_empty == "silent" and not dossier.briefing.briefs:
        await _stay_silent(dossier, schedule, due.due_at, parts, now=now)
        return ()
    if schedule.approvals:
        await ask_for_approval(lease, parts, dossier, schedule, due_at=due.due_at)
        return ()
    posts = posts_of_edition(occurrence, schedule, dossier, parts.desk.zone)
    payloads = [PostDue(post.key, due.schedule_id, due.due_at) for post in posts]
    post_at = max(now, due.due_at)
    then = [NewJob("post", lease.job.key, to_payload(payload), post_at) for payload in payloads]
    await parts.archive.store(dossier, posts=posts, then=then, claim=lease.claim())
    await note_told(dossier.briefing, parts.desk.tools)
    return ()


async def _is_made(occurrence: str, parts: Desks) -> bool:
    """Tell whether the occurrence's edition is stored, with its posts or waiting for approval."""
    first = await parts.posts.find_post(post_keys(occurrence, 1)[0])
    return bool(first or await parts.reviews.find_review(occurrence))


async def _stay_silent(
    dossier: Dossier, schedule: Schedule, due_at: datetime, parts: Desks, *, now: datetime
) -> None:
    """Keep an edition that tells nothing, and tell operations and the timetable its counts."""
    counts = edition_line(dossier.briefing)
    await parts.archive.store(dossier)
    await note_quiet(parts.operations, schedule, due_at, counts, now=now)
    await parts.timetable.finish_occurrence(schedule.id, due_at, "quiet", outcome=counts, at=now)


async def _send_post(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    due = msgspec.json.decode(lease.job.payload, type=PostDue)
    post = await parts.posts.find_post(due.key)
    if post is None or not await _may_go_out(post, due, parts, now=now):
        return ()  # taken back, or left out
    dossier = await show(parts.desk, post.briefing_id, now=now)
    marked = _marked_late(dossier, due.due_at, now=now)
    step = await parts.sender.stand(post, marked, lease, now=now)
    await _note_standing(due, parts, edition_line(dossier.briefing), now=now)
    fields = {"key": post.key, "step": step, "attempts": lease.job.attempts}
    late_seconds = round((now - due.due_at).total_seconds(), 3)
    log.info("edition posted", extra=fields | {"late_seconds": late_seconds})
    is_first = message_number(post.key) == 1
    again = rereading_jobs(post.briefing_id, post.version, now) if is_first else ()
    return (*await latest_edit(post, dossier.briefing.version, parts), *again)


async def _may_go_out(post: Post, due: PostDue, parts: Desks, *, now: datetime) -> bool:
    """Tell whether the post is still wanted: an edition that has begun is told to its end."""
    first, *_ = await parts.posts.posts_of(occurrence_key(due.schedule_id, due.due_at))
    has_begun = post.key != first.key and first.message_id is not None
    return has_begun or await wanting(due, parts, now=now) is not None


async def _note_standing(due: PostDue, parts: Desks, counts: str, *, now: datetime) -> None:
    """End the occurrence once every message of its edition stands; one that failed stays failed."""
    posts = await parts.posts.posts_of(occurrence_key(due.schedule_id, due.due_at))
    if all(post.message_id is not None for post in posts):
        await parts.timetable.finish_occurrence(
            due.schedule_id, due.due_at, "posted", outcome=counts, at=now
        )


async def _read_again(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    await read_again(lease.job, parts.desk.tools, now=now)
    due = msgspec.json.decode(lease.job.payload, type=ReadAgain)
    # what changed while the edition was on its way has told nobody yet
    await compare_briefing(due.briefing_id, parts.desk.tools, now=now)
    return ()


async def _recheck(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    due = msgspec.json.decode(lease.job.payload, type=RecheckDue)
    for briefing_id in await parts.archive.briefings_citing(due.article_id):
        await compare_briefing(briefing_id, parts.desk.tools, now=now)
        await lease.renew()
    return ()


def _marked_late(dossier: Dossier, due_at: datetime, *, now: datetime) -> Dossier:
    """Return an edition that was made in time and comes late so that it says so."""
    if dossier.briefing.late or now - due_at <= PUNCTUAL:
        return dossier
    late = replace(dossier.briefing, due_at=due_at, late="it could not be posted before")
    return replace(dossier, briefing=late)


async def _tell(lease: Lease, parts: Desks, _: datetime) -> Sequence[NewJob]:
    await tell(lease.job, parts.operations, parts.teller)
    return ()


_HANDLERS: Final[Mapping[str, Callable[[Lease, Desks, datetime], Awaitable[Sequence[NewJob]]]]] = {
    "edition": _make_edition,
    "post": _send_post,
    "reread": _read_again,
    "notice": _tell,
    "review": show_review,
    "remind": remind,
    "release": release,
    "expire": expire,
    "reissue": spread,
    "edit": edit_message,
    "correction": tell_beside,
    "clear": clear_thread,
    "recheck": _recheck,
}
