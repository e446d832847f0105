"""The next version of a stored briefing, and the jobs that bring it to wherever it stands.

A briefing is immutable: a correction, an editor's change or a kill makes its next version, which is
stored together with one job (`reissue`). That job finds the messages of the briefing, edits each
(`edit`) and tells beside it what was put right (`correction`); see `bot.retelling`.
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from bot.briefing.changing import Change
from bot.briefing.compose import dossier_of
from bot.errors import ArchiveError, UnknownError
from bot.leases import Lease
from bot.news import Article, Correction, Dossier, NewJob, Post, Value, to_json
from bot.ports import Archive, Posts

TRIES: Final = 5
"""How often a version is made anew because somebody else stored one in the meantime."""


class VersionDue(Value, frozen=True):
    """Payload of a `reissue` job: a version that the messages of its briefing do not show yet."""

    briefing_id: str
    version: int


class MessageDue(Value, frozen=True):
    """Payload of an `edit` or `correction` job: the key of the post."""

    key: str


async def reissue(
    archive: Archive,
    briefing_id: str,
    change: Change,
    why: Correction,
    *,
    articles: Mapping[str, Article] | None = None,
    lease: Lease | None = None,
) -> Dossier | None:
    """Store the next version of a briefing and the job that brings it to its messages, at once.

    Returns the new version; `None`, and nothing is stored, if `why.key` has made one before or the
    change changes nothing. `articles` are texts, by id, that the new version cites beside those
    of the last. With a lease all of it is fenced by the lease's job.

    Raises:
        ArchiveError: the store cannot be written.
        LeaseLostError: the lease's job is another worker's by now.
        UnknownError: there is no such briefing.
        VerificationError: what the change makes does not hold; nothing is stored.
    """
    for attempt in range(1, TRIES + 1):
        before = await archive.find_dossier(briefing_id)
        if before is None:
            raise UnknownError(f"No briefing has the id {briefing_id!r}.")
        after = _next(before, change, why, articles or {})
        if after is None:
            return None
        try:
            await _store(archive, after, why, lease)
        except ArchiveError:
            latest = await archive.find_dossier(briefing_id)
            if attempt == TRIES or latest is None or latest == before:
                raise  # nobody was quicker
        else:
            return after
    return None


async def _store(archive: Archive, after: Dossier, why: Correction, lease: Lease | None) -> None:
    made = after.briefing
    due = VersionDue(made.id, made.version)
    then = NewJob("reissue", f"reissue {made.id}", to_json(due), why.at)
    claim = lease.claim() if lease else None
    await archive.store(after, then=[then], claim=claim)
    if lease and claim:
        lease.was_prolonged(claim)


def _next(
    before: Dossier, change: Change, why: Correction, articles: Mapping[str, Article]
) -> Dossier | None:
    briefing = before.briefing
    if any(correction.key == why.key for correction in briefing.corrections):
        return None
    changed = change(briefing)
    if changed == briefing:
        return None
    number = briefing.version + 1
    corrections = (*changed.corrections, replace(why, version=number))
    after = replace(changed, version=number, corrections=corrections)
    texts = {article.id: article for article in before.articles}
    for article in articles.values():
        texts[article.id] = _joined(texts.get(article.id), article)
    return dossier_of(after, texts)


def _joined(known: Article | None, newer: Article) -> Article:
    """Return the newer article with the texts of both, since a correction cites the old one."""
    if known is None:
        return newer
    texts = {revision.number: revision for revision in (*known.revisions, *newer.revisions)}
    return replace(newer, revisions=tuple(texts[number] for number in sorted(texts)))


class ThreadDue(Value, frozen=True):
    """Payload of a `clear` job: a thread whose story was withdrawn."""

    thread_id: int


WITHDRAWN: Final = "withdrawn/"
"""Begins the keys of corrections that withdraw: what was said in threads goes with them."""


def edit_job(post: Post, why: Correction) -> NewJob:
    """Return the job that makes a post's message show the latest version."""
    return NewJob("edit", f"card {post.key}", to_json(MessageDue(post.key)), why.at)


async def remember_answer(
    archive: Archive, posts: Posts, messages: tuple[Post, ...], briefing_id: str
) -> None:
    """Keep as which messages a briefing stands that answered a command, so that they are corrected.

    If it was reissued while they were sent, its version is brought to them too.
    """
    await posts.add(messages)
    latest = await archive.find_dossier(briefing_id)
    newer = latest.briefing.corrections[-1:] if latest else ()
    if newer and newer[0].version > min(post.version for post in messages):
        await posts.add((), then=[edit_job(post, newer[0]) for post in messages])
