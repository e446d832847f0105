"""The whole flow on one page: addresses → articles → stories → briefs → one stored briefing.

The stages compute in threads, so that whoever waits for an answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.briefing.compose import compose, dossier_of
from bot.errors import ExtractError, SourceError, VerificationError
from bot.news import (
    Article,
    Brief,
    Briefing,
    Coverage,
    Dossier,
    Outlet,
    Source,
    Story,
    StoryCorrection,
    Unread,
)
from bot.ports import Archive, Documents, Progress, Stories
from bot.quotes import Lexicon, find_quotes, find_second_hand
from bot.sources import Item, Reading, article_id, complete, read_document, revise
from bot.stories import Publishers, StoryWords, Topics, group_articles
from bot.text import words
from bot.weights import WordWeights
from bot.writing import Limits, write_brief

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Listed:
    """An address to be read, and whose it is; without an outlet the document itself says so."""

    address: str
    outlet: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Tools:
    """What the flow works with: the ports, the language data and the limits."""

    documents: Documents
    archive: Archive
    progress: Progress
    read_lexicon: Callable[[str], Lexicon]
    """From a language, a BCP 47 tag, to what the quote stage knows of it."""
    weights: WordWeights
    limits: Limits = field(default_factory=Limits)
    story_words: StoryWords = field(default_factory=StoryWords)
    publishers: Publishers = field(default_factory=Publishers)
    topics: Topics = field(default_factory=Topics)
    stories: Stories | None = None
    """Where the corrections of editors are kept; without it there are none."""
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


async def read(listed: Sequence[Listed], tools: Tools, *, now: datetime) -> Intake:
    """Read every address, store what is new, and return what was found.

    An address that fails becomes an `Unread`; it never stops the others.
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


def group(
    articles: Iterable[Article],
    tools: Tools,
    *,
    now: datetime,
    corrections: Sequence[StoryCorrection] = (),
) -> Newsday:
    """Return the stories that the articles tell. Held articles are counted and left out."""
    seen = tuple(articles)
    usable = {a.id: a for a in seen if not a.is_held(now)}
    stories = group_articles(
        tuple(usable.values()),
        tools.weights,
        tools.story_words,
        tools.publishers,
        corrections,
    )
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
    entry: Listed, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> tuple[tuple[str, ...], tuple[Unread, ...]]:
    try:
        reading = await _read(entry.address, tools, gate, now=now)
    except SourceError as error:
        return (), (Unread(entry.address, error.reason),)
    source = _source(entry, reading)
    items = [item for item in reading.items if _says_something(item)]
    items = items[: tools.max_items_per_source]
    completed = await asyncio.gather(*(_complete(i, tools, gate, now=now) for i in items))
    changes = {
        article_id(source, item): partial(revise, item=item, source=source, now=now)
        for item, _ in completed
    }
    stored = await tools.archive.revise(changes)
    missing = [unread for _, unread in completed if unread]
    if reading.shortfall:
        missing.append(Unread(entry.address, reading.shortfall))
    return tuple(a.id for a in stored), tuple(missing)


async def _read(address: str, tools: Tools, gate: asyncio.Semaphore, *, now: datetime) -> Reading:
    """Fetch and read one document; whatever its bytes do to a parser is that document's failure."""
    async with gate:
        document = await tools.documents.fetch(address)
    try:
        return await asyncio.to_thread(read_document, document, now=now)
    except SourceError:
        raise
    except Exception as error:
        log.exception("reader failed", extra={"address": address})
        raise ExtractError(address, f"cannot be read ({type(error).__name__})") from error


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
