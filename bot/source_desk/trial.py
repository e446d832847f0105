"""Tries an address: what would be read there, from which part, how often, or why not.

Nothing is stored. Of an item that is held no more is told than that it is, and until when.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from msgspec.structs import replace as replace_poll

from bot.errors import SourceError, UnknownError
from bot.news import PollState, Subscription, is_folder, is_pushed
from bot.ports import Document
from bot.source_desk.desk import (
    ReadingLimits,
    SourceDesk,
    choose,
    facts_of,
    fetch,
    refusal,
    sameness,
)
from bot.source_desk.printing import printed
from bot.source_desk.trial_items import (
    TriedItem,
    held_because,
    says_something,
    try_item,
    with_quotes,
)
from bot.sources import FoundFeed, PageFacts, Reading, format_name
from bot.sources.intervals import URGENT_SECONDS
from bot.sources.polling import Read, after_reading

NO_ARTICLE: Final = "was read, and there is no article in it"
FOLDER: Final = "is a folder: the files dropped into it are read; test one of them"
FRONT_PAGE: Final = "a front page, and no article"
FIRST: Final = 5
"""Items that are shown, and whose pages are read where they are teasers."""


@dataclass(frozen=True)
class Answer:
    """How the bytes came.

    Args:
        final_address: where they were found; `moved_to` where the address redirects for good.
        media_type: what the server says that they are, or empty.
        cache: what it says of how long they are fresh, or empty.
        asks_for_changes: it gave what to ask with again (ETag, Last-Modified), so that most polls
            cost next to nothing.
    """

    final_address: str
    moved_to: str
    media_type: str
    size_bytes: int
    cache: str
    asks_for_changes: bool


@dataclass(frozen=True)
class Content:
    """What stands there.

    Args:
        format: as vendors call it.
        outlet: the document's own name for itself.
        items: the first of them; `found` is how many there are, `held` how many may not be shown.
        shortfall: what of the document could not be read, or empty.
        fresh_seconds: how long nobody would ask again by what server and document say.
        first_seconds: from the first poll to the second.
    """

    format: str
    outlet: str
    language: str
    items: tuple[TriedItem, ...]
    found: int
    held: int
    shortfall: str
    fresh_seconds: int
    first_seconds: int


@dataclass(frozen=True)
class Trial:
    """What came of trying an address.

    Args:
        state: "read" or "paused" of what is a source already, else empty.
        refused: a clause why nothing would be read, or empty.
        answer: `None` if no bytes could be had; `content` too if nothing could be read in them.
        feeds: those that the page names.
    """

    address: str
    limits: ReadingLimits
    state: str = ""
    refused: str = ""
    answer: Answer | None = None
    content: Content | None = None
    feeds: tuple[FoundFeed, ...] = ()


async def try_address(desk: SourceDesk, name: str, *, now: datetime) -> Trial:
    """Return what a poll of an address would read; `name` may also be the outlet of a source."""
    known = _known(await desk.subscriptions.subscriptions(), name)
    address = known.read_from if known else name
    state = "" if known is None else "read" if known.is_read else "paused"
    if reason := _unfetched(address, known) or refusal(address):
        return Trial(printed(address), desk.limits, state, reason)
    try:
        document = await fetch(desk, address)
    except SourceError as error:
        return Trial(address, desk.limits, state, error.reason)
    trial = Trial(address, desk.limits, state, "", _answer(document))
    try:
        reading = await desk.reader.read(document, now=now)
        if reading.kind == "page":
            await desk.robots.permit(document.address)
    except SourceError as error:
        feeds = (await facts_of(document)).feeds
        return replace(trial, refused=FRONT_PAGE if feeds else error.reason, feeds=feeds)
    facts = await facts_of(document) if reading.kind == "page" else PageFacts()
    source = replace_poll(known or Subscription(address, now), poll=PollState())
    content = await _content(desk, source, document, (reading, facts), now=now)
    refused = "" if content.found else NO_ARTICLE
    return replace(trial, content=content, refused=refused, feeds=facts.feeds)


def _known(kept: tuple[Subscription, ...], name: str) -> Subscription | None:
    """Return the source that is meant; what has a dot or a slash is meant as an address."""
    key = sameness(name)
    same = (one for one in kept if key in {sameness(one.address), sameness(one.read_from)})
    if found := next(same, None):
        return found
    try:
        return None if {".", "/"} & set(name) else choose(kept, name)
    except UnknownError:
        return None


def _unfetched(address: str, known: Subscription | None) -> str:
    if known and is_pushed(address):
        return "is sent to Nutgraf and not fetched"
    return FOLDER if is_folder(address) else ""


def _answer(document: Document) -> Answer:
    caching, given = document.caching, document.validators
    expires = f"Expires: {caching.expires}" if caching.expires else ""
    cache = f"Cache-Control: {caching.cache_control}" if caching.cache_control else expires
    return Answer(
        document.final_address,
        document.moved_to,
        document.media_type,
        len(document.content),
        cache,
        bool(given.etag or given.last_modified),
    )


async def _content(
    desk: SourceDesk,
    source: Subscription,
    document: Document,
    read_there: tuple[Reading, PageFacts],
    *,
    now: datetime,
) -> Content:
    reading, facts = read_there
    items = [item for item in reading.items if says_something(item)]
    taken = items[: desk.limits.max_items]
    held = [item for item in taken if held_because(item, now)]
    shown = [await try_item(desk, item, reading, facts, now=now) for item in taken[:FIRST]]
    read = Read(len(taken), ttl_seconds=reading.ttl_seconds, update_seconds=reading.update_seconds)
    state = after_reading(source, document, read, now=now)
    fresh = max(state.fresh_seconds, state.ttl_seconds)
    return Content(
        format_name(document, reading.kind),
        printed(reading.outlet),
        reading.language,
        await with_quotes(desk, shown, reading, document, now=now),
        len(items),
        len(held),
        reading.shortfall,
        fresh,
        max(URGENT_SECONDS if source.urgent else state.interval_seconds, fresh),
    )
