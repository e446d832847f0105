"""What an editor can ask of the day, one function each, for every surface alike: its editions.

What can be asked of stories, stored briefings and articles is in `desk_stories.py`,
`desk_briefings.py` and `desk_articles.py`.
"""

import asyncio
import logging
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from textwrap import shorten
from typing import Final

from msgspec.structs import replace as struct_replace

from bot.briefing.choose import stories_about, stories_passing
from bot.briefing.compose import as_ordered
from bot.delivery.health import unread_now
from bot.errors import NothingReadError, UnknownError
from bot.following import followed_first, note_told
from bot.joining import without_joining
from bot.news import (
    Article,
    Coverage,
    Dossier,
    EditionOrder,
    Filters,
    Story,
    Subscription,
    Unread,
    is_pushed,
    is_web,
)
from bot.pipeline import NOTHING, Newsday, group, make_briefing, write_briefing
from bot.polls import Polls
from bot.ports import Payer, Subscriptions
from bot.reading import Intake, read
from bot.stories import topics_of
from bot.text import squeeze
from bot.tools import Listed, Tools
from bot.updates import Told, known_at

log = logging.getLogger(__name__)

NO_ARTICLE: Final = "was read, and there is no article in it"
NO_ANSWER: Final = "has not been read to the end yet"
MAX_ECHO_CHARS: Final = 80
EVER: Final = datetime.min.replace(tzinfo=UTC)
EVERYTHING: Final = Filters()
TODAY: Final = EditionOrder()
SCHEDULED: Final = Payer("newsroom", scheduled=True)
"""Several channels may share one edition, so that no channel of them pays for it."""
MAX_BACK: Final = timedelta(days=7)
"""How far back what is new since a reader left is looked for: grouping takes longer the more."""
MAX_NEWS: Final = 25
"""Stories told to who asks what is new: whoever was away wants all of it, and few are in full."""
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
    uncited_kept: timedelta | None = None
    """How long texts are kept that no briefing cites; for ever if `None`."""
    filters: Filters = EVERYTHING
    """What is chosen from where nothing else is asked for."""

    def __post_init__(self) -> None:
        """Have the sources polled in one place, whoever asks for it."""
        self.polls = Polls(self.tools, self.subscriptions)

    def shown_in(self, zone: tzinfo, filters: Filters) -> "Desk":
        """Return the same desk by another clock, which chooses from what the filters take.

        What it told last is remembered apart.
        """
        shown = copy(self)  # and not `replace`, which would poll the sources a second time
        shown.zone, shown.filters, shown.last_edition = zone, filters, None
        return shown

    async def brief(  # noqa: PLR0913 - what can be asked of a briefing
        self,
        *,
        now: datetime,
        about: str = "",
        edition: str = "",
        payer: str = "newsroom",
        since: datetime | None = None,
        mark: datetime | None = None,
        max_stories: int | None = None,
    ) -> Dossier:
        """Read the desk's sources and brief the articles of the window, as the `edition` wants.

        The window begins at `since`, or is the desk's own. The `payer` is whose budget a model is
        paid from, such as a channel. With a `mark`, for a reader who knows what was there by then,
        it tells what is new: stories that came later, and of others what was seen later; the window
        goes back as far, at most `MAX_BACK`.

        Raises:
            UnknownError: the desk has no sources, or no edition of that name.
        """
        await self.read_sources(now=now)
        begins = min(mark, now - self.window) if mark else since
        day = await self.day(now=now, since=begins)
        stories = stories_about(day.stories, day.articles, about)
        tools = self._for(stories).paid_by(Payer(payer))
        tools = replace(tools, max_stories=max_stories or tools.max_stories)
        coverage = struct_replace(await self.coverage(now=now, since=begins), about=squeeze(about))
        told = NOTHING
        if mark:
            told = known_at(day.articles.values(), mark)
            coverage = struct_replace(coverage, mark=mark)
            tools = replace(tools, max_stories=max(MAX_NEWS, tools.max_stories))
        dossier = await make_briefing(
            day, stories, coverage, tools, now=now, edition=edition, told=told
        )
        await note_told(dossier.briefing, tools)
        self.last_edition = dossier
        return dossier

    async def edition(
        self,
        order: EditionOrder = TODAY,
        *,
        now: datetime,
        told: Told = NOTHING,
    ) -> Dossier:
        """Write the edition that is ordered without storing it: its post is stored with it.

        Its counts are those of the sources that it chooses from.

        Of stories of which its readers were `told` it says what is new since then. The order's
        prompt names one of the newsroom's editions, whose limits and wishes then hold.

        Raises:
            UnknownError: the desk has no sources, or no edition of that name.
        """
        await self.read_sources(now=now)
        day = await self.day(now=now, filters=order.filters)
        topics = self.tools.topics
        matched = {story.id: topics_of(story, day.articles, topics) for story in day.stories}
        stories = stories_passing(day.stories, order.filters, matched)
        tools = self.tools.paid_by(SCHEDULED)
        tools = replace(tools, max_stories=order.filters.max_stories or tools.max_stories)
        coverage = await self.coverage(now=now, filters=order.filters)
        written = await write_briefing(
            day,
            stories,
            coverage,
            tools,
            now=now,
            edition=order.filters.prompt,
            told=told,
        )
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
        recent = await self.tools.archive.articles_since(now - self.window)
        beside = [a for a in recent if a.stopped and a.id not in intake.article_ids]
        both = [*(article for article in found if article), *beside]
        both = [*await without_joining(both, self.tools, {}, now=now)]
        kept = [article for article in both if article.id in intake.article_ids]
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
        coverage = await self.coverage(now=now)
        return await make_briefing(day, (story,), coverage, self._in_full(), now=now)

    async def find_story(self, name: str, *, now: datetime) -> tuple[Newsday, Story]:
        """Return the day and a story of it: its id, a number of the last edition, or words of it.

        Raises:
            UnknownError: no story has that number or speaks of these words.
        """
        day = await self.day(now=now)
        if found := tuple(story for story in day.stories if _is_named(story, name)):
            return day, found[0]
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
        # quotes are the sources' own words: no model is paid for what is not shown
        tools = replace(self._in_full(), max_stories=len(day.stories), writer=None)
        coverage = await self.coverage(now=now)
        return await make_briefing(day, day.stories, coverage, tools, now=now)

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
        return Intake(ids, (await self.coverage(now=now)).unread)

    async def day(
        self, *, now: datetime, filters: Filters | None = None, since: datetime | None = None
    ) -> Newsday:
        """Return the stories of the window: followed ones with news first, then by worth.

        The window begins at `since`, or is the desk's own.

        They are told from the articles that the filters take, or those of the desk; all of the
        sources' are counted.
        """
        filters = filters or self.filters
        await self.tools.learn()
        ours = {one.address for one in await self._sources(filters)}
        since = max(since, now - MAX_BACK) if since else now - self.window
        recent = await self.tools.archive.articles_since(since)
        seen: Sequence[Article] = [article for article in recent if article.is_from(ours)]
        articles = [a for a in seen if filters.takes_language(a.language or "en")]
        said = await self.tools.stories.corrections(EVER) if self.tools.stories else ()
        placer = self.tools.placer
        standing = await placer.stand(articles, now=now) if placer else None
        seen = await without_joining(seen, self.tools, standing or {}, now=now)
        articles = [a for a in seen if filters.takes_language(a.language or "en")]
        day = await asyncio.to_thread(
            group, articles, self.tools, now=now, corrections=said, standing=standing
        )
        day = replace(day, seen=len(seen), held=sum(a.is_held(now) for a in seen))
        try:
            return await followed_first(day, self.tools, since=since, now=now)
        except Exception:  # their order is not worth the day
            log.exception("followed stories not put first")
            return day

    async def _sources(self, filters: Filters) -> list[Subscription]:
        every = await self.subscriptions.subscriptions()
        return [one for one in every if filters.takes_from(one.outlet, (one.address,))]

    def _numbered(self, number: str, day: Newsday) -> tuple[Story, ...]:
        """Return the story that the editor last saw under the number, as it stands now.

        Of one that was split since, it is the part that holds most of its reports. One of which a
        report was withdrawn since is not returned.
        """
        stories = day.stories
        if self.last_edition is not None:
            stories = tuple(brief.story for brief in self.last_edition.briefing.briefs)
        by_number = {str(place): story for place, story in enumerate(stories, start=1)}
        story = by_number.get(number)
        usable = story is not None and set(story.article_ids) <= set(day.articles)
        if story is None or not usable:
            return ()
        told = set(story.article_ids)
        return (max(day.stories, key=lambda s: len(told.intersection(s.article_ids))),)

    def _for(self, stories: Sequence[Story]) -> Tools:
        """An edition of one story has room for all of its quotes."""
        return self._in_full() if len(stories) == 1 else self.tools

    def _in_full(self) -> Tools:
        limits = replace(self.tools.limits, quotes_per_story=ALL_QUOTES)
        return replace(self.tools, limits=limits)

    async def coverage(
        self, *, now: datetime, filters: Filters = EVERYTHING, since: datetime | None = None
    ) -> Coverage:
        """Return how many sources are read, what of them is not, and since when articles count."""
        sources = await self._sources(filters)
        read = sum(not (source.paused or source.paused_in_settings) for source in sources)
        # of those that are still read, and are not told of as failing anyway
        waited_for = {one.address for one in sources if one.is_read and not one.poll.failures}
        late = (Unread(a, NO_ANSWER) for a in sorted(self.polls.late() & waited_for))
        unread = (*unread_now(sources, self.zone), *late)
        since, least = since or now - self.window, max(filters.min_origins, 1)
        return Coverage(read, 0, 0, unread, since, least)


def _is_named(story: Story, name: str) -> bool:
    """Tell whether the name is the story's id, or was before it became a part of this one."""
    return name == story.id or name.removeprefix("s") in story.article_ids


def _is_file(address: str) -> bool:
    return not is_web(address) and not is_pushed(address)


def _as_named(entry: Listed, source: Subscription | None) -> Listed:
    if source is None or entry.outlet:
        return entry
    return Listed(entry.address, source.outlet, source.publisher)
