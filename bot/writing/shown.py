"""Decides what a model is shown of a story: numbered sentences, and statements to choose from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from bot.news import Article, Brief, Passage, Quote, Reference, Revision, Span, TextField
from bot.paragraphs import story_paragraphs
from bot.text import Bounds, sentences, words
from bot.weights import WordWeights
from bot.writing.candidates import (
    DATELINE,
    ENDING,
    FURNITURE,
    FURNITURE_PHRASES,
    MAX_SENTENCES,
    MIN_WORDS,
    find_candidates,
)
from bot.writing.keyquotes import choose_quotes
from bot.writing.quoted import quotations
from bot.writing.ranking import FADE, POSITION, Vector, cosine, vector_of
from bot.writing.texts import Findings, voices

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

    A title is sentence 0. `context` is more of its article, `vector` what it speaks of.
    """

    id: str
    passage: Passage
    article: Article
    context: str
    vector: Vector


@dataclass(frozen=True)
class Shown:
    """What a model is shown of one story, by id, in order."""

    sentences: Mapping[str, ShownSentence]
    quotes: Mapping[str, Quote]

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles whose words are shown."""
        shown = (sentence.article.id for sentence in self.sentences.values())
        quoted = (quote.article_id for quote in self.quotes.values())
        return tuple(dict.fromkeys((*shown, *quoted)))


def show_story(story: StoryToWrite, weights: WordWeights, *, max_tokens: int) -> Shown:
    """Return what fits of the story: the most central sentences, in the order of the sources list.

    One article of each text is shown; no sentence with an outdated figure, none from inside a
    longer quotation, none that tells in the brief what changed or what is unconfirmed, no
    furniture. `max_tokens` is counted as `CHARS_PER_TOKEN` says, for the sentences alone.
    """
    brief = story.base
    numbers = {r.article_id: n for n, r in enumerate(brief.references, start=1)}
    told = [p for s in (*brief.changed, *brief.unconfirmed) for p in s.passages()]
    hidden = (*story.findings.figures.outdated, *told)
    heard = sorted(voices(brief.story, story.articles), key=lambda article: numbers[article.id])
    found = [list(_sentences(a, numbers[a.id], weights, hidden)) for a in heard]
    centroid = _common(sentence.vector for shown in found for sentence in shown)
    fitting = _fitting(found, centroid, max_chars=CHARS_PER_TOKEN * max_tokens)
    statements = _listed(story.quotes, brief.references)
    chosen = choose_quotes(statements, centroid, weights, at_most=MAX_QUOTES)
    return Shown(
        {s.id: s for s in fitting},
        {f"Q{n}": quote for n, quote in enumerate(chosen, start=1)},
    )


def taken_alone(sentence: ShownSentence, weights: WordWeights) -> Passage | None:
    """Return what of the sentence may be taken over to stand alone; `None` if it may not.

    A title may not, nor what is mostly quotation, or is understood behind another sentence only.
    """
    span, text = sentence.passage.span, sentence.passage.words
    if span.field == "title":
        return None
    alone = [c for c in find_candidates(text, weights) if c.end == len(text) and not c.leans]
    if len(alone) != 1:
        return None
    start = span.start + alone[0].start
    cut = Span(span.article_id, span.revision, span.field, start, span.end)
    return Passage(cut, text[alone[0].start :])


def _sentences(
    article: Article, number: int, weights: WordWeights, hidden: Sequence[Passage]
) -> Iterator[ShownSentence]:
    """Return the article's title and sentences, in order; nothing of one without a sentence."""
    revision = article.latest
    context = f"{revision.title}\n{revision.body[:CONTEXT_CHARS]}"

    def shown(place: int, passage: Passage) -> ShownSentence:
        vector = vector_of(set(weights.stems(words(passage.words))), weights)
        return ShownSentence(f"A{number}.S{place}", passage, article, context, vector)

    unseen = _bounds(hidden, revision, "body")
    telling = [(n, b) for n, b in _telling(revision.body) if not _meets(b, unseen)]
    if telling and revision.title.strip() and not _bounds(hidden, revision, "title"):
        yield shown(0, revision.whole_title())
    for place, (start, end) in telling:
        yield shown(place, revision.passage("body", start, end))


def _telling(body: str) -> Iterator[tuple[int, Bounds]]:
    """Return the sentences that may be shown, each with its number in the article, from 1."""
    place = 0
    for paragraph in story_paragraphs(body):
        quoted = quotations(body, paragraph.start, paragraph.end)
        for start, end in sentences(body, paragraph.start, paragraph.end):
            place += 1
            if place > MAX_SENTENCES:
                return
            if _tells(body, start, end, quoted):
                dateline = DATELINE.match(body, start, end)
                yield place, (dateline.end() if dateline else start, end)


def _tells(body: str, start: int, end: int, quoted: Sequence[Bounds]) -> bool:
    """Tell whether a sentence is whole, with what is said of the quotations in it."""
    inside = [(a, b) for a, b in quoted if a < end and b > start]
    if any(a < start or b > end for a, b in inside):
        return False
    if end - start - sum(b - a for a, b in inside) < MIN_TOLD_CHARS:
        return False
    text = body[start:end]
    if not ENDING.search(text) or text.count(" ") + 1 < MIN_WORDS:
        return False
    lowered = text.lower()
    furniture = FURNITURE.match(text) or any(phrase in lowered for phrase in FURNITURE_PHRASES)
    return not furniture


def _bounds(passages: Iterable[Passage], revision: Revision, field: TextField) -> list[Bounds]:
    home = (revision.article_id, revision.number, field)
    spans = (passage.span for passage in passages)
    return [(s.start, s.end) for s in spans if (s.article_id, s.revision, s.field) == home]


def _meets(bounds: Bounds, others: Iterable[Bounds]) -> bool:
    start, end = bounds
    return any(start < b and a < end for a, b in others)


def _common(vectors: Iterable[Vector]) -> Vector:
    """Return what all the vectors speak of, scaled to length 1."""
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    length = sqrt(sum(value * value for value in total.values())) or 1.0
    return {stem: value / length for stem, value in total.items()}


def _fitting(
    found: Sequence[Sequence[ShownSentence]], centroid: Vector, *, max_chars: int
) -> list[ShownSentence]:
    """Return the most central sentences that fit together, in the order given."""
    scored = [
        (cosine(s.vector, centroid) + POSITION / (1 + FADE * place), s)
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
