"""Says how much a story matters now, and why: origins, outlets, age, urgency, velocity, topics."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from math import exp2, log2
from typing import Final

from bot.news import Article, Story, Value
from bot.text import fold, words

HALF_LIFE: Final = timedelta(hours=24)
"""Time after the last report that halves what a story is worth. With 12 hours a morning's edition
of the sample wire told of a rescue, by two outlets, before a deadly outbreak that three had
reported the day before."""
LATELY: Final = timedelta(hours=3)
"""Time in which reports count for the story's velocity."""
URGENT: Final = 3
"""IPTC urgency from 1 to this counts as urgent (1 is the most urgent, 5 normal)."""

PER_TOPIC: Final = 0.5
PER_URGENCY: Final = 0.5
PER_LATE_REPORT: Final = 0.25
PER_OUTLET: Final = 0.2
"""For each doubling of the outlets that carry the story, reprints included: each chose it."""
PER_RETURN: Final = 0.1
"""For each doubling of the outlets that came back to it with another report."""
REPEATED: Final = 0.6
"""What a story is still worth for each one before it of the same topic or category."""
COMMON: Final = 3
"""A category that one story of so many has, such as "News", is no subject of its own."""


class Topic(Value, frozen=True):
    """A named saved query: a story matches that has one of the words, names, places or categories.

    Several words in one entry must stand beside each other. Case and accents do not count.
    `categories` are what the sources file their items under.
    """

    name: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Topics(Value, frozen=True):
    """The saved queries of a desk: its topics (`config/topics.toml`), and what is watched for.

    A watch counts like a topic; but since somebody waits for each match of it, those that match it
    do not take turns with each other.
    """

    topic: tuple[Topic, ...] = ()
    watch: tuple[Topic, ...] = ()


class NewsValue(Value, frozen=True):
    """How much a story matters, and the facts that say so.

    `late_reports` came within the last three hours; `urgency` is the most urgent that a wire gave.
    `outlets` carry it, `returning` of them with several reports. `followed` is the number of
    sentences that are new to those who follow it, `None` where nobody does.
    """

    score: float
    origins: int
    age: timedelta
    late_reports: int
    urgency: int | None
    topics: tuple[str, ...]
    outlets: int = 0
    returning: int = 0
    watches: tuple[str, ...] = ()
    followed: int | None = None

    def explained(self) -> str:
        """Return "4 origins, 2 h old, 3 reports in the last 3 h, urgency 1, matches ports"."""
        hours = max(0, round(self.age / timedelta(hours=1)))
        facts = (
            self._following(),
            _count(self.origins, "origin"),
            f"{_count(self.outlets, 'outlet')} carry it" if self.outlets > self.origins else "",
            f"{_count(self.returning, 'outlet')} came back to it" if self.returning else "",
            f"{hours} h old",
            f"{self.late_reports} reports in the last 3 h" if self.late_reports > 1 else "",
            f"urgency {self.urgency}" if self.urgency and self.urgency <= URGENT else "",
            f"matches {', '.join(self.topics)}" if self.topics else "",
            f"watched as {', '.join(self.watches)}" if self.watches else "",
        )
        return ", ".join(filter(None, facts))

    def _following(self) -> str:
        if self.followed is None:
            return ""
        return f"followed, {_count(self.followed, 'new sentence') if self.followed else 'no news'}"


def news_value(
    story: Story, articles: Mapping[str, Article], topics: Topics, *, now: datetime
) -> NewsValue:
    """Return what the story is worth at `now`; `articles` holds its articles by id."""
    members = [articles[i] for i in story.article_ids]
    age = max(timedelta(), now - max(a.dated() for a in members))
    late = sum(now - a.dated() <= LATELY for a in members)
    urgencies = [a.wire.urgency for a in members if a.wire and a.wire.urgency]
    urgency = min(urgencies, default=None)
    matched, watched = _matched(topics.topic, members), _matched(topics.watch, members)
    outlets = Counter(a.outlet for a in members)
    returning = sum(reports > 1 for reports in outlets.values())
    weight = 1 + PER_TOPIC * (len(matched) + len(watched)) + PER_LATE_REPORT * log2(max(1, late))
    weight += PER_URGENCY * (urgency is not None and urgency <= URGENT)
    weight += PER_OUTLET * log2(len(outlets)) + PER_RETURN * log2(1 + returning)
    score = len(story.origins) * weight * exp2(-age / HALF_LIFE)
    return NewsValue(
        score, len(story.origins), age, late, urgency, matched, len(outlets), returning, watched
    )


def topics_of(story: Story, articles: Mapping[str, Article], topics: Topics) -> tuple[str, ...]:
    """Return the names of the topics that the story matches; `articles` holds its articles."""
    return _matched(topics.topic, [articles[i] for i in story.article_ids])


def in_order(
    stories: Sequence[Story], articles: Mapping[str, Article], topics: Topics, *, now: datetime
) -> tuple[tuple[Story, NewsValue], ...]:
    """Return the stories with their values, the most important first, subjects taking turns.

    Each story before it of the same topic or category takes a part of a story's worth, so that one
    subject does not fill an edition. Equal worth keeps the order given.
    """
    left = [(story, news_value(story, articles, topics, now=now)) for story in stories]
    subjects = _subjects(left, articles)
    told: dict[str, int] = {}
    heap = [(-value.score, place) for place, (_, value) in enumerate(left)]
    heapify(heap)
    found = []
    while heap:
        worth, place = heappop(heap)
        by_now = -_worth(left[place][1], subjects[place], told)
        if by_now > worth:  # it only ever falls, so the others may come first now
            heappush(heap, (by_now, place))
            continue
        found.append(left[place])
        for subject in subjects[place]:
            told[subject] = told.get(subject, 0) + 1
    return tuple(found)


def _worth(value: NewsValue, subjects: Iterable[str], told: Mapping[str, int]) -> float:
    repeats = max((told.get(subject, 0) for subject in subjects), default=0)
    return value.score * float(REPEATED**repeats)


def _subjects(
    rated: Sequence[tuple[Story, NewsValue]], articles: Mapping[str, Article]
) -> list[set[str]]:
    """Return what each story is about: the topics that it matches, and what it is filed under."""
    filed = [
        {_key(category) for i in story.article_ids for category in articles[i].categories}
        for story, _ in rated
    ]
    often = Counter(category for categories in filed for category in categories)
    return [
        {*value.topics, *(c for c in categories if often[c] * COMMON <= len(rated))}
        for (_, value), categories in zip(rated, filed, strict=True)
    ]


def _matched(topics: Sequence[Topic], members: Sequence[Article]) -> tuple[str, ...]:
    if not topics:
        return ()
    texts = [_key(f"{a.latest.title} {a.latest.body}") for a in members]
    filed = [_key(category) for a in members for category in a.categories]
    return tuple(
        topic.name
        for topic in topics
        if _has((*topic.words, *topic.names, *topic.places), texts) or _has(topic.categories, filed)
    )


def _has(entries: Iterable[str], texts: Sequence[str]) -> bool:
    wanted = [key for entry in entries if (key := _key(entry)).strip()]
    return any(entry in text for entry in wanted for text in texts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _key(text: str) -> str:
    return f" {' '.join(words(fold(text)))} "
