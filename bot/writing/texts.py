"""Decides which articles of a story are heard, and what of each of them may be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.news import Article, FigureCheck, Passage, Referent, Revision, Story
from bot.text import Bounds, words
from bot.weights import WordWeights
from bot.writing.candidates import Candidate, find_candidates
from bot.writing.ranking import Told

FULL: Final = 0.8
"""Share of the longest copy's length that an article needs to speak for its origin."""
NO_FIGURES: Final = FigureCheck()


@dataclass(frozen=True)
class Update:
    """That the story was told before: when, and the sentences that nobody had said by then."""

    since: datetime
    new: tuple[Passage, ...] = ()

    def new_titles(self) -> frozenset[str]:
        """Return the articles whose titles are new, by id."""
        return frozenset(p.span.article_id for p in self.new if p.span.field == "title")


@dataclass(frozen=True)
class Findings:
    """What is known of the words of a story: its figures, its pronouns, what is new.

    `referents` are by article id; those of other revisions than the latest are left out.
    """

    figures: FigureCheck = NO_FIGURES
    referents: Mapping[str, Sequence[Referent]] = field(default_factory=dict)
    update: Update | None = None


def voices(story: Story, articles: Mapping[str, Article]) -> list[Article]:
    """Return one article for each text of the story, the latest first."""
    heard = (_fullest([articles[i] for i in ids]) for o in story.origins for ids in o.texts)
    return sorted(heard, key=lambda article: article.dated(), reverse=True)


def _fullest(copies: Sequence[Article]) -> Article:
    """Return the first copy that is not much shorter than the longest: the original, as a rule."""
    longest = max(len(article.latest.body) for article in copies)
    return next(a for a in copies if len(a.latest.body) >= FULL * longest)


def texts_of(
    heard: Sequence[Article], weights: WordWeights, findings: Findings, *, max_words: int
) -> list[Told]:
    """Return what may be told of each article, `max_words` of it at most, in the order given."""
    newest = max(article.dated() for article in heard)
    behind = [(newest - article.dated()) / timedelta(hours=1) for article in heard]
    told = [_candidates(article, weights, findings) for article in heard]
    return [
        Told(article.latest.title, candidates, max_words, hours)
        for article, candidates, hours in zip(heard, told, behind, strict=True)
    ]


def _candidates(article: Article, weights: WordWeights, findings: Findings) -> list[Candidate]:
    """Return the sentences without those with an outdated figure."""
    revision = article.latest
    outdated = _bounds(findings.figures.outdated, revision)
    current = _bounds(findings.figures.current, revision)
    new = _found_again(findings.update.new if findings.update else (), revision)
    home = (revision.article_id, revision.number)
    referents = [
        r
        for r in findings.referents.get(article.id, ())
        if (r.name.span.article_id, r.name.span.revision) == home
    ]
    return [
        replace(c, current=_holds(c, current), new=_holds(c, new))
        for c in find_candidates(revision.body, weights, referents)
        if not _holds(c, outdated)
    ]


def without_headline(text: Told, article: Article, headline: Passage) -> Told:
    """Return the text without the words that the headline has taken from it already."""
    span = headline.span
    if span.article_id != article.id:
        return text
    left = [c for c in text.candidates if span.field == "title" or c.start >= span.end]
    return replace(text, candidates=left, max_words=text.max_words - len(words(headline.words)))


def _bounds(passages: Iterable[Passage], revision: Revision) -> list[Bounds]:
    """Return where those of the passages that stand in the revision's body start and end."""
    home = (revision.article_id, revision.number, "body")
    spans = (passage.span for passage in passages)
    return [(s.start, s.end) for s in spans if (s.article_id, s.revision, s.field) == home]


def _found_again(passages: Iterable[Passage], revision: Revision) -> list[Bounds]:
    """Return where those of the article's passages start and end that the revision still has."""
    own = [p for p in passages if p.span.article_id == revision.article_id]
    kept = [p for p in own if p.span.field == "body" and p.span.revision != revision.number]
    starts = [(revision.body.find(p.words), len(p.words)) for p in kept]
    return [*_bounds(own, revision), *((at, at + n) for at, n in starts if at >= 0)]


def _holds(candidate: Candidate, bounds: Iterable[Bounds]) -> bool:
    return any(candidate.start < end and start < candidate.end for start, end in bounds)
