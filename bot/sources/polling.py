"""Decides from how a poll went when its source is asked again, with what, and where.

A poll has one of four ends: nothing changed (304, or the same bytes), a reading, or a failure; from
each follows the next state. Nothing here asks anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from bot.errors import FetchError, SourceError
from bot.news import PollState, Subscription, Unread
from bot.ports import Document, Item, NotModified, Validators
from bot.sources.freshness import fresh_seconds, retry_seconds, says_nothing
from bot.sources.intervals import (
    MAX_SECONDS,
    URGENT_SECONDS,
    interval_after_change,
    interval_after_failures,
    interval_while_quiet,
    next_slot,
    spread_seconds,
)

GONE: Final = 410
MAX_VALIDATOR_CHARS: Final = 1_000
"""A longer ETag is not sent back."""

DIGEST_CHARS: Final = 16

WATCH_SECONDS: Final = 5.0
"""How often a folder is looked into; one that takes long to look at rests longer."""
WATCH_REST: Final = 50
"""Rest after a look, in times that the look took."""
MAX_WATCH_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Read:
    """What a reading gave, beside its articles.

    Args:
        new: how many articles were new or changed.
        read_items: digests of the items that are read to the end; the others are read again.
        left_alone: addresses of items that were read to the end before and stand there still.
        unread: what of the document, or of its items' pages, could not be read.
        unfinished: something is left to be read although the document stays as it is.
        retry_after: what a server of the pages said with it, as it came, or empty.
        ttl_seconds: as in `Reading`; `update_seconds` too.
    """

    new: int
    read_items: tuple[str, ...] = ()
    left_alone: frozenset[str] = frozenset()
    unread: tuple[Unread, ...] = ()
    unfinished: bool = False
    retry_after: str = ""
    ttl_seconds: int = 0
    update_seconds: int = 0


def validators(source: Subscription) -> Validators:
    """Return what to ask with: what the source's server gave at its last reading."""
    poll = source.poll
    return Validators(poll.validated_address, poll.etag, poll.last_modified)


def body_digest(document: Document) -> str:
    """Return the SHA-256 of the bytes, as 64 hexadecimal digits."""
    return sha256(document.content).hexdigest()


def item_digest(item: Item) -> str:
    """Return what tells whether a source still says the same of an item."""
    return sha256(repr(item).encode(errors="replace")).hexdigest()[:DIGEST_CHARS]


def after_no_change(
    source: Subscription, answer: Document | NotModified, *, now: datetime
) -> PollState:
    """Return the state after an answer of 304, or with the bytes that were read before."""
    poll = source.poll
    quiet = max(now - (poll.changed_at or now), timedelta())
    return _after_answer(source, answer, interval_while_quiet(poll.interval_seconds, quiet), now)


def after_reading(
    source: Subscription, document: Document, read: Read, *, now: datetime
) -> PollState:
    """Return the state after a reading.

    When something is left to be read the validators are not kept, so that the next poll reads the
    document again in full.
    """
    poll = source.poll
    if read.new or not poll.interval_seconds:
        gap = now - poll.changed_at if poll.changed_at else None
        interval = interval_after_change(
            poll.interval_seconds, gap, read.update_seconds, new=read.new
        )
    else:
        quiet = max(now - (poll.changed_at or now), timedelta())
        interval = interval_while_quiet(poll.interval_seconds, quiet)
    kept = replace(
        source,
        poll=replace(
            poll,
            ttl_seconds=read.ttl_seconds,
            read_items=read.read_items,
            unread=(*(one for one in poll.unread if one.address in read.left_alone), *read.unread),
            changed_at=now if read.new else poll.changed_at or now,
            body_sha256="" if read.unfinished else body_digest(document),
        ),
    )
    state = _after_answer(kept, document, interval, now)
    if not read.unfinished:
        return state
    asked_away = now + timedelta(seconds=retry_seconds(read.retry_after, now=now))
    at = max(state.next_at or now, asked_away)
    return replace(state, etag="", last_modified="", next_at=at)


def after_look(source: Subscription, read: Read, *, began: datetime, now: datetime) -> PollState:
    """Return the state after a look into a watched folder that began at an instant and is done now.

    A folder is looked into every few seconds, and one that takes long to look at rests longer; when
    one look did not give all that is there, the next one follows at once.
    """
    took = max((now - began).total_seconds(), 0)
    rest = min(max(WATCH_SECONDS, WATCH_REST * took), MAX_WATCH_SECONDS)
    return replace(
        source.poll,
        unread=read.unread,
        interval_seconds=round(rest),
        next_at=now if read.unfinished else now + timedelta(seconds=rest),
        checked_at=now,
        read_at=now,
        changed_at=now if read.new else source.poll.changed_at or now,
        failures=0,
        failing_since=None,
        reason="",
        gone=False,
    )


def after_push(source: Subscription, *, unread: Sequence[Unread], now: datetime) -> PollState:
    """Return the state after a source has sent us something."""
    return replace(source.poll, unread=tuple(unread), checked_at=now, read_at=now, changed_at=now)


def after_refusal(source: Subscription, error: SourceError, *, now: datetime) -> PollState:
    """Return the state after a source has sent us something that was not taken.

    That stays told until the source sends something that is.
    """
    others = (one for one in source.poll.unread if one.address != source.address)
    refused = Unread(source.address, f"what it sent last was refused: it {error.reason}")
    return replace(source.poll, unread=(*others, refused), checked_at=now)


def after_failure(source: Subscription, error: SourceError, *, now: datetime) -> PollState:
    """Return the state after a poll that failed.

    Polls that fail double their interval from 5 minutes to a day, and stay away as long as a
    `Retry-After` asks, at most eight hours. An answer of 410 at the source's own address is its
    end. A source that cannot be read where it has moved is asked at its own address again.
    """
    poll = source.poll
    failures = poll.failures + 1
    at = next_slot(source.address, interval_after_failures(failures), now=now)
    status, retry_after = _said(error)
    if seconds := retry_seconds(retry_after, now=now):
        spread = seconds + spread_seconds(source.address)
        at = max(at, now + timedelta(seconds=spread))
    return replace(
        poll,
        next_at=at,
        checked_at=now,
        failures=failures,
        failing_since=poll.failing_since or now,
        reason=error.reason or "cannot be read",
        gone=status == GONE and not poll.moved_to,
        moving_to="",
        moved_to="",
    )


def _said(error: SourceError) -> tuple[int, str]:
    return (error.status, error.retry_after) if isinstance(error, FetchError) else (0, "")


def _after_answer(
    source: Subscription, answer: Document | NotModified, interval: int, now: datetime
) -> PollState:
    poll = source.poll
    moving_to, moved_to = _moves(poll, answer.moved_to)
    fresh = _fresh_seconds(poll, answer, now)
    earliest = now + timedelta(seconds=min(max(fresh, poll.ttl_seconds), MAX_SECONDS))
    wait = URGENT_SECONDS if source.urgent else interval
    state = replace(
        poll,
        fresh_seconds=fresh,
        interval_seconds=interval,
        next_at=max(earliest, next_slot(source.address, wait, now=now)),
        checked_at=now,
        read_at=now,
        failures=0,
        failing_since=None,
        reason="",
        moving_to=moving_to,
        moved_to=moved_to,
        gone=False,
    )
    return state if isinstance(answer, NotModified) else _validated(state, answer)


def _fresh_seconds(poll: PollState, answer: Document | NotModified, now: datetime) -> int:
    """A 304 that does not say how long it is fresh leaves what was said (RFC 9111, 4.3.4)."""
    if isinstance(answer, NotModified) and says_nothing(answer.caching):
        return poll.fresh_seconds
    return fresh_seconds(answer.caching, now=now)


def _moves(poll: PollState, seen: str) -> tuple[str, str]:
    """Return where a redirect leads for the first time, and where the source is read from now on.

    One redirect may be a mistake; two polls in a row that end at the same place are none.
    """
    if seen and seen == poll.moving_to:
        return "", seen
    return seen, poll.moved_to


def _validated(state: PollState, document: Document) -> PollState:
    given = document.validators
    return replace(
        state,
        validated_address=given.address,
        etag=given.etag if len(given.etag) <= MAX_VALIDATOR_CHARS else "",
        last_modified=given.last_modified[:MAX_VALIDATOR_CHARS],
    )
