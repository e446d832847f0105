"""An edition that members must agree to: shown early, and posted only if they do.

It is made `bot.news.schedules.REVIEW_LEAD` before its instant. Until then it stands in the review
channel, with the question below it. At its instant it is posted if it is approved by then; without
enough approvals its channel is told that it is held. Every step is a job that looks at the review
as it is stored, so that nothing is posted by who slept.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import msgspec
from msgspec.structs import replace

from bot.approvals import approvers
from bot.delivery.edition import edition_line
from bot.delivery.outbox import occurrence_key
from bot.delivery.parting import posts_of_edition
from bot.delivery.reviewing import expired_sentence, question, reminder
from bot.desk_briefings import show
from bot.errors import ApprovalError
from bot.following import note_told
from bot.leases import Lease
from bot.news import (
    Dossier,
    JobKind,
    NewJob,
    Review,
    ReviewAction,
    ReviewStep,
    Schedule,
)
from bot.news.posts import NONCE_CHARS
from bot.news.reviews import NOBODY
from bot.notices import note
from bot.orders import Desks, PostDue, ReviewDue, to_payload, wanting

log = logging.getLogger(__name__)

MIN_REVIEW: Final = timedelta(minutes=15)
"""How long members have at least, also for an edition that was ordered or made late."""
CORRECTED: Final = "it was corrected"
REMIND_BEFORE: Final = timedelta(minutes=15)
"""How long before its instant an edition that lacks approvals is called to mind."""


async def ask_for_approval(
    lease: Lease, parts: Desks, dossier: Dossier, schedule: Schedule, *, due_at: datetime
) -> None:
    """Store the edition and its review; both stay as they are if that was done before."""
    made, edition = dossier.briefing.made_at, dossier.briefing
    review = Review(
        occurrence_key(schedule.id, due_at),
        schedule.id,
        edition.id,
        edition.version,
        schedule.approvals,
        schedule.review_channel_id,
        asked_at=made,
        due_at=due_at,
        expires_at=max(due_at, made + MIN_REVIEW),
    )
    await parts.archive.store(dossier, claim=lease.claim())
    await parts.reviews.ask(review, then=_first_jobs(review))


async def show_review(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Bring the edition to stand in the review channel, and ask below it for approval."""
    asked = await _find(lease, parts, now=now)
    if asked is None:
        return ()
    review, schedule = asked
    dossier = await show(parts.desk, review.briefing_id, review.version, now=now)
    shown = replace(schedule, channel_id=review.channel_id, target="channel")
    posts = posts_of_edition(_review_key(review), shown, dossier, parts.desk.zone)
    await parts.archive.store(dossier, posts=posts, claim=lease.claim())
    for post in posts:
        stored = await parts.posts.find_post(post.key)
        await parts.sender.stand(stored or post, dossier, lease, now=now)
    await lease.renew()
    asked_for = question(review, schedule, edition_line(dossier.briefing))
    await parts.teller.ask(review, asked_for, _nonce(_review_key(review)))
    return ()


async def ask_anew(parts: Desks, briefing_id: str, version: int, *, now: datetime) -> None:
    """Have a version that a correction or a kill has made approved, if its briefing is in review.

    Whoever agreed, agreed to something else; so it is shown and asked for again.
    """
    review = await parts.reviews.open_review_of(briefing_id)
    if review is None or review.version >= version:
        return
    step = ReviewStep(review.key, "edited", briefing_id, version, NOBODY, now, CORRECTED)
    try:
        await parts.reviews.edit(step, then=show_jobs(review, now=now))
    except ApprovalError as error:  # too late to decide: it is said to be held
        log.info("review not asked anew", extra={"key": review.key, "reason": str(error)})


async def remind(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Call to mind an edition that is due soon and lacks approvals."""
    asked = await _find(lease, parts, now=now)
    if asked is None or asked[0].state not in ("waiting", "held"):
        return ()
    review, schedule = asked
    lacking = review.approvals - len(approvers(review, await parts.reviews.steps(review.key)))
    sentence = reminder(review, schedule, lacking)
    await parts.teller.tell(review.channel_id, sentence, _nonce(f"remind/{review.key}"))
    await parts.reviews.note(_own_step(review, "reminded", now))
    return ()


async def release(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Store the posts of an approved edition, and return the jobs that send them."""
    asked = await _find(lease, parts, now=now)
    if asked is None or asked[0].state not in ("approved", "posted"):
        return ()
    review, schedule = asked
    latest = await parts.archive.find_dossier(review.briefing_id)
    if review.state == "approved" and latest and latest.briefing.version != review.version:
        # what stands there now is not what they agreed to
        if now >= review.expires_at:
            await _say_held(review, schedule, parts, now=now)
        else:
            await ask_anew(parts, review.briefing_id, latest.briefing.version, now=now)
        return ()
    # from here on a hold comes too late; who falls over afterwards goes on from "posted"
    if review.state == "approved" and not await parts.reviews.note_posted(review.key):
        return ()
    dossier = await show(parts.desk, review.briefing_id, review.version, now=now)
    posts = posts_of_edition(review.key, schedule, dossier, parts.desk.zone)
    payloads = [PostDue(post.key, review.schedule_id, review.due_at) for post in posts]
    key = str(schedule.channel_id)
    then = [NewJob("post", key, to_payload(payload), now) for payload in payloads]
    await parts.archive.store(dossier, posts=posts, then=then, claim=lease.claim())
    await note_told(dossier.briefing, parts.desk.tools)
    return ()


async def expire(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Say where the edition would have been that it is held, if it was not approved by now."""
    asked = await _find(lease, parts, now=now)
    if asked is None or asked[0].state not in ("waiting", "held"):
        return ()
    await _say_held(*asked, parts, now=now)
    return ()


async def _say_held(review: Review, schedule: Schedule, parts: Desks, *, now: datetime) -> None:
    sentence = expired_sentence(review, schedule)
    if schedule.target != "forum":  # in which a sentence would be a post of its own
        nonce = _nonce(f"expire/{review.key}")
        await parts.teller.tell(schedule.channel_id, sentence, nonce)
    await note(parts.operations, f"expired/{review.key}", schedule, sentence, now=now)
    if await parts.reviews.note(_own_step(review, "expired", now), ends=True):
        await parts.timetable.finish_occurrence(
            schedule.id, review.due_at, "failed", outcome="Held, not approved.", at=now
        )


def release_jobs(review: Review, *, now: datetime) -> tuple[NewJob, ...]:
    """Return the job that posts the edition at its instant, or at once if that is over."""
    return (_job("release", f"release/{review.key}", review, max(review.due_at, now)),)


def show_jobs(review: Review, *, now: datetime) -> tuple[NewJob, ...]:
    """Return the job that shows the review's version and asks for approval."""
    return (_job("review", f"review/{review.channel_id}", review, now),)


def _first_jobs(review: Review) -> tuple[NewJob, ...]:
    remind_at = review.due_at - REMIND_BEFORE
    jobs = show_jobs(review, now=review.asked_at)
    if remind_at > review.asked_at:
        jobs += (_job("remind", f"remind/{review.key}", review, remind_at),)
    return (*jobs, _job("expire", f"expire/{review.key}", review, review.expires_at))


def _job(kind: JobKind, key: str, review: Review, due_at: datetime) -> NewJob:
    payload = ReviewDue(review.key, review.schedule_id, review.due_at)
    return NewJob(kind, key, to_payload(payload), due_at)


async def _find(lease: Lease, parts: Desks, *, now: datetime) -> tuple[Review, Schedule] | None:
    """Return the job's review and schedule, if the schedule still wants this run."""
    due = msgspec.json.decode(lease.job.payload, type=ReviewDue)
    review = await parts.reviews.find_review(due.key)
    schedule = await wanting(due, parts, now=now)
    return (review, schedule) if review and schedule else None


def _own_step(review: Review, action: ReviewAction, now: datetime) -> ReviewStep:
    return ReviewStep(review.key, action, review.briefing_id, review.version, NOBODY, now)


def _review_key(review: Review) -> str:
    """Return what the posts in the review channel are known by: each version has its own."""
    return f"review/{review.briefing_id}/{review.version}"


def _nonce(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:NONCE_CHARS]
