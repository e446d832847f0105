"""Sorts what was seen since a moment: new stories, changed ones, mendings, what is unconfirmed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.news import Article, Mending, Passage, Reference, Revision, StoryNews
from bot.stories.timeline import Timeline, news_beside, tell_timeline
from bot.text import fold, squeeze
from bot.weights import WordWeights

FRESH: Final = timedelta(hours=12)
"""How long behind a story's newest report a doubt is still told: then somebody would know more."""
Known = Mapping[str, datetime]
"""Of which articles was known by when, by their ids."""


@dataclass(frozen=True)
class HandoverReader:
    """Reads stories as they are `now`, for who knew the articles of `known` at `since`.

    `is_unconfirmed` tells of a sentence that its source does not know.
    """

    weights: WordWeights
    is_unconfirmed: Callable[[str], bool]
    known: Known
    since: datetime
    now: datetime
    counting: frozenset[str] = frozenset()

    def timeline(self, articles: Sequence[Article]) -> Timeline:
        """Return how the story came to be told."""
        return tell_timeline(articles, self.weights, now=self.now, counting=self.counting)

    def news(self, articles: Sequence[Article]) -> tuple[Passage, ...]:
        """Return the sentences that are not known yet."""
        return news_beside(articles, self.known, self.weights, now=self.now, counting=self.counting)


@dataclass
class Sorted:
    """The parts, in the order of the stories; `quiet` counts the stories without any news."""

    new: list[StoryNews] = field(default_factory=list)
    changed: list[StoryNews] = field(default_factory=list)
    corrected: list[Mending] = field(default_factory=list)
    unconfirmed: list[Passage] = field(default_factory=list)
    quiet: int = 0


def hand_over(stories: Iterable[tuple[str, Sequence[Article]]], reader: HandoverReader) -> Sorted:
    """Return what is not known yet of the stories, sorted; they are ids with their articles.

    Each sentence that is new (`bot.stories.timeline.news_beside`) is in exactly one part: among the
    corrected if it was mended or is the mended wording, else among the unconfirmed if its source
    does not know, else among its story's news. Older sentences come in only if they are mended
    since, or still unconfirmed.
    """
    found = Sorted()
    for story_id, articles in stories:
        _take(story_id, articles, reader, found)
    return found


def _take(
    story_id: str, articles: Sequence[Article], reader: HandoverReader, found: Sorted
) -> None:
    told, fresh = reader.timeline(articles), reader.news(articles)
    mended = [m for m in _mendings(told) if m.at > reader.since]
    keys = {_key(p) for m in mended for p in (m.before, m.after) if p}
    left = [p for p in fresh if _key(p) not in keys]
    doubts = [p for p in left if reader.is_unconfirmed(p.words)]
    heard = {_said(p) for p in doubts}
    older = [p for p in _still_open(articles, told, reader) if _key(p) not in keys]
    found.corrected += mended
    found.unconfirmed += [*doubts, *(p for p in older if _said(p) not in heard)]
    if news := tuple(p for p in left if p not in doubts):
        is_known = any(article.id in reader.known for article in articles)
        part = found.changed if is_known else found.new
        part.append(StoryNews(story_id, _title(told, news), news))
    found.quiet += not (fresh or mended)


def _key(passage: Passage) -> tuple[str, str, str]:
    """Return what is the same of a sentence in each revision of its article that has it."""
    return passage.span.article_id, passage.span.field, _said(passage)


def _said(passage: Passage) -> str:
    return fold(squeeze(passage.words))


def _mendings(told: Timeline) -> Iterable[Mending]:
    return (Mending(c.kind, c.at, c.before, c.after) for c in told.changes)


def _title(told: Timeline, news: Sequence[Passage]) -> Passage:
    """Return the first title among the news, or else of the story, or else what is new first."""
    every = [*news, *(p for d in told.developments for p in d.sentences)]
    return next((p for p in every if p.span.field == "title"), news[0])


def _still_open(
    articles: Sequence[Article], told: Timeline, reader: HandoverReader
) -> list[Passage]:
    """Return what the reports still say that they do not know, if they are not far behind."""
    newest = max(article.dated() for article in articles)
    texts = {a.id: a.latest.body for a in articles if newest - a.dated() <= FRESH}
    return [
        passage
        for development in told.developments
        for passage in development.sentences
        if passage.words in texts.get(development.article_id, "")
        and reader.is_unconfirmed(passage.words)
    ]


def references_of(
    passages: Iterable[Passage], articles: Mapping[str, Article]
) -> tuple[Reference, ...]:
    """Return a line for each revision that one of the passages stands in, in their order."""
    homes = dict.fromkeys((p.span.article_id, p.span.revision) for p in passages)
    return tuple(_reference(articles[i], articles[i].revision(number)) for i, number in homes)


def _reference(article: Article, revision: Revision) -> Reference:
    return Reference(
        article.id,
        revision.number,
        article.outlet,
        revision.whole_title() if revision.title else None,
        article.address,
        article.published_at,
        corrected=len(article.revisions) > 1,
    )
