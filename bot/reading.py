"""From addresses to stored articles: each is fetched, read, completed and kept.

An address that fails never stops the others.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import FetchError, RobotsError, SourceError
from bot.news import Outlet, Source, Unread
from bot.ports import Item, Reading, Sighting
from bot.sources import Read, complete, item_digest, sight
from bot.text import words
from bot.tools import Listed, Tools

TOO_MANY_REQUESTS: Final = 429
SERVER_ERROR: Final = 500
"""The first status that blames the server. Source: RFC 9110, section 15.6."""


@dataclass(frozen=True)
class Intake:
    """What came of reading: the ids of the articles, in order, and what could not be read."""

    article_ids: tuple[str, ...]
    unread: tuple[Unread, ...]


async def read(listed: Sequence[Listed], tools: Tools, *, now: datetime) -> Intake:
    """Read every address that an editor asks for, store what is new, and return what was found.

    An address that fails becomes an `Unread`; it never stops the others. No robots.txt is asked
    about these addresses: it speaks to programs that come by themselves. For the pages that a feed
    points to it is.
    """
    gate = asyncio.Semaphore(tools.fetches_at_once)
    done = 0

    async def take(entry: Listed) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
        nonlocal done
        found = await _read_source(entry, tools, gate, now=now)
        done += 1
        tools.progress("reading sources", done, len(listed))
        return found

    tools.progress("reading sources", 0, len(listed))
    taken = await asyncio.gather(*(take(entry) for entry in dict.fromkeys(listed)))
    ids = dict.fromkeys(article_id for found, _ in taken for article_id in found)
    return Intake(tuple(ids), tuple(unread for _, missing in taken for unread in missing))


async def _read_source(
    entry: Listed, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
    try:
        reading = await _read(entry.address, tools, gate, now=now)
    except SourceError as error:
        return (), (Unread(entry.address, error.reason),)
    ids, found = await take_in(entry, [reading], tools, gate, now=now)
    return ids, found.unread


async def take_in(
    entry: Listed,
    readings: Sequence[Reading],
    tools: Tools,
    gate: asyncio.Semaphore,
    *,
    known: Collection[str] = (),
    now: datetime,
) -> tuple[tuple[str, ...], Read]:
    """Store what was read of one source as revisions of its articles, in one transaction.

    Teasers are completed from their pages. Of several readings that hold the same article, the last
    one comes last. Items whose digests are `known` stand in the store as the source has them, and
    are left alone. Returns the ids of the articles that were not, and what came of it.
    """
    sightings: list[Sighting] = []
    found: list[Read] = []
    for reading in readings:
        given, read_ = await _sightings(entry, reading, tools, gate, known=known, now=now)
        sightings += given
        found.append(read_)
    stored = await tools.archive.record(sightings) if sightings else ()
    if tools.placer and stored:
        await tools.placer.arrive(stored, now=now)
    tools.tell_stored(stored, now=now)
    new = sum(article.latest.seen_at == now for article in stored)
    return tuple(article.id for article in stored), _joined(found, new)


async def _sightings(
    entry: Listed,
    reading: Reading,
    tools: Tools,
    gate: asyncio.Semaphore,
    *,
    known: Collection[str],
    now: datetime,
) -> tuple[list[Sighting], Read]:
    """Return the items of one reading as the archive takes them, and what came of reading them."""
    source = _source(entry, reading)
    items = [item for item in reading.items if _says_something(item)]
    items = items[: tools.max_items_per_source]
    fresh = [item for item in items if item_digest(item) not in known]
    completed = await asyncio.gather(*(_complete(i, tools, gate, now=now) for i in fresh))
    left = {item_digest(i) for i, done in zip(fresh, completed, strict=True) if done.unfinished}
    read_items = dict.fromkeys(item_digest(item) for item in items)
    shortfall = [Unread(entry.address, reading.shortfall)] if reading.shortfall else []
    is_notice = tools.read_notices().has_notice
    given = [sight(done.item, source, now=now, is_notice=is_notice) for done in completed]
    return given, Read(
        new=0,
        read_items=tuple(digest for digest in read_items if digest not in left),
        left_alone=frozenset(item.address for item in items if item_digest(item) in known),
        unread=(*(done.unread for done in completed if done.unread), *shortfall),
        unfinished=bool(left),
        retry_after=max((done.retry_after for done in completed), key=len, default=""),
        ttl_seconds=reading.ttl_seconds,
        update_seconds=reading.update_seconds,
    )


def _joined(found: Sequence[Read], new: int) -> Read:
    return Read(
        new=new,
        read_items=tuple(digest for one in found for digest in one.read_items),
        left_alone=frozenset(address for one in found for address in one.left_alone),
        unread=tuple(unread for one in found for unread in one.unread),
        unfinished=any(one.unfinished for one in found),
        retry_after=max((one.retry_after for one in found), key=len, default=""),
        ttl_seconds=max((one.ttl_seconds for one in found), default=0),
        update_seconds=max((one.update_seconds for one in found), default=0),
    )


async def _read(address: str, tools: Tools, gate: asyncio.Semaphore, *, now: datetime) -> Reading:
    """Fetch and read one document."""
    async with gate:
        document = await tools.documents.fetch(address)
    return await tools.reader.read(document, now=now)


def _says_something(item: Item) -> bool:
    """An item without words is nothing to brief; one that is withdrawn may still end another."""
    return item.withdrawn is not None or bool(words(item.title) or words(item.body))


@dataclass(frozen=True)
class _Completed:
    """An item with its page, as far as that could be read; `unfinished` if it may be later.

    `retry_after` is what the page's server said of when that is.
    """

    item: Item
    unread: Unread | None = None
    unfinished: bool = False
    retry_after: str = ""


async def _complete(
    item: Item, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> _Completed:
    """Join a teaser with its page. If the page cannot be read the teaser stays, and is told of.

    The page of a held item is not read: nothing of it is printed yet, and were it shut, the note
    that it could not be read would give away its address.
    """
    embargoed = item.embargoed_until is not None and now < item.embargoed_until
    if not (item.teaser and item.address) or item.withdrawn:
        return _Completed(item)
    if embargoed:
        return _Completed(item, unfinished=True)
    try:
        await tools.robots.permit(item.address)
        page = await _read(item.address, tools, gate, now=now)
    except SourceError as error:
        unread = Unread(item.address, error.reason)
        retry_after = error.retry_after if isinstance(error, FetchError) else ""
        return _Completed(item, unread, _may_pass(error), retry_after)
    return _Completed(complete(item, page))


def _may_pass(error: SourceError) -> bool:
    """Tell whether a page that could not be read may be there later: nobody there, or overrun."""
    if isinstance(error, RobotsError):
        return False
    return isinstance(error, FetchError) and (
        error.status in {0, TOO_MANY_REQUESTS} or error.status >= SERVER_ERROR
    )


def _source(entry: Listed, reading: Reading) -> Source:
    name = entry.outlet or reading.outlet or entry.address
    return Source(entry.address, reading.kind, Outlet(name, entry.publisher))
