"""The whole flow on one page: addresses → articles → stories → briefs → one stored briefing.

The stages compute in threads, so that whoever waits for an answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.briefing.compose import compose, dossier_of
from bot.errors import FetchError, RobotsError, SourceError, VerificationError
from bot.news import (
    Article,
    Brief,
    Briefing,
    Change,
    Coverage,
    Dossier,
    FigureCheck,
    History,
    Outlet,
    Source,
    Step,
    Story,
    StoryCorrection,
    Unread,
)
from bot.placing import Placer
from bot.ports import (
    Archive,
    Documents,
    Folders,
    Item,
    Progress,
    Reader,
    Reading,
    Robots,
    Sighting,
    Stories,
)
from bot.quotes import Lexicon, find_quotes, find_second_hand
from bot.sources import Read, complete, item_digest, sight
from bot.sources.differences import compare
from bot.sources.links import canonical
from bot.sources.notices import Notices
from bot.stories import Publishers, StoryWords, Topics, group_articles, in_order
from bot.stories.claims import compare_claims
from bot.stories.disagreements import check_figures, compare_figures
from bot.stories.figure_words import FigureWords
from bot.stories.figures import find_figures
from bot.text import words
from bot.weights import WordWeights
from bot.writing import Limits, write_brief

log = logging.getLogger(__name__)

TOO_MANY_REQUESTS: Final = 429
SERVER_ERROR: Final = 500
"""The first status that blames the server. Source: RFC 9110, section 15.6."""


MAX_COMPARED: Final = 100
"""Articles of one story whose figures are compared: 7 to 30 ms each."""


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
    reader: Reader
    robots: Robots
    folders: Folders
    figure_words: FigureWords = field(default_factory=FigureWords)
    """In which figures are found; without any none are compared."""
    limits: Limits = field(default_factory=Limits)
    read_notices: Callable[[], Notices] = Notices
    """To how articles say that they were corrected; as it is, nothing is a notice."""
    story_words: StoryWords = field(default_factory=StoryWords)
    publishers: Publishers = field(default_factory=Publishers)
    topics: Topics = field(default_factory=Topics)
    stories: Stories | None = None
    """Where the corrections of editors are kept; without it there are none."""
    placer: Placer | None = None
    """Places articles in stories as they arrive; without it each edition groups them anew."""
    max_stories: int = 6
    max_items_per_source: int = 100
    fetches_at_once: int = 100

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
    """Articles that may be printed, by id, and their stories, the most important first.

    `held_addresses` are those of the articles that may not be.
    """

    articles: Mapping[str, Article]
    stories: tuple[Story, ...]
    seen: int
    held: int
    held_addresses: frozenset[str] = frozenset()


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


def group(
    articles: Iterable[Article],
    tools: Tools,
    *,
    now: datetime,
    corrections: Sequence[StoryCorrection] = (),
    standing: Mapping[str, str] | None = None,
) -> Newsday:
    """Return the stories that the articles tell. Held articles are counted and left out.

    `standing` says in which story an article stands; what it does not name is grouped now.
    """
    seen = tuple(articles)
    usable = {a.id: a for a in seen if not a.is_held(now)}
    held_addresses = frozenset(a.address for a in seen if a.id not in usable)
    stories = group_articles(
        tuple(usable.values()),
        tools.weights,
        tools.story_words,
        tools.publishers,
        corrections,
        standing,
    )
    ordered = tuple(story for story, _ in in_order(stories, usable, tools.topics, now=now))
    return Newsday(usable, ordered, len(seen), len(seen) - len(usable), held_addresses)


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
    # the page of an article may have been missed before its outlet took it back
    told_unread = (u for u in coverage.unread if canonical(u.address) not in day.held_addresses)
    coverage = replace(coverage, articles=day.seen, held=day.held, unread=tuple(told_unread))
    briefing = compose(briefs, coverage, stories_found=len(stories), now=now)
    return dossier_of(briefing, day.articles)


def history_of(article: Article, tools: Tools, *, now: datetime) -> History:
    """Return the article's revisions, each with what it changed in the one before it."""
    held = article.is_held(now)
    lexicon, notices = tools.lexicon(article), tools.read_notices()
    quotes = [() if held else find_quotes(r, lexicon) for r in article.revisions]
    changes: list[tuple[Change, ...]] = [()]
    for number in range(1, len(article.revisions)):
        old, new = article.revisions[number - 1 : number + 1]
        both = quotes[number - 1], quotes[number]
        language = article.language or "en"
        found = () if held else compare(old, new, both, notices, language=language).changes
        changes.append(found)
    steps = tuple(
        Step(r.number, r.seen_at, r.title_sha256, r.body_sha256, of_step)
        for r, of_step in zip(article.revisions, changes, strict=True)
    )
    return History(article.id, article.outlet, steps, held)


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
    figures = check_story_figures(story, members, tools)
    return write_brief(story, members, quotes, second_hand, tools.weights, tools.limits, figures)


def check_story_figures(story: Story, members: Mapping[str, Article], tools: Tools) -> FigureCheck:
    """Return where the reports of a story differ in their figures, and which are outdated.

    Of a story that very many report, the newest reports are compared.
    """
    articles = tuple(sorted(members.values(), key=Article.dated)[-MAX_COMPARED:])
    found = {a.id: find_figures(a, tools.figure_words) for a in articles}
    compared = compare_figures(articles, found, tools.weights, story.origins)
    claims = compare_claims(articles, tools.figure_words, tools.weights, story.origins)
    checked = check_figures(compared)
    return replace(checked, disagreements=(*checked.disagreements, *claims[:1]))
