"""Decides what is printed of a model's draft: each sentence, its repair, its source, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.news import Brief, Quote, Sentence, Written
from bot.text import words
from bot.weights import WordWeights
from bot.writing.judging import Judged
from bot.writing.keyquotes import distinct_statements
from bot.writing.page import Page
from bot.writing.replies import Line
from bot.writing.shown import Shown, ShownSentence, taken_alone

Verdict = Literal["kept", "repaired", "replaced", "dropped"]

MAX_HEADLINE_WORDS: Final = 20
MIN_SENTENCES: Final = 2
"""Below which a brief is filled with sentences of its sources."""


@dataclass(frozen=True)
class Ruling:
    """What became of a line of a model: the verdict, what is printed, and what was wrong."""

    verdict: Verdict
    line: Line
    sentence: Sentence | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rulings:
    """What became of a draft. `added` are sentences of sources that fill the brief."""

    headline: Ruling
    sentences: tuple[Ruling, ...]
    added: tuple[Sentence, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many lines had that verdict, the headline counted."""
        return sum(one.verdict == verdict for one in (self.headline, *self.sentences))

    @property
    def printed(self) -> tuple[Sentence, ...]:
        """The sentences of the brief, in order."""
        return (*(one.sentence for one in self.sentences if one.sentence), *self.added)


def needs_repair(judged: Judged) -> bool:
    """Tell whether a line says what its citations do not; one that copies them is taken over."""
    return judged.written is None and not judged.copied


def rule(
    headline: tuple[Judged, Judged | None],
    sentences: Sequence[tuple[Judged, Judged | None]],
    base: Brief,
    weights: WordWeights,
    *,
    max_words: int,
) -> Rulings:
    """Return what becomes of each line; beside it stands its repair, if the model mended it.

    A line that fails gives way to the cited sentence, marked as its outlet's, unless that stands
    there already or takes more than `max_words` from one article. The headline, and what fills a
    brief that is too short, are those of `base`, the story's extractive brief.
    """
    page = Page(weights, max_words)
    for sentence in (*base.changed, *base.unconfirmed):
        page.set(sentence)
    head = _head(*headline, base)
    page.set_headline(head.sentence or base.headline)
    rulings = tuple(_ruled(judged, repair, page, weights) for judged, repair in sentences)
    told = sum(ruling.sentence is not None for ruling in rulings)
    return Rulings(head, rulings, tuple(_fill(base, page, MIN_SENTENCES - told)))


def chosen_quotes(
    ids: Sequence[str], shown: Shown, base: Brief, *, at_most: int
) -> tuple[Quote, ...]:
    """Return the statements that were chosen by their ids, each once, in the order chosen.

    Without any that exists, and where all are printed (`at_most` is 0), those of `base`.
    """
    if not at_most:
        return base.quotes
    known = dict.fromkeys(i for i in ids if i in shown.quotes)
    chosen = distinct_statements([shown.quotes[i] for i in known])
    return chosen[:at_most] or base.quotes


def _head(judged: Judged, repair: Judged | None, base: Brief) -> Ruling:
    for verdict, one in _written(judged, repair):
        if len(words(one.text)) <= MAX_HEADLINE_WORDS:
            return Ruling(verdict, judged.line, Sentence((one,)), judged.reasons)
    reasons = judged.reasons or (f"is longer than {MAX_HEADLINE_WORDS} words",)
    return Ruling("replaced", judged.line, base.headline, reasons)


def _written(judged: Judged, repair: Judged | None) -> Iterator[tuple[Verdict, Written]]:
    if judged.written:
        yield "kept", judged.written
    elif repair and repair.written:
        yield "repaired", repair.written


def _ruled(judged: Judged, repair: Judged | None, page: Page, weights: WordWeights) -> Ruling:
    reasons = judged.reasons
    for verdict, sentence in _options(judged, repair, weights):
        if refusal := page.refuses(sentence):
            reasons = (*reasons, refusal)
        else:
            page.set(sentence)
            return Ruling(verdict, judged.line, sentence, reasons)
    return Ruling("dropped", judged.line, None, reasons)


def _options(
    judged: Judged, repair: Judged | None, weights: WordWeights
) -> Iterator[tuple[Verdict, Sentence]]:
    """Return what may be printed for the line, the best first; for one that is good, only it."""
    for verdict, written in _written(judged, repair):
        yield verdict, Sentence((written,))
    if judged.written is None:
        for cited in _nearest(judged):
            if passage := taken_alone(cited, weights):
                yield "replaced", Sentence.taken(passage, cited.article.outlet)


def _nearest(judged: Judged) -> list[ShownSentence]:
    """Return the cited sentences, the one most like the line first."""
    said = {word.casefold() for word in words(judged.line.text)}

    def likeness(cited: ShownSentence) -> float:
        its = {word.casefold() for word in words(cited.passage.words)}
        return len(said & its) / len(its)

    return sorted(judged.cites, key=likeness, reverse=True)


def _fill(base: Brief, page: Page, missing: int) -> Iterator[Sentence]:
    for sentence in base.sentences:
        if missing <= 0:
            return
        if not page.refuses(sentence):
            page.set(sentence)
            missing -= 1
            yield sentence
