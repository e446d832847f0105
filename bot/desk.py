"""What an editor can ask for, one function each, for every surface alike: questions → answers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from textwrap import shorten
from typing import Final

from msgspec.structs import replace as struct_replace

from bot.briefing.choose import stories_about, stories_passing
from bot.briefing.compose import as_ordered, dossier_of
from bot.delivery.health import unread_now
from bot.errors import NothingReadError, UnknownError
from bot.followup import answer
from bot.news import (
    Answer,
    Article,
    Brief,
    Briefing,
    Coverage,
    Dossier,
    EditionOrder,
    Filters,
    Reference,
    Story,
    StoryThread,
    Subscription,
    Unread,
    is_pushed,
    is_web,
)
from bot.pipeline import Newsday, group, make_briefing, write_briefing
from bot.polls import Polls
from bot.ports import Subscriptions
from bot.quotes import find_quotes
from bot.reading import Intake, read
from bot.stories import topics_of
from bot.tools import Listed, Tools

NO_ARTICLE: Final = "was read, and there is no article in it"
NO_ANSWER: Final = "has not been read to the end yet"
MAX_ECHO_CHARS: Final = 80
EVER: Final = datetime.min.replace(tzinfo=UTC)
EVERYTHING: Final = Filters()
TODAY: Final = EditionOrder()
ALL_QUOTES: Final = 0
"""As `quotes_per_story`: no limit."""


@dataclass
class Desk:
    """One newsroom's desk: what it reads, how far back it looks, and whose clock it shows.

    A briefing reads the sources that are due, and all files, before it is written.
    """

    tools: Tools
    subscriptions: Subscriptions
    zone: tzinfo
    window: timedelta
    last_edition: Dossier | None = None

    def __post_init__(self) -> None:
        """Have the sources polled in one place, whoever asks for it."""
        self.polls = Polls(self.tools, self.subscriptions)

    async def brief(self, *, now: datetime, about: str = "") -> Dossier:
        """Read the desk's sources and brief the articles of the window.

        Raises:
            UnknownError: the desk has no sources.
        """
        await self.read_sources(now=now)
        day = await self.day(now=now)
        stories = stories_about(day.stories, day.articles, about)
        tools = self._for(stories)
        coverage = await self._coverage(now)
        edition = await make_briefing(day, stories, coverage, tools, now=now)
        self.last_edition = edition
        return edition

    async def edition(
        self,
        order: EditionOrder = TODAY,
        *,
        now: datetime,
        previous: Dossier | None = None,
    ) -> Dossier:
        """Write the edition that is ordered without storing it: its post is stored with it.

        Its counts are those of the sources that it chooses from.

        Of stories that the `previous` one told it says what is new since then.

        Raises:
            UnknownError: the desk has no sources.
        """
        await self.read_sources(now=now)
        day = await self.day(now=now, filters=order.filters)
        topics = self.tools.topics
        matched = {story.id: topics_of(story, day.articles, topics) for story in day.stories}
        stories = stories_passing(day.stories, order.filters, matched)
        tools = replace(self.tools, max_stories=order.filters.max_stories or self.tools.max_stories)
        coverage = await self._coverage(now, order.filters)
        written = await write_briefing(day, stories, coverage, tools, now=now, previous=previous)
        return struct_replace(written, briefing=as_ordered(written.briefing, order))

    async def brief_these(
        self, listed: Sequence[Listed], *, now: datetime, about: str = ""
    ) -> Dossier:
        """Read these addresses and brief what stands there, whatever its date.

        Those that are sources keep the names that editors gave them, and how their polls stand.
        What is read is grouped by itself, and placed in no story of the desk.

        Raises:
            NothingReadError: no article stands at any of them.
        """
        known = {one.address: one for one in await self.subscriptions.subscriptions()}
        listed = [_as_named(entry, known.get(entry.address)) for entry in listed]
        intake = await read(listed, replace(self.tools, placer=None), now=now)
        if not intake.article_ids:
            unread = intake.unread or [Unread(entry.address, NO_ARTICLE) for entry in listed]
            raise NothingReadError("\n".join(f"{u.address}: {u.reason}." for u in unread))
        found = [await self.tools.archive.find_article(i) for i in intake.article_ids]
        kept = [article for article in found if article]
        day = await asyncio.to_thread(group, kept, self.tools, now=now)
        coverage = Coverage(len(listed), 0, 0, intake.unread)
        stories = stories_about(day.stories, day.articles, about)
        return await make_briefing(day, stories, coverage, self._for(stories), now=now)

    async def story(self, name: str, *, now: datetime) -> Dossier:
        """Brief one story in full: a number of the last edition, or words that it speaks of.

        Raises:
            UnknownError: no story has that number or speaks of these words.
        """
        day, story = await self.find_story(name, now=now)
        coverage = await self._coverage(now)
        return await make_briefing(day, (story,), coverage, self._in_full(), now=now)

    async def find_story(self, name: str, *, now: datetime) -> tuple[Newsday, Story]:
        """Return the day and a story of it: a number of the last edition, or words of it.

        Raises:
            UnknownError: no story has that number or speaks of these words.
        """
        day = await self.day(now=now)
        if name.strip().isdecimal():
            found = self._numbered(name.strip().lstrip("0"), day)
        else:
            found = stories_about(day.stories, day.articles, name)[:1]
        if not found:
            asked = shorten(name, MAX_ECHO_CHARS, placeholder="…")
            raise UnknownError(f"No story here is {asked!r}; `brief` numbers them.")
        return day, found[0]

    async def quotes(self, *, now: datetime) -> Dossier:
        """Brief every story of the window with all its key quotes."""
        day = await self.day(now=now)
        tools = replace(self._in_full(), max_stories=len(day.stories))
        coverage = await self._coverage(now)
        return await make_briefing(day, day.stories, coverage, tools, now=now)

    async def show(self, briefing_id: str, version: int | None = None, *, now: datetime) -> Dossier:
        """Return a stored briefing, its latest version unless one is named, as it may be shown now.

        Stories that rest on an article held by now are left out and counted as held.

        Raises:
            UnknownError: there is none of that id.
        """
        dossier = await self._stored(briefing_id, version)
        briefing = dossier.briefing
        shown = [b for b in briefing.briefs if not await self._held(b, now)]
        withdrawn = len(briefing.briefs) - len(shown)
        if not withdrawn:
            return dossier
        coverage = struct_replace(briefing.coverage, held=briefing.coverage.held + withdrawn)
        briefing = struct_replace(briefing, briefs=tuple(shown), coverage=coverage)
        return dossier_of(briefing, {article.id: article for article in dossier.articles})

    async def edition_now(self, briefing_id: str, *, now: datetime) -> Briefing:
        """Return the latest version of a briefing without the stories that may not be shown now.

        Raises:
            UnknownError: there is none of that id.
        """
        return (await self.show(briefing_id, now=now)).briefing

    async def _stored(self, briefing_id: str, version: int | None = None) -> Dossier:
        dossier = await self.tools.archive.find_dossier(briefing_id, version)
        if dossier is None:
            raise UnknownError(f"No briefing has the id {briefing_id!r}.")
        return dossier

    async def story_of(
        self, briefing_id: str, version: int, number: int, *, now: datetime
    ) -> tuple[Briefing, Brief]:
        """Return a story of a stored briefing as its latest version tells it, and that version.

        `number` is the story's, from 1, in `version`.

        Raises:
            UnknownError: there is no such story, or it was withdrawn since.
        """
        then = await self.tools.archive.find_dossier(briefing_id, version)
        if then is None or not 0 < number <= len(then.briefing.briefs):
            raise UnknownError("This story is not in the archive any more.")
        story_id = then.briefing.briefs[number - 1].story.id
        latest = (await self._stored(briefing_id)).briefing
        brief = _told_in(latest, story_id)
        if brief is None or await self._held(brief, now):
            raise UnknownError("This story was withdrawn after the briefing was made.")
        return latest, brief

    async def ask(
        self, thread: StoryThread, question: str, *, now: datetime, previous: str = ""
    ) -> Answer:
        """Answer a question in a story's thread from what the story's sources say now.

        Articles that are held by now are not searched, and nothing of them but the outlet is told.
        `previous` is the question before this one.

        Raises:
            UnknownError: the thread's briefing is not stored, or does not tell the story any more.
        """
        brief = _told_in((await self._stored(thread.briefing_id)).briefing, thread.story_id)
        if brief is None:
            raise UnknownError("This story was withdrawn after the briefing was made.")
        usable = await self._usable(brief, now)
        listed = [
            r if r.article_id in usable else struct_replace(r, title=None, address="")
            for r in brief.references
        ]
        return await asyncio.to_thread(self._answer, question, listed, usable, previous)

    def _answer(
        self,
        question: str,
        listed: Sequence[Reference],
        usable: Mapping[str, Article],
        previous: str,
    ) -> Answer:
        tools = self.tools
        quotes = {i: find_quotes(a.latest, tools.lexicon(a)) for i, a in usable.items()}
        return answer(question, listed, usable, quotes, tools.weights, previous=previous)

    async def _usable(self, brief: Brief, now: datetime) -> dict[str, Article]:
        """Return the articles of the story, by id, as they are stored and if they are not held."""
        found = [await self.tools.archive.find_article(r.article_id) for r in brief.references]
        return {article.id: article for article in found if article and not article.is_held(now)}

    async def _held(self, brief: Brief, now: datetime) -> bool:
        return len(await self._usable(brief, now)) < len(brief.references)

    async def read_sources(self, *, now: datetime) -> Intake:
        """Read those of the desk's sources that are due, and all that are files.

        A file costs nobody a request. Returns what stands in those that had something new, and what
        cannot be read of all sources.

        Raises:
            UnknownError: the desk has no sources.
        """
        sources = await self.subscriptions.subscriptions()
        if not sources:
            raise UnknownError(
                "This desk has no sources yet. Add some (nutgraf sources add ADDRESS), list them "
                "as [[source]] in config/nutgraf.toml, or brief addresses (nutgraf brief ADDRESS…)."
            )
        files = [one for one in sources if one.is_read and _is_file(one.address)]
        ids = await self.polls.read_due(now=now, besides=files)
        return Intake(ids, (await self._coverage(now)).unread)

    async def day(self, *, now: datetime, filters: Filters = EVERYTHING) -> Newsday:
        """Return the stories of the window as they stand, the most important first.

        They are told from the articles that the filters take; all of the sources' are counted.
        """
        ours = {one.address for one in await self._sources(filters)}
        recent = await self.tools.archive.articles_since(now - self.window)
        seen = [article for article in recent if article.is_from(ours)]
        articles = [a for a in seen if filters.takes_language(a.language or "en")]
        said = await self.tools.stories.corrections(EVER) if self.tools.stories else ()
        placer = self.tools.placer
        standing = await placer.catch_up(articles, now=now) if placer else None
        day = await asyncio.to_thread(
            group, articles, self.tools, now=now, corrections=said, standing=standing
        )
        return replace(day, seen=len(seen), held=sum(a.is_held(now) for a in seen))

    async def _sources(self, filters: Filters) -> list[Subscription]:
        every = await self.subscriptions.subscriptions()
        return [one for one in every if filters.takes_from(one.outlet, (one.address,))]

    def _numbered(self, number: str, day: Newsday) -> tuple[Story, ...]:
        """Return the story that the editor last saw under the number, as it stands now.

        One of which a report was withdrawn since is not returned.
        """
        stories = day.stories
        if self.last_edition is not None:
            stories = tuple(brief.story for brief in self.last_edition.briefing.briefs)
        by_number = {str(place): story for place, story in enumerate(stories, start=1)}
        story = by_number.get(number)
        usable = story is not None and set(story.article_ids) <= set(day.articles)
        if story is None or not usable:
            return ()
        first = story.article_ids[0]
        return (next((s for s in day.stories if first in s.article_ids), story),)

    def _for(self, stories: Sequence[Story]) -> Tools:
        """An edition of one story has room for all of its quotes."""
        return self._in_full() if len(stories) == 1 else self.tools

    def _in_full(self) -> Tools:
        limits = replace(self.tools.limits, quotes_per_story=ALL_QUOTES)
        return replace(self.tools, limits=limits)

    async def _coverage(self, now: datetime, filters: Filters = EVERYTHING) -> Coverage:
        sources = await self._sources(filters)
        read = sum(not (source.paused or source.paused_in_settings) for source in sources)
        # of those that are still read, and are not told of as failing anyway
        waited_for = {one.address for one in sources if one.is_read and not one.poll.failures}
        late = (Unread(a, NO_ANSWER) for a in sorted(self.polls.late() & waited_for))
        unread = (*unread_now(sources, self.zone), *late)
        return Coverage(read, 0, 0, unread, now - self.window)


def _is_file(address: str) -> bool:
    return not is_web(address) and not is_pushed(address)


def _as_named(entry: Listed, source: Subscription | None) -> Listed:
    if source is None or entry.outlet:
        return entry
    return Listed(entry.address, source.outlet, source.publisher)


def _told_in(briefing: Briefing, story_id: str) -> Brief | None:
    return next((brief for brief in briefing.briefs if brief.story.id == story_id), None)
