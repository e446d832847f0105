"""Says how much a story matters now, and why: origins, age, urgency, velocity, topics."""

from collections.abc import Mapping, Sequence
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
REPEATED: Final = 0.6
"""What a story is still worth for each one before it that matched the same topic."""


class Topic(Value, frozen=True):
    """A named saved query: a story matches that has one of the words, names or places.

    Several words in one entry must stand beside each other. Case and accents do not count.
    """

    name: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Topics(Value, frozen=True):
    """The topics of `config/topics.toml`."""

    topic: tuple[Topic, ...] = ()


class NewsValue(Value, frozen=True):
    """How much a story matters, and the facts that say so.

    `late_reports` came within the last three hours; `urgency` is the most urgent that a wire gave.
    """

    score: float
    origins: int
    age: timedelta
    late_reports: int
    urgency: int | None
    topics: tuple[str, ...]

    def explained(self) -> str:
        """Return "4 origins, 2 h old, 3 reports in the last 3 h, urgency 1, matches ports"."""
        hours = max(0, round(self.age / timedelta(hours=1)))
        facts = [f"{self.origins} origin{'s' if self.origins != 1 else ''}", f"{hours} h old"]
        if self.late_reports > 1:
            facts.append(f"{self.late_reports} reports in the last 3 h")
        if self.urgency is not None and self.urgency <= URGENT:
            facts.append(f"urgency {self.urgency}")
        if self.topics:
            facts.append(f"matches {', '.join(self.topics)}")
        return ", ".join(facts)


def news_value(
    story: Story, articles: Mapping[str, Article], topics: Topics, *, now: datetime
) -> NewsValue:
    """Return what the story is worth at `now`; `articles` holds its articles by id."""
    members = [articles[i] for i in story.article_ids]
    age = max(timedelta(), now - max(a.dated() for a in members))
    late = sum(now - a.dated() <= LATELY for a in members)
    urgencies = [a.wire.urgency for a in members if a.wire and a.wire.urgency]
    urgency = min(urgencies, default=None)
    matched = _matched(topics, members)
    weight = 1 + PER_TOPIC * len(matched) + PER_LATE_REPORT * log2(max(1, late))
    weight += PER_URGENCY * (urgency is not None and urgency <= URGENT)
    score = len(story.origins) * weight * exp2(-age / HALF_LIFE)
    return NewsValue(score, len(story.origins), age, late, urgency, matched)


def topics_of(story: Story, articles: Mapping[str, Article], topics: Topics) -> tuple[str, ...]:
    """Return the names of the topics that the story matches; `articles` holds its articles."""
    return _matched(topics, [articles[i] for i in story.article_ids])


def in_order(
    stories: Sequence[Story], articles: Mapping[str, Article], topics: Topics, *, now: datetime
) -> tuple[tuple[Story, NewsValue], ...]:
    """Return the stories with their values, the most important first, topics taking turns.

    Each story before it that matched the same topic takes a part of a story's worth, so that one
    topic does not fill an edition. Equal worth keeps the order given.
    """
    left = [(story, news_value(story, articles, topics, now=now)) for story in stories]
    told: dict[str, int] = {}
    heap = [(-value.score, place) for place, (_, value) in enumerate(left)]
    heapify(heap)
    found = []
    while heap:
        worth, place = heappop(heap)
        value = left[place][1]
        by_now = -_worth(value, told)
        if by_now > worth:  # it only ever falls, so the others may come first now
            heappush(heap, (by_now, place))
            continue
        found.append(left[place])
        for topic in value.topics:
            told[topic] = told.get(topic, 0) + 1
    return tuple(found)


def _worth(value: NewsValue, told: Mapping[str, int]) -> float:
    repeats = max((told.get(topic, 0) for topic in value.topics), default=0)
    return value.score * float(REPEATED**repeats)


def _matched(topics: Topics, members: Sequence[Article]) -> tuple[str, ...]:
    if not topics.topic:
        return ()
    texts = [_key(f"{a.latest.title} {a.latest.body}") for a in members]
    return tuple(topic.name for topic in topics.topic if _matches(topic, texts))


def _matches(topic: Topic, texts: Sequence[str]) -> bool:
    wanted = [_key(entry) for entry in (*topic.words, *topic.names, *topic.places)]
    return any(entry.strip() and entry in text for entry in wanted for text in texts)


def _key(text: str) -> str:
    return f" {' '.join(words(fold(text)))} "
