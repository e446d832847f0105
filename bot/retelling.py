"""Brings a briefing's next version to where it stands: edits its messages, and tells beside them.

Editing is idempotent. What is told beside a message is a post with a key of its own, so it comes to
stand once as every post does. Operations hear in which channels the earlier version stood.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from bot.delivery.compact import message_number
from bot.delivery.phrases import listed
from bot.desk_briefings import show
from bot.leases import Lease
from bot.news import Correction, Dossier, Job, NewJob, Notice, Post, to_json
from bot.notices import notice_jobs
from bot.orders import Desks
from bot.reissuing import WITHDRAWN, MessageDue, ThreadDue, VersionDue, edit_job
from bot.reviewing import ask_anew

log = logging.getLogger(__name__)

BESIDE: Final = "correction"
"""Begins the keys of the posts that tell what was put right."""


async def spread(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Return the jobs that bring a new version to each message of its briefing.

    A message that is on its way now is edited by its own job, which looks for newer versions.
    """
    due = msgspec.json.decode(lease.job.payload, type=VersionDue)
    dossier = await parts.archive.find_dossier(due.briefing_id, due.version)
    if dossier is None:
        return ()
    posts = await parts.posts.posts_of_briefing(due.briefing_id)
    standing = [post for post in posts if post.message_id is not None]
    made = [c for c in dossier.briefing.corrections if c.version == due.version]
    beside = [
        note
        for why in made
        for post in standing
        if _tells(post, why)
        for note in [await _beside(post, why, dossier, parts)]
    ]
    await parts.posts.add(beside)
    await ask_anew(parts, due.briefing_id, due.version, now=now)
    for why in made:
        told = [post for post in standing if post.shows == "edition"]
        await _tell_operations(parts, why, due, told, now=now)
    fields = {"briefing": due.briefing_id, "version": due.version, "messages": len(standing)}
    log.info("briefing reissued", extra=fields)
    edits = [edit_job(post, made[0]) for post in standing] if made else []
    clears = [job for why in made for job in await _clear_jobs(due.briefing_id, why, parts)]
    return (*edits, *clears, *(_beside_job(post, now) for post in beside))


async def clear_thread(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:  # noqa: ARG001 - as all handlers
    """Take back what was said in the thread of a story that was withdrawn."""
    due = msgspec.json.decode(lease.job.payload, type=ThreadDue)
    taken = await parts.channels.take_back(due.thread_id, may_send=lease.holds)
    log.info("thread taken back", extra={"thread_id": due.thread_id, "messages": taken})
    return ()


async def _clear_jobs(briefing_id: str, why: Correction, parts: Desks) -> Sequence[NewJob]:
    if not why.key.startswith(WITHDRAWN):
        return ()
    threads = await parts.posts.threads_of_story(briefing_id, why.story_id)
    return [
        NewJob("clear", f"thread {one.thread_id}", to_json(ThreadDue(one.thread_id)), why.at)
        for one in threads
    ]


async def edit_message(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Make a message show its briefing as it may be shown now; one that is gone stays gone."""
    due = msgspec.json.decode(lease.job.payload, type=MessageDue)
    post = await parts.posts.find_post(due.key)
    if post is None or post.message_id is None:
        return ()
    dossier = await show(parts.desk, post.briefing_id, now=now)
    first_id = await parts.sender.first_id(post)
    stands = await parts.channels.edit(post, dossier, may_send=lease.holds, first_id=first_id)
    version = dossier.briefing.version
    log.info("message edited", extra={"key": post.key, "version": version, "stands": stands})
    return ()


async def tell_beside(lease: Lease, parts: Desks, now: datetime) -> Sequence[NewJob]:
    """Tell what was put right in the place of a message, once."""
    due = msgspec.json.decode(lease.job.payload, type=MessageDue)
    post = await parts.posts.find_post(due.key)
    if post is None:
        return ()
    dossier = await show(parts.desk, post.briefing_id, now=now)
    await parts.sender.stand(post, dossier, lease, now=now)
    log.info("correction told", extra={"key": post.key, "attempts": lease.job.attempts})
    return ()


async def latest_edit(post: Post, shown: int, parts: Desks) -> Sequence[NewJob]:
    """Return the job that edits a message which was sent while a newer version was stored.

    `shown` is the version that was sent now; a message that stood there already may show less.
    """
    latest = await parts.archive.find_dossier(post.briefing_id)
    newer = latest.briefing.corrections[-1:] if latest else ()
    return [edit_job(post, why) for why in newer if why.version > min(shown, post.version)]


async def note_untold(
    parts: Desks, job: Job, reason: str, *, now: datetime, given_up: bool = True
) -> None:
    """Note for operations that a message still shows what was put right, and why."""
    due = msgspec.json.decode(job.payload, type=MessageDue)
    post = await parts.posts.find_post(due.key)
    if post is None:
        return
    ends = "Look at it yourself." if given_up else "It is tried again by itself."
    what = f"A correction did not reach <#{post.channel_id}> (briefing {post.briefing_id})."
    await _note(parts, f"untold/{job.id}/{given_up}", f"{what} {reason} {ends}", [post], now=now)


async def note_uncleared(parts: Desks, job: Job, reason: str, *, now: datetime) -> None:
    """Note for operations that a thread still holds words of a story that was withdrawn."""
    due = msgspec.json.decode(job.payload, type=ThreadDue)
    where = f"<#{due.thread_id}>"
    what = f"Words of a withdrawn story still stand in {where}. {reason} Delete them there."
    await _note(parts, f"uncleared/{job.id}", what, (), now=now)


def _tells(post: Post, why: Correction) -> bool:
    """Tell whether the message is the one of its edition beside which this is told."""
    if post.shows != "edition":
        return False
    if not (why.story_id and post.messages):
        return message_number(post.key) == 1
    return why.story_id in post.stories


async def _beside(post: Post, why: Correction, dossier: Dossier, parts: Desks) -> Post:
    """Return the post beside a message: in the story's thread, or else as an answer to it."""
    edition = dossier.briefing
    key = f"{BESIDE}/{edition.id}/{why.version}/{post.key.replace('/', ':')}/1"
    note = Post(key, post.channel_id, edition.id, why.version, shows="correction")
    thread = await parts.posts.thread_of_story(post.channel_id, edition.id, why.story_id)
    if thread:
        return msgspec.structs.replace(note, channel_id=thread.thread_id, target="thread")
    first_id = await parts.sender.first_id(post) or post.message_id
    if post.target == "forum" and first_id:
        note = msgspec.structs.replace(note, channel_id=first_id, target="thread")
    elif post.target != "forum":
        note = msgspec.structs.replace(note, target=post.target)
    return msgspec.structs.replace(note, reply_to=post.message_id)


def _beside_job(post: Post, now: datetime) -> NewJob:
    return NewJob("correction", f"card {post.key}", to_json(MessageDue(post.key)), now)


async def _tell_operations(
    parts: Desks, why: Correction, due: VersionDue, told: Sequence[Post], *, now: datetime
) -> None:
    """Note what was put right and which channels had been told."""
    channels = list(dict.fromkeys(f"<#{post.channel_id}>" for post in told))
    where = f"It had been told in {listed(channels)}." if channels else "No channel had been told."
    what = f"Correction in briefing {due.briefing_id}, now version {due.version}: {why.what}"
    await _note(
        parts, f"reissued/{due.briefing_id}/{due.version}", f"{what} {where}", told, now=now
    )


async def _note(
    parts: Desks, key: str, sentence: str, told: Sequence[Post], *, now: datetime
) -> None:
    """Note a sentence in each newsroom that has an operations channel, and for who planned it."""
    whom = dict.fromkeys(await parts.operations.newsrooms(), 0)
    for post in told:
        schedule = await parts.timetable.find_schedule(post.key.partition("@")[0])
        if schedule and schedule.newsroom_id not in whom:
            whom[schedule.newsroom_id] = schedule.created_by
    for newsroom_id, member_id in whom.items():
        notice = Notice(f"{key}/{newsroom_id}", newsroom_id, sentence, now, member_id)
        await parts.operations.note(notice, then=notice_jobs(notice))
