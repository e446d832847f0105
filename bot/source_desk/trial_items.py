"""Tries the items of a document: what each would be, and where its text stands."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import SourceError
from bot.news import Outlet, Source
from bot.ports import Document
from bot.quotes import find_quotes
from bot.source_desk.desk import SourceDesk
from bot.source_desk.printing import printed
from bot.sources import Item, PageFacts, Reading, complete, revise
from bot.text import squeeze, words


@dataclass(frozen=True)
class TriedItem:
    """An item as it would be stored; of a held one all is empty but `held`.

    Args:
        part: where its text stands.
        words: how many its text has.
        quotes: statements found in it; `None` where nobody looked.
        held: why its text may not be shown, or empty.
        shortfall: why its page could not be read, or empty.
    """

    title: str = ""
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    part: str = ""
    words: int = 0
    quotes: int | None = None
    held: str = ""
    shortfall: str = ""


async def try_item(
    desk: SourceDesk, item: Item, reading: Reading, facts: PageFacts, *, now: datetime
) -> tuple[Item, TriedItem]:
    """Return the item, completed from its page if it is a teaser, and what is told of it."""
    if held := held_because(item, now):
        return item, TriedItem(held=held)
    part, shortfall = _part(item, reading, facts), ""
    if item.teaser and item.address:
        part = "a teaser in the feed"
        try:
            await desk.robots.permit(item.address)
            page = await desk.reader.read(await desk.documents.fetch(item.address), now=now)
        except SourceError as error:
            shortfall = f"{printed(item.address)}: {error.reason}"
        else:
            whole = complete(item, page)
            part = part if whole.body == item.body else "text from its page (the feed has a teaser)"
            item = whole
    if held := held_because(item, now):  # the page may say what the feed does not
        return item, TriedItem(held=held)
    return item, TriedItem(
        printed(item.title),
        printed(item.byline),
        item.published_at,
        item.language or reading.language,
        part,
        len(words(item.body)),
        shortfall=shortfall,
    )


def _part(item: Item, reading: Reading, facts: PageFacts) -> str:
    match reading.kind:
        case "feed":
            return "whole text in the feed"
        case "page" if facts.is_live:
            return "the live blog's updates"
        case "page" if facts.stated_body and squeeze(facts.stated_body) == squeeze(item.body):
            return "text that the page gives to machines (JSON-LD)"
        case "page":
            return "text of the page"
        case "wire":
            return "text of the wire"
        case _:
            return "the whole text"


async def with_quotes(
    desk: SourceDesk,
    tried: list[tuple[Item, TriedItem]],
    reading: Reading,
    document: Document,
    *,
    now: datetime,
) -> tuple[TriedItem, ...]:
    """Return what is told of the items, with the statements of the first that is not held."""
    found = [told for _, told in tried]
    first = next((n for n, told in enumerate(found) if not told.held), None)
    if first is not None:
        source = Source(document.address, reading.kind, Outlet(reading.outlet))
        article = revise(None, tried[first][0], source, now=now)
        quotes = await asyncio.to_thread(find_quotes, article.latest, desk.lexicon(article))
        said = sum(quote.use == "statement" for quote in quotes)
        found[first] = replace(found[first], quotes=said)
    return tuple(found)


def held_because(item: Item, now: datetime) -> str:
    """Return why the text of an item may not be shown, or nothing."""
    if item.withdrawn:
        return item.withdrawn
    if item.embargoed_until is not None and now < item.embargoed_until:
        return f"embargoed until {item.embargoed_until:%Y-%m-%d %H:%M} UTC"
    return ""


def says_something(item: Item) -> bool:
    """Tell whether an item has words, or at least a state."""
    return item.withdrawn is not None or bool(words(item.title) or words(item.body))
