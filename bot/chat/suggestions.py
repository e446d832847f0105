"""What is suggested while a member types: a newsroom's stories, speakers, sources, topics.

Autocompletion is answered from memory alone. The snapshot is made anew in the background whenever
articles came in; text that is held since is taken out at once, whoever asks.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from textwrap import shorten
from typing import Final

from bot.desk import Desk
from bot.news import Article, Schedule
from bot.pipeline import Newsday
from bot.ports import Timetable
from bot.text import fold, squeeze

MAX_CHOICES: Final = 25
MAX_CHOICE_CHARS: Final = 100
"""Choices of an autocompletion and characters of each name and value. Source: Discord API,
"Application Command Option Choice Structure"."""
MAX_KEPT: Final = 5_000
"""Stories, or speakers, that are suggested: the most important ones, those who spoke most often."""

WORD_START: Final = re.compile(r"(?<!\w)(?=\w)")


@dataclass(frozen=True)
class Suggestion:
    """What is shown, what the command gets, and the articles that it is known from."""

    shown: str
    value: str
    article_ids: frozenset[str] = frozenset()
    folded: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Fold what is shown once, for every comparison to come."""
        object.__setattr__(self, "folded", fold(self.shown))


Shelf = tuple[Suggestion, ...]


def matching(shelf: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Return at most `MAX_CHOICES` that have all words typed, those that begin so first.

    Case and accents do not count; among equals the order of the shelf stays.
    """
    wanted = fold(squeeze(typed))
    words = wanted.split()
    first: list[Suggestion] = []
    whole: list[Suggestion] = []
    inside: list[Suggestion] = []
    for one in shelf:
        if not all(word in one.folded for word in words):
            continue
        if one.folded.startswith(wanted):
            first.append(one)
            if len(first) == MAX_CHOICES:
                break
        elif len(whole) < MAX_CHOICES and _begin_words(words, one.folded):
            whole.append(one)
        elif len(inside) < MAX_CHOICES:
            inside.append(one)
    return [*first, *whole, *inside][:MAX_CHOICES]


class Suggestions:
    """The snapshot of one newsroom.

    Args:
        desk: whose stories, speakers, sources and topics they are.
        timetable: whose schedules.
    """

    def __init__(self, desk: Desk, timetable: Timetable) -> None:
        self._desk = desk
        self._timetable = timetable
        self._stale = True
        self._withdrawn: set[str] = set()
        self._stops: frozenset[int] = frozenset()
        self._spoken: dict[tuple[str, int], tuple[str, ...]] = {}
        self.stories: Shelf = ()
        self.speakers: Shelf = ()
        self.sources: Shelf = ()
        self.topics: Shelf = ()
        self.schedules: tuple[Schedule, ...] = ()

    def note(self, articles: Sequence[Article], *, now: datetime) -> None:
        """Take note that articles came in or changed; what is held by now is suggested no more."""
        self._stale = True
        self.drop({article.id for article in articles if article.is_held(now)})

    def drop(self, article_ids: Collection[str]) -> None:
        """Suggest nothing any more that is known from these articles."""
        held = frozenset(article_ids)
        if held:
            self._withdrawn |= held
            self._stale = True
            self.stories = _without(self.stories, held)
            self.speakers = _still_known(self.speakers, held)

    async def refresh(self, *, now: datetime) -> bool:
        """Make the snapshot anew if something has changed, and tell whether it was so.

        Raises:
            ArchiveError: the store cannot be read.
        """
        self.schedules = await self._timetable.schedules()
        self.sources = await _sources(self._desk)
        await self._look_for_stops()
        if not self._stale:
            return False
        self._stale, self._withdrawn = False, set()
        day = await self._desk.day(now=now)
        stories, speakers = await asyncio.to_thread(self._told, day)
        # what was withdrawn in the meantime is in the day, and must not come back with it
        held = frozenset(self._withdrawn)
        self.stories, self.speakers = _without(stories, held), _still_known(speakers, held)
        names = (topic.name for topic in self._desk.tools.topics.topic)
        self.topics = shelved((name, name, frozenset()) for name in names)
        return True

    async def _look_for_stops(self) -> None:
        """Drop what editors stopped since, in any process, and take back what they released."""
        stops = self._desk.tools.stops
        standing = await stops.standing() if stops else ()
        if (ids := frozenset(stop.id for stop in standing)) != self._stops:
            self._stops, self._stale = ids, True
            self.drop([i for stop in standing for i in stop.article_ids])

    async def refresh_schedules(self) -> None:
        """Read the schedules anew; they are few."""
        self.schedules = await self._timetable.schedules()

    def _told(self, day: Newsday) -> tuple[Shelf, Shelf]:
        stories = shelved(
            (_title(story.article_ids, day.articles), story.id, frozenset(story.article_ids))
            for story in day.stories[:MAX_KEPT]
        )
        return stories, self._spoke(day)

    def _spoke(self, day: Newsday) -> Shelf:
        """Return who speaks, most often first; each revision is read once."""
        known, names = self._spoken, dict[str, list[str]]()
        self._spoken = {}
        for article in day.articles.values():
            key = (article.id, article.latest.number)
            self._spoken[key] = known.get(key) or self._names(article)
            for name in self._spoken[key]:
                names.setdefault(name, []).append(article.id)
        often = sorted(names.items(), key=lambda one: (-len(one[1]), one[0]))[:MAX_KEPT]
        return shelved((name, name, frozenset(ids)) for name, ids in often)

    def _names(self, article: Article) -> tuple[str, ...]:
        tools = self._desk.tools
        quotes = tools.findings.speech(article, tools.lexicon(article)).quotes
        return tuple({squeeze(q.speaker.name.words): 0 for q in quotes if q.speaker})


def shelved(entries: Iterable[tuple[str, str, frozenset[str]]]) -> Shelf:
    """Return what is shown, its value and its articles as suggestions.

    What is shown is cut to length; of two that look alike the second is numbered. An entry whose
    value is too long to be sent is left out.
    """
    seen: Counter[str] = Counter()
    found = []
    for text, value, article_ids in entries:
        shown = shorten(text, MAX_CHOICE_CHARS, placeholder="…") or text[:MAX_CHOICE_CHARS]
        if not shown or not 0 < len(value) <= MAX_CHOICE_CHARS:
            continue
        seen[fold(shown)] += 1
        if (number := seen[fold(shown)]) > 1:
            mark = f" ({number})"
            shown = f"{shown[: MAX_CHOICE_CHARS - len(mark)]}{mark}"
        found.append(Suggestion(shown, value, article_ids))
    return tuple(found)


def _without(shelf: Shelf, held: frozenset[str]) -> Shelf:
    """Return what is known from articles that are not held: a story from all of its articles."""
    return tuple(one for one in shelf if not one.article_ids & held)


def _still_known(shelf: Shelf, held: frozenset[str]) -> Shelf:
    """Return the names that stand in at least one article that is not held."""
    left = (replace(one, article_ids=one.article_ids - held) for one in shelf)
    return tuple(one for one in left if one.article_ids)


def _title(article_ids: Sequence[str], articles: Mapping[str, Article]) -> str:
    titles = (squeeze(articles[i].latest.title) for i in article_ids)
    return next(filter(None, titles), "Without a title")


def _begin_words(words: Sequence[str], folded: str) -> bool:
    starts = [folded[at.start() :] for at in WORD_START.finditer(folded)]
    return all(any(start.startswith(word) for start in starts) for word in words)


async def _sources(desk: Desk) -> Shelf:
    kept = await desk.subscriptions.subscriptions()
    named = ((one, f"{one.outlet}: " if one.outlet else "") for one in kept)
    return shelved((f"{name}{one.address}", one.address, frozenset()) for one, name in named)
