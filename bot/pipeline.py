"""The whole flow on one page: addresses → articles → stories → briefs → one stored briefing.

The stages compute in threads, so that whoever waits for an answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from msgspec.structs import replace

from bot.briefing.compose import compose, dossier_of
from bot.errors import SourceError, VerificationError
from bot.news import Article, Brief, Briefing, Coverage, Dossier, Outlet, Source, Story, Unread
from bot.ports import (
    Archive,
    Documents,
    Folders,
    Item,
    Progress,
    Reader,
    Reading,
    Revise,
    Robots,
)
from bot.quotes import Lexicon, find_quotes, find_second_hand
from bot.sources import article_id, complete, revise
from bot.stories import group_articles
from bot.text import words
from bot.weights import WordWeights
from bot.writing import Limits, write_brief

log = logging.getLogger(__name__)

PUSH: Final = "push://"
"""How the address of a source begins that is sent to us, before its name."""


@dataclass(frozen=True)
class Listed:
    """An address to be read, and whose it is; without an outlet the document itself says so."""

    address: str
    outlet: str = ""
    publisher: str = ""

    @property
    def is_fetched(self) -> bool:
        """Whether we go and read it: not what is pushed to us, nor a folder that is watched."""
        is_folder = "://" not in self.address and self.address.endswith("/")
        return not is_folder and not self.address.startswith(PUSH)


@dataclass(frozen=True)
class Tools:
    """What the flow works with: the ports, the language data and the limits."""

    documents: Documents
    archive: Archive
    progress: Progress
    read_lexicon: Callable[[str], Lexicon]
    """From a language, a BCP 47 tag, to what the quote stage knows of it."""
    weights: WordWeights
    reader: Reader
    robots: Robots
    folders: Folders
    limits: Limits = field(default_factory=Limits)
    max_stories: int = 6
    max_items_per_source: int = 100
    fetches_at_once: int = 8

    def lexicon(self, article: Article) -> Lexicon:
        """Return the words of the article's language; of English where it names none."""
        return self.read_lexicon(article.language or "en")


@dataclass(frozen=True)
class Intake:
    """What came of reading: the ids of the articles, in order, and what could not be read."""

    article_ids: tuple[str, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True)
class Newsday:
    """Articles that may be printed, by id, and their stories, the most important first."""

    articles: Mapping[str, Article]
    stories: tuple[Story, ...]
    seen: int
    held: int


async def read(
    listed: Sequence[Listed], tools: Tools, *, now: datetime, on_request: bool = False
) -> Intake:
    """Read every address, store what is new, and return what was found.

    An address that fails becomes an `Unread`; it never stops the others. What is pushed to us or
    dropped into a folder is passed over here (`bot.intake`).

    `on_request`: an editor asked for just these addresses, which no robots.txt is about: it speaks
    to programs that come by themselves. For the pages that a feed points to it is asked.
    """
    gate = asyncio.Semaphore(tools.fetches_at_once)
    done = 0

    async def take(entry: Listed) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
        nonlocal done
        found = await _read_source(entry, tools, gate, now=now, on_request=on_request)
        done += 1
        tools.progress("reading sources", done, len(listed))
        return found

    if not on_request:
        listed = [entry for entry in listed if entry.is_fetched]
    tools.progress("reading sources", 0, len(listed))
    taken = await asyncio.gather(*(take(entry) for entry in dict.fromkeys(listed)))
    ids = dict.fromkeys(article_id for found, _ in taken for article_id in found)
    return Intake(tuple(ids), tuple(unread for _, missing in taken for unread in missing))


def group(articles: Iterable[Article], tools: Tools, *, now: datetime) -> Newsday:
    """Return the stories that the articles tell. Held articles are counted and left out."""
    seen = tuple(articles)
    usable = {a.id: a for a in seen if not a.is_held(now)}
    stories = group_articles(tuple(usable.values()), tools.weights)
    return Newsday(usable, stories, seen=len(seen), held=len(seen) - len(usable))


async def make_briefing(
    day: Newsday, stories: Sequence[Story], coverage: Coverage, tools: Tools, *, now: datetime
) -> Dossier:
    """Write the edition that tells these stories, store it, and return it with its sources."""
    dossier = await write_briefing(day, stories, coverage, tools, now=now)
    await tools.archive.store(dossier)
    return dossier


async def write_briefing(
    day: Newsday, stories: Sequence[Story], coverage: Coverage, tools: Tools, *, now: datetime
) -> Dossier:
    """Write the edition that tells these stories, and return it with its sources.

    At most `tools.max_stories` are told. A story that cannot be briefed or proved is logged and
    left out: it never costs the others. The day's counts are filled into `coverage`.
    """
    told = stories[: tools.max_stories]
    briefs: list[Brief] = []
    tools.progress("writing", 0, len(told))
    for done, story in enumerate(told, start=1):
        brief = await asyncio.to_thread(_proved_brief, story, day.articles, tools, now)
        briefs += [brief] if brief else []
        tools.progress("writing", done, len(told))
    coverage = replace(coverage, articles=day.seen, held=day.held)
    briefing = compose(briefs, coverage, stories_found=len(stories), now=now)
    return dossier_of(briefing, day.articles)


async def _read_source(
    entry: Listed, tools: Tools, gate: asyncio.Semaphore, *, now: datetime, on_request: bool
) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
    try:
        reading = await _read_listed(entry, tools, gate, now=now, on_request=on_request)
    except SourceError as error:
        return (), (Unread(entry.address, error.reason),)
    found = await take_in(entry, [reading], tools, gate, now=now)
    return found.article_ids, found.unread


async def take_in(
    entry: Listed,
    readings: Sequence[Reading],
    tools: Tools,
    gate: asyncio.Semaphore,
    *,
    now: datetime,
) -> Intake:
    """Store what was read of one source as revisions of its articles, in one transaction.

    Teasers are completed from their pages. Of several readings that hold the same article, the last
    one comes last.
    """
    changes: dict[str, Revise] = {}
    missing: list[Unread] = []
    for reading in readings:
        found, unread = await _changes(entry, reading, tools, gate, now=now)
        missing += unread
        for key, change in found.items():
            changes[key] = _after(changes[key], change) if key in changes else change
    stored = await tools.archive.revise(changes)
    return Intake(tuple(a.id for a in stored), tuple(missing))


async def _changes(
    entry: Listed, reading: Reading, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> tuple[dict[str, Revise], list[Unread]]:
    """Return what one reading changes, by article; of items that are the same, the last counts."""
    source = _source(entry, reading)
    items = [item for item in reading.items if _says_something(item)]
    items = items[: tools.max_items_per_source]
    completed = await asyncio.gather(*(_complete(i, tools, gate, now=now) for i in items))
    missing = [unread for _, unread in completed if unread]
    if reading.shortfall:
        missing.append(Unread(entry.address, reading.shortfall))
    return {
        article_id(source, item): partial(revise, item=item, source=source, now=now)
        for item, _ in completed
    }, missing


def _after(first: Revise, second: Revise) -> Revise:
    return lambda article: second(first(article))


async def _read_listed(
    entry: Listed, tools: Tools, gate: asyncio.Semaphore, *, now: datetime, on_request: bool
) -> Reading:
    """Read one source; a page that we come back to by ourselves only as its site allows.

    That it is a page and no feed, only its bytes tell: the site is asked before any is used.
    """
    if on_request:
        return await _read(entry.address, tools, gate, now=now)
    tools.robots.recall(entry.address)
    reading = await _read(entry.address, tools, gate, now=now)
    if reading.kind == "page":
        await tools.robots.permit(entry.address)
    return reading


async def _read(address: str, tools: Tools, gate: asyncio.Semaphore, *, now: datetime) -> Reading:
    """Fetch and read one document."""
    async with gate:
        document = await tools.documents.fetch(address)
    return await tools.reader.read(document, now=now)


def _says_something(item: Item) -> bool:
    """An item without words is nothing to brief; one that is withdrawn may still end another."""
    return item.withdrawn is not None or bool(words(item.title) or words(item.body))


async def _complete(
    item: Item, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> tuple[Item, Unread | None]:
    """Join a teaser with its page. If the page cannot be read the teaser stays, and is told of.

    The page of a held item is not read: nothing of it is printed yet, and were it shut, the note
    that it could not be read would give away its address.
    """
    embargoed = item.embargoed_until is not None and now < item.embargoed_until
    if not (item.teaser and item.address) or item.withdrawn or embargoed:
        return item, None
    try:
        await tools.robots.permit(item.address)
        return complete(item, await _read(item.address, tools, gate, now=now)), None
    except SourceError as error:
        return item, Unread(item.address, error.reason)


def _source(entry: Listed, reading: Reading) -> Source:
    name = entry.outlet or reading.outlet or entry.address
    return Source(entry.address, reading.kind, Outlet(name, entry.publisher))


def _proved_brief(
    story: Story, articles: Mapping[str, Article], tools: Tools, now: datetime
) -> Brief | None:
    """Return the brief if it verifies by itself, and `None`, logged, if it cannot be had."""
    try:
        brief = _brief(story, articles, tools)
        dossier_of(Briefing("proof", 1, now, (brief,), Coverage(0, 0), 1), articles)
    except VerificationError:
        log.exception("story left out", extra={"story": story.id})
        return None
    return brief


def _brief(story: Story, articles: Mapping[str, Article], tools: Tools) -> Brief:
    members = {i: articles[i] for i in story.article_ids}
    quotes = {i: find_quotes(a.latest, tools.lexicon(a)) for i, a in members.items()}
    second_hand = {i: find_second_hand(a.latest, tools.lexicon(a)) for i, a in members.items()}
    return write_brief(story, members, quotes, second_hand, tools.weights, tools.limits)
