"""Adds what an editor names: a feed, a page, a file, or the feeds that a front page names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from msgspec.structs import replace

from bot.errors import ExtractError, SourceError, SubscriptionError
from bot.news import Subscription, Unread, is_folder
from bot.ports import Document
from bot.source_desk.desk import SourceDesk, facts_of, fetch, require_address, sameness
from bot.source_desk.printing import shown_address
from bot.sources import FoundFeed, PageFacts, Reading, format_name

Which = Literal["best", "all", "page", "as is"]
"""Of a front page: its best feed, all of its feeds, or the page itself; or what it is, unread."""

STDIN: Final = "-"
NOTHING: Final = (
    "names no feed, and no article stands in it; give the address of a feed, or add --page to read "
    "the page itself"
)


@dataclass(frozen=True)
class AddedSource:
    """A source that was added, and what was found there: a format, a name, a number of items.

    All three are empty of a source that was not read.
    """

    source: Subscription
    format: str = ""
    outlet: str = ""
    items: int = 0


@dataclass(frozen=True)
class Added:
    """What came of adding.

    Args:
        sources: what was added.
        from_page: the front page that named them, or empty.
        others: feeds that the page names too, and that were not added.
        failed: feeds of the page that cannot be read, or are read already.
        moved_to: where the address redirects for good, or empty.
    """

    sources: tuple[AddedSource, ...]
    from_page: str = ""
    others: tuple[FoundFeed, ...] = ()
    failed: tuple[Unread, ...] = ()
    moved_to: str = ""


@dataclass(frozen=True)
class _Found:
    """One address, read: a document, and what stands in it if that can be read."""

    document: Document
    reading: Reading | None
    facts: PageFacts
    error: SourceError | None = None


async def add(desk: SourceDesk, wanted: Subscription, which: Which, *, now: datetime) -> Added:
    """Add a source, after one look at what stands at its address, and say what it is.

    Of a front page its best feed is added, unless `which` says otherwise.
    A folder, whose path ends in a slash, is taken as it is.

    Raises:
        SubscriptionError: it is there already, or no address.
        SourceError: it cannot be read, or nothing stands in it.
    """
    if wanted.address == STDIN:
        raise SubscriptionError("Standard input cannot be read again, and is no source.")
    require_address(wanted.address)
    kept = await _kept(desk)
    _require_new(wanted.address, kept)
    if which == "as is" or is_folder(wanted.address):
        return Added((AddedSource(await _keep(desk, wanted)),))
    found = await _look(desk, wanted.address, now=now)
    _require_new(found.document.final_address, kept, asked=wanted.address)
    if which != "page" and _is_front_page(found):
        return await _add_feeds(desk, wanted, found, which, now=now)
    if found.reading is None:
        raise _refusal(found)
    if found.reading.kind == "page":
        # what a poll would be refused is no source; an editor may look at it once (`brief`)
        await desk.robots.permit(found.document.address)
    added = _told(await _keep(desk, wanted), found, found.reading)
    return Added((added,), others=found.facts.feeds, moved_to=found.document.moved_to)


async def _kept(desk: SourceDesk) -> dict[str, Subscription]:
    kept = await desk.subscriptions.subscriptions()
    known = {sameness(one.read_from): one for one in kept}
    return known | {sameness(one.address): one for one in kept}


def _require_new(address: str, kept: dict[str, Subscription], asked: str = "") -> None:
    known = kept.get(sameness(address))
    if known is None:
        return
    state = " and is paused" if not known.is_read else ""
    named = f" as {shown_address(known.address)}" if known.address != (asked or address) else ""
    raise SubscriptionError(f"{shown_address(asked or address)} is a source already{named}{state}.")


async def _look(desk: SourceDesk, address: str, *, now: datetime) -> _Found:
    document = await fetch(desk, address)
    try:
        reading = await desk.reader.read(document, now=now)
    except ExtractError as error:
        return _Found(document, None, await facts_of(document), error)
    facts = await facts_of(document) if reading.kind == "page" else PageFacts()
    return _Found(document, reading, facts)


def _is_front_page(found: _Found) -> bool:
    return bool(found.facts.feeds) and not found.facts.is_article and not _is_feed(found)


def _is_feed(found: _Found) -> bool:
    return found.reading is not None and found.reading.kind != "page"


def _refusal(found: _Found) -> SourceError:
    address, error = found.document.address, found.error
    if error is None or "article" in error.reason:
        return ExtractError(address, NOTHING)
    return error


async def _add_feeds(
    desk: SourceDesk, wanted: Subscription, page: _Found, which: Which, *, now: datetime
) -> Added:
    """Add the feeds that a page names, those that can be read; the best one alone, or all."""
    added: list[AddedSource] = []
    failed: list[Unread] = []
    left = list(page.facts.feeds)
    while left and (which == "all" or not added):
        address = left.pop(0).address
        try:
            added.append(await _add_feed(desk, replace(wanted, address=address), now=now))
        except SubscriptionError:
            if which != "all":
                raise
            failed.append(Unread(address, "is a source already"))
        except SourceError as error:
            failed.append(Unread(address, error.reason))
    if not added:
        raise SubscriptionError(_none_added(page.document.address, failed))
    return Added(tuple(added), page.document.address, tuple(left), tuple(failed))


async def _add_feed(desk: SourceDesk, wanted: Subscription, *, now: datetime) -> AddedSource:
    _require_new(wanted.address, await _kept(desk))
    found = await _look(desk, wanted.address, now=now)
    if found.reading is None or not _is_feed(found):
        raise found.error or ExtractError(wanted.address, "is no feed")
    return _told(await _keep(desk, wanted), found, found.reading)


async def _keep(desk: SourceDesk, source: Subscription) -> Subscription:
    if not await desk.subscriptions.add_subscription(source):
        raise SubscriptionError(f"{shown_address(source.address)} is a source already.")
    return source


def _told(source: Subscription, found: _Found, reading: Reading) -> AddedSource:
    name = format_name(found.document, reading.kind)
    return AddedSource(source, name, reading.outlet, len(reading.items))


def _none_added(page: str, failed: list[Unread]) -> str:
    reasons = "; ".join(f"{shown_address(u.address)} {u.reason}" for u in failed)
    return f"{shown_address(page)} names feeds, and none could be added: {reasons}."
