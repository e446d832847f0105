"""Writes a brief in the sources' own words: headline, sentences, key quotes, sources list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.news import (
    Article,
    Brief,
    FigureCheck,
    Passage,
    Quote,
    Reference,
    Revision,
    SecondHand,
    Sentence,
    Span,
    Story,
)
from bot.text import Bounds, words
from bot.weights import WordWeights
from bot.writing.candidates import Candidate, find_candidates
from bot.writing.headline import find_headline
from bot.writing.keyquotes import choose_quotes
from bot.writing.ranking import Told, centroid_of, choose
from bot.writing.references import distinct_reports, references

Found = TypeVar("Found", Quote, SecondHand)

NO_FIGURES: Final = FigureCheck()
FULL: Final = 0.8
"""Share of the longest copy's length that an article needs to speak for its origin."""


@dataclass(frozen=True)
class Limits:
    """How long a brief may be.

    `max_words_per_article` counts headline and sentences. No `quotes_per_story` (0) means all.
    """

    sentences_per_story: int = 3
    max_words_per_article: int = 120
    quotes_per_story: int = 4


def write_brief(  # noqa: PLR0913, PLR0917 - the story, what is known of it, and how to tell it
    story: Story,
    articles: Mapping[str, Article],
    quotes: Mapping[str, Sequence[Quote]],
    second_hand: Mapping[str, Sequence[SecondHand]],
    weights: WordWeights,
    limits: Limits,
    figures: FigureCheck = NO_FIGURES,
) -> Brief:
    """Return the brief of a story in words taken over from its articles' latest revisions.

    The mappings are by article id; quotes and reports of other revisions are left out. Sentences
    are taken from one article of each text, so that reprints do not outvote the others; what was
    reported last comes first. No sentence with an outdated figure is taken, and no title with one
    while there is another.

    Raises:
        VerificationError: none of the articles has any text.
    """
    voices = (_fullest([articles[i] for i in ids]) for o in story.origins for ids in o.texts)
    speaking = sorted(voices, key=lambda article: article.dated(), reverse=True)
    newest = speaking[0].dated()
    texts = [_told(a, weights, limits, figures, newest=newest) for a in speaking]
    centroid = centroid_of(texts, weights)
    headline = find_headline(
        _heading([*speaking, *(articles[i] for i in story.article_ids)], figures),
        centroid,
        weights,
        max_words=limits.max_words_per_article,
    )
    listed = references(story, articles)
    chosen = choose(
        [_without(text, a, headline) for text, a in zip(texts, speaking, strict=True)],
        weights,
        sentences=limits.sentences_per_story,
    )
    return Brief(
        story,
        _taken(headline, articles),
        tuple(
            _taken(
                speaking[c.text].latest.passage("body", c.candidate.start, c.candidate.end),
                articles,
            )
            for c in chosen
        ),
        choose_quotes(_current(quotes, listed), centroid, weights, at_most=limits.quotes_per_story),
        listed,
        distinct_reports(_current(second_hand, listed)),
        figures.disagreements,
    )


def _fullest(copies: Sequence[Article]) -> Article:
    """Return the first copy that is not much shorter than the longest: the original, as a rule."""
    longest = max(len(article.latest.body) for article in copies)
    return next(a for a in copies if len(a.latest.body) >= FULL * longest)


def _told(
    article: Article,
    weights: WordWeights,
    limits: Limits,
    figures: FigureCheck,
    *,
    newest: datetime,
) -> Told:
    revision = article.latest
    hours_behind = (newest - article.dated()) / timedelta(hours=1)
    outdated = _bounds(figures.outdated, revision)
    current = _bounds(figures.current, revision)
    candidates = [
        replace(c, current=True) if _holds(c, current) else c
        for c in find_candidates(revision.body, weights)
        if not _holds(c, outdated)
    ]
    return Told(revision.title, candidates, limits.max_words_per_article, hours_behind)


def _bounds(passages: Iterable[Passage], revision: Revision) -> list[Bounds]:
    """Return where those of the passages that stand in the revision's body start and end."""
    home = (revision.article_id, revision.number, "body")
    spans = (passage.span for passage in passages)
    return [(s.start, s.end) for s in spans if (s.article_id, s.revision, s.field) == home]


def _holds(candidate: Candidate, bounds: Iterable[Bounds]) -> bool:
    return any(candidate.start < end and start < candidate.end for start, end in bounds)


def _heading(articles: Sequence[Article], figures: FigureCheck) -> Sequence[Article]:
    """Return the articles whose titles are not outdated; all if there is no other."""
    outdated = {p.span.article_id for p in figures.outdated if p.span.field == "title"}
    return [a for a in articles if a.id not in outdated] or articles


def _without(text: Told, article: Article, headline: Passage) -> Told:
    """Return the text without the words that the headline has taken from it already."""
    span = headline.span
    if span.article_id != article.id:
        return text
    left = [c for c in text.candidates if span.field == "title" or c.start >= span.end]
    return replace(text, candidates=left, max_words=text.max_words - len(words(headline.words)))


def _taken(passage: Passage, articles: Mapping[str, Article]) -> Sentence:
    return Sentence.taken(passage, articles[passage.span.article_id].outlet)


def _current(found: Mapping[str, Sequence[Found]], listed: Sequence[Reference]) -> Iterator[Found]:
    """Return what was found in the listed revisions, in the order of list and text."""
    for reference in listed:
        home = (reference.article_id, reference.revision)
        for item in sorted(found.get(reference.article_id, ()), key=lambda i: _spans(i)[0].start):
            if all((span.article_id, span.revision) == home for span in _spans(item)):
                yield item


def _spans(item: Quote | SecondHand) -> tuple[Span, ...]:
    if isinstance(item, Quote):
        return tuple(piece.span for piece in item.pieces)
    return item.name.span, item.claim.span
