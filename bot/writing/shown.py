"""Decides what a model is shown of a story: numbered sentences, and statements to choose from."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.news import Article, Brief, Passage, Quote, Reference, Revision, TextField
from bot.paragraphs import story_paragraphs
from bot.text import Bounds, sentences, words
from bot.weights import WordWeights
from bot.writing.candidates import (
    ENDING,
    FURNITURE,
    MAX_SENTENCES,
    MIN_WORDS,
    Candidate,
)
from bot.writing.keyquotes import choose_quotes
from bot.writing.quoted import quotations
from bot.writing.ranking import FADE, POSITION, Vector, centroid_of, cosine, vector_of
from bot.writing.texts import Findings, texts_of, voices

MAX_QUOTES: Final = 12
"""Statements that a model may choose from."""
CHARS_PER_TOKEN: Final = 4
"""Of English in common tokenisers; a model's own count is what is paid for."""
CONTEXT_CHARS: Final = 1500
"""Of an article's body, from its start: where people and bodies are introduced by their names."""
MIN_TOLD_CHARS: Final = 12
"""Characters outside quotation that say who spoke."""
LINE_CHARS: Final = 12
"""Characters that a sentence's id and its line take."""


@dataclass(frozen=True)
class StoryToWrite:
    """What is known of a story before a model is asked: its extractive brief, and its sources."""

    base: Brief
    articles: Mapping[str, Article]
    quotes: Mapping[str, Sequence[Quote]]
    findings: Findings


@dataclass(frozen=True)
class ShownSentence:
    """A sentence under the id by which a model cites it: A1.S4, the fourth of source number 1.

    A title is sentence 0. `context` is more of its article. `may_be_taken` tells whether it reads
    well alone.
    """

    id: str
    passage: Passage
    outlet: str
    dated: datetime
    context: str
    stems: frozenset[str]
    may_be_taken: bool


@dataclass(frozen=True)
class Shown:
    """What a model is shown of one story, by id, in order; and what its articles speak of."""

    sentences: Mapping[str, ShownSentence]
    quotes: Mapping[str, Quote]
    centroid: Vector

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles whose words are shown."""
        shown = (s.passage.span.article_id for s in self.sentences.values())
        quoted = (quote.article_id for quote in self.quotes.values())
        return tuple(dict.fromkeys((*shown, *quoted)))


def show_story(story: StoryToWrite, weights: WordWeights, *, max_tokens: int) -> Shown:
    """Return what fits of the story: the most central sentences, in the order of the sources list.

    One article of each text is shown; no sentence with an
    outdated figure, none from inside a longer quotation, none that tells in the brief what changed
    or what is unconfirmed, no furniture. `max_tokens` is counted as `CHARS_PER_TOKEN` says, for the
    sentences alone.
    """
    brief, articles, findings = story.base, story.articles, story.findings
    numbers = {r.article_id: n for n, r in enumerate(brief.references, start=1)}
    heard = sorted(voices(brief.story, articles), key=lambda article: numbers[article.id])
    texts = texts_of(heard, weights, findings, max_words=0)
    centroid = centroid_of(texts, weights)
    told = [p for s in (*brief.changed, *brief.unconfirmed) for p in s.passages()]
    hidden = (*findings.figures.outdated, *told)
    found = [
        _sentences(_about(article, numbers[article.id]), text.candidates, weights, hidden)
        for article, text in zip(heard, texts, strict=True)
    ]
    fitting = _fitting(found, centroid, weights, max_chars=CHARS_PER_TOKEN * max_tokens)
    statements = _listed(story.quotes, brief.references)
    chosen = choose_quotes(statements, centroid, weights, at_most=MAX_QUOTES)
    return Shown(
        {s.id: s for s in fitting},
        {f"Q{n}": quote for n, quote in enumerate(chosen, start=1)},
        centroid,
    )


@dataclass(frozen=True)
class _About:
    """What all sentences of an article share."""

    article: Article
    number: int
    context: str

    def shown(self, place: int, passage: Passage, stems: frozenset[str]) -> ShownSentence:
        article = self.article
        return ShownSentence(
            f"A{self.number}.S{place}",
            passage,
            article.outlet,
            article.dated(),
            self.context,
            stems,
            may_be_taken=False,
        )


def _about(article: Article, number: int) -> _About:
    revision = article.latest
    return _About(article, number, f"{revision.title}\n{revision.body[:CONTEXT_CHARS]}")


def _sentences(
    about: _About,
    candidates: Sequence[Candidate],
    weights: WordWeights,
    hidden: Sequence[Passage],
) -> list[ShownSentence]:
    """Return the article's title and sentences, in order; nothing of one without a sentence."""
    revision = about.article.latest
    unseen = _bounds(hidden, revision, "body")
    takeable = {c.end: c for c in candidates}
    shown = []
    for place, bounds in _telling(revision.body, takeable):
        candidate = takeable.get(bounds[1])
        start, end = (candidate.start, candidate.end) if candidate else bounds
        if _meets(start, end, unseen):
            continue
        passage = revision.passage("body", start, end)
        stems = candidate.stems if candidate else _stems(passage.words, weights)
        sentence = about.shown(place, passage, stems)
        shown.append(replace(sentence, may_be_taken=_stands_alone(candidate)))
    if not shown or not revision.title.strip() or _bounds(hidden, revision, "title"):
        return shown
    title = revision.whole_title()
    return [about.shown(0, title, _stems(title.words, weights)), *shown]


def _stands_alone(candidate: Candidate | None) -> bool:
    """Tell whether the sentence may be taken over as it is, without a name for a pronoun."""
    return candidate is not None and not (candidate.leans or candidate.pronoun)


def _telling(body: str, takeable: Container[int]) -> Iterator[tuple[int, Bounds]]:
    """Return the sentences that may be shown, each with its number in the article, from 1.

    Beside those that may be taken, by their ends, these are sentences that hold a whole quotation
    with what is said of it, such as who spoke: they may be told in other words.
    """
    place = 0
    for paragraph in story_paragraphs(body):
        quoted = quotations(body, paragraph.start, paragraph.end)
        for start, end in sentences(body, paragraph.start, paragraph.end):
            place += 1
            if place > MAX_SENTENCES:
                return
            if end in takeable or _speaks(body, start, end, quoted):
                yield place, (start, end)


def _speaks(body: str, start: int, end: int, quoted: Sequence[Bounds]) -> bool:
    inside = [(a, b) for a, b in quoted if a < end and b > start]
    whole = bool(inside) and all(start <= a and b <= end for a, b in inside)
    if not whole or end - start - sum(b - a for a, b in inside) < MIN_TOLD_CHARS:
        return False
    text = body[start:end]
    return bool(ENDING.search(text)) and not FURNITURE.match(text) and len(words(text)) >= MIN_WORDS


def _stems(text: str, weights: WordWeights) -> frozenset[str]:
    return frozenset(weights.stems(words(text)))


def _bounds(passages: Iterable[Passage], revision: Revision, field: TextField) -> list[Bounds]:
    home = (revision.article_id, revision.number, field)
    spans = (passage.span for passage in passages)
    return [(s.start, s.end) for s in spans if (s.article_id, s.revision, s.field) == home]


def _meets(start: int, end: int, bounds: Iterable[Bounds]) -> bool:
    return any(start < b and a < end for a, b in bounds)


def _fitting(
    found: Sequence[Sequence[ShownSentence]],
    centroid: Vector,
    weights: WordWeights,
    *,
    max_chars: int,
) -> list[ShownSentence]:
    """Return the most central sentences that fit together, in the order given."""
    scored = [
        (cosine(vector_of(s.stems, weights), centroid) + POSITION / (1 + FADE * place), s)
        for shown in found
        for place, s in enumerate(shown)
    ]
    fitting, left = set(), max_chars
    for _, sentence in sorted(scored, key=lambda pair: -pair[0]):
        length = len(sentence.passage.words) + LINE_CHARS
        if length <= left:
            fitting.add(sentence.id)
            left -= length
    return [s for _, s in scored if s.id in fitting]


def _listed(
    quotes: Mapping[str, Sequence[Quote]], references: Sequence[Reference]
) -> Iterator[Quote]:
    """Return the statements of the listed revisions, in the order of list and text."""
    for reference in references:
        home = (reference.article_id, reference.revision)
        for quote in quotes.get(reference.article_id, ()):
            span = quote.pieces[0].span
            if quote.use == "statement" and (span.article_id, span.revision) == home:
                yield quote
