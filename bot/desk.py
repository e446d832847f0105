"""What an editor can ask for, one function each, for every surface alike: questions → answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from bot.briefing.choose import stories_about
from bot.errors import NothingReadError, UnknownError
from bot.news import Coverage, Dossier, Story, Unread
from bot.pipeline import Intake, Listed, Newsday, Tools, group, make_briefing, read, write_briefing

NO_ARTICLE: Final = "was read, and there is no article in it"
ALL_QUOTES: Final = 0
"""As `quotes_per_story`: no limit."""


@dataclass
class Desk:
    """One newsroom's desk: what it reads, how far back it looks, and whose clock it shows.

    A briefing reads the sources again unless they were read within `fresh_for`.
    """

    tools: Tools
    sources: Sequence[Listed]
    zone: tzinfo
    window: timedelta
    fresh_for: timedelta = timedelta()
    last_intake: Intake | None = None
    last_read_at: datetime | None = None
    last_edition: Dossier | None = None

    async def brief(self, *, now: datetime, about: str = "") -> Dossier:
        """Read the desk's sources and brief the articles of the window.

        Raises:
            UnknownError: the desk has no sources.
        """
        await self._freshen(now)
        day = await self._day(now)
        stories = stories_about(day.stories, day.articles, about)
        tools = self._for(stories)
        edition = await make_briefing(day, stories, self._coverage(now), tools, now=now)
        self.last_edition = edition
        return edition

    async def edition(self, *, now: datetime) -> Dossier:
        """Write the edition of the window without storing it: its post is stored with it.

        Raises:
            UnknownError: the desk has no sources.
        """
        await self._freshen(now)
        day = await self._day(now)
        return await write_briefing(day, day.stories, self._coverage(now), self.tools, now=now)

    async def brief_these(
        self, listed: Sequence[Listed], *, now: datetime, about: str = ""
    ) -> Dossier:
        """Read these addresses and brief what stands there, whatever its date.

        Raises:
            NothingReadError: no article stands at any of them.
        """
        intake = await read(listed, self.tools, now=now)
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
        day = await self._day(now)
        numbered = name.strip().isdecimal()
        found = (
            self._edition_stories(day)[int(name) - 1 : int(name)] if numbered and int(name) else ()
        )
        if not numbered:
            found = stories_about(day.stories, day.articles, name)
        if not found:
            raise UnknownError(f"No story here is {name!r}; `brief` lists them with their numbers.")
        return await make_briefing(day, found[:1], self._coverage(now), self._in_full(), now=now)

    async def quotes(self, *, now: datetime) -> Dossier:
        """Brief every story of the window with all its key quotes."""
        day = await self._day(now)
        tools = replace(self._in_full(), max_stories=len(day.stories))
        return await make_briefing(day, day.stories, self._coverage(now), tools, now=now)

    async def show(self, briefing_id: str) -> Dossier:
        """Return a stored briefing.

        Raises:
            UnknownError: there is none of that id.
        """
        dossier = await self.tools.archive.find_dossier(briefing_id)
        if dossier is None:
            raise UnknownError(f"No briefing has the id {briefing_id!r}.")
        return dossier

    async def read_sources(self, *, now: datetime) -> Intake:
        """Read all of the desk's sources and remember what could not be read.

        Raises:
            UnknownError: the desk has no sources.
        """
        if not self.sources:
            raise UnknownError(
                "This desk has no sources yet. Name addresses (nutgraf brief ADDRESS…), or list "
                "them as [[source]] in config/nutgraf.toml."
            )
        self.last_intake = await read(self.sources, self.tools, now=now)
        self.last_read_at = now
        return self.last_intake

    async def _freshen(self, now: datetime) -> None:
        if self.last_read_at is None or not now - self.last_read_at < self.fresh_for:
            await self.read_sources(now=now)

    async def _day(self, now: datetime) -> Newsday:
        articles = await self.tools.archive.articles_since(now - self.window)
        return await asyncio.to_thread(group, articles, self.tools, now=now)

    def _edition_stories(self, day: Newsday) -> tuple[Story, ...]:
        """Return the stories as the editor last saw them numbered, less those since withdrawn."""
        if self.last_edition is None:
            return day.stories
        told = (brief.story for brief in self.last_edition.briefing.briefs)
        return tuple(story for story in told if set(story.article_ids) <= set(day.articles))

    def _for(self, stories: Sequence[Story]) -> Tools:
        """An edition of one story has room for all of its quotes."""
        return self._in_full() if len(stories) == 1 else self.tools

    def _in_full(self) -> Tools:
        limits = replace(self.tools.limits, quotes_per_story=ALL_QUOTES)
        return replace(self.tools, limits=limits)

    def _coverage(self, now: datetime) -> Coverage:
        unread = self.last_intake.unread if self.last_intake else ()
        return Coverage(len(self.sources), 0, 0, unread, now - self.window)
