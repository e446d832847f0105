"""Finds what one outlet calls confirmed while another calls it unconfirmed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from bot.news import (
    MARKS,
    Article,
    Disagreement,
    FigureReport,
    FigureStanding,
    Origin,
    Passage,
    is_free_of_marks,
)
from bot.paragraphs import story_paragraphs
from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import Tokens, has_token, starts_with, tokens_of
from bot.stories.reports import originals
from bot.text import sentences
from bot.weights import WordWeights

MIN_WORDS: Final = 4
MAX_WORDS: Final = 25
"""Words of a claim: shorter ones say too little to be compared, longer ones to be printed."""
ALIKE: Final = 0.7
"""Likeness of two claims from which they are one; below, they may differ in what matters."""
SHARED: Final = 3
SOON: Final = timedelta(hours=24)
"""Time after which a confirmation is the next thing to happen, and no difference."""
ENDS: Final = MARKS | frozenset(",;:–—().!?")


@dataclass(frozen=True)
class Claim:
    """What stands behind "confirmed that", with its weighed stems and how sure it is said to be."""

    words: Passage
    outlet: str
    standing: FigureStanding
    at: datetime
    stems: Mapping[str, float]


def compare_claims(
    articles: Sequence[Article],
    words: FigureWords,
    weights: WordWeights,
    origins: Sequence[Origin] = (),
) -> tuple[Disagreement, ...]:
    """Return the claims that one voice calls confirmed and another, within a day, unconfirmed.

    Each claim is in one pair, the most alike first of those in order of time; reprints are left
    out. The result does not depend on the order of the articles.
    """
    own = [a for a in articles if originals(articles, origins)[a.id] is a]
    found = [c for a in own for c in _claims(a, words, weights)]
    found.sort(key=lambda c: (c.at, c.words.span.article_id, c.words.span.start))
    sure = [c for c in found if c.standing == "confirmed"]
    pairs = [(_alike(c, d), c, d) for c in sure for d in found if _may_pair(c, d)]
    pairs.sort(key=lambda pair: -pair[0])
    used: set[int] = set()
    kept = []
    for alike, one, other in pairs:
        if alike >= ALIKE and not used & {id(one), id(other)}:
            used |= {id(one), id(other)}
            kept.append(_printed(one, other))
    return tuple(kept)


def _may_pair(sure: Claim, other: Claim) -> bool:
    apart = abs(sure.at - other.at) < SOON and sure.outlet != other.outlet
    shared = sure.stems.keys() & other.stems.keys()
    return other.standing == "unconfirmed" and apart and len(shared) >= SHARED


def _alike(some: Claim, other: Claim) -> float:
    shared = sum(weight for stem, weight in some.stems.items() if stem in other.stems)
    return shared / sqrt(sum(some.stems.values()) * sum(other.stems.values()))


def _printed(one: Claim, other: Claim) -> Disagreement:
    first, second = sorted((one, other), key=lambda c: (c.at, c.words.span.article_id))
    reports = (FigureReport(c.words, c.outlet, None, c.standing) for c in (first, second))
    return Disagreement("standing", tuple(reports), topic="claim")


def _claims(article: Article, words: FigureWords, weights: WordWeights) -> Iterator[Claim]:
    if not words.ones or (article.language or "en").partition("-")[0].lower() != "en":
        return
    body = article.latest.body
    sure = (words.phrases["doubting"], words.phrases["confirming"])
    signs = frozenset(max(p, key=len) for some in sure for ps in some.values() for p in ps)
    for paragraph in story_paragraphs(body):
        if not has_token(body, paragraph.start, paragraph.end, signs, digits=False):
            continue
        for start, end in sentences(body, paragraph.start, paragraph.end):
            tokens = tokens_of(body, start, end)
            for first, last, standing in _spans(tokens, words):
                passage = article.latest.passage("body", tokens[first].start, tokens[last - 1].end)
                if _is_spoken(body, paragraph.start, passage):
                    continue
                stems = weights.stems(t.word for t in tokens[first:last])
                telling = weights.telling(stems, least=1.0)
                yield Claim(passage, article.outlet, standing, article.dated(), telling)


def _is_spoken(body: str, start: int, passage: Passage) -> bool:
    """Tell whether the claim stands in a quotation, whose words are not the outlet's, or cuts one.

    A paragraph that has had an odd number of marks has a quotation open.
    """
    marks = sum(body[at] in MARKS for at in range(start, passage.span.start))
    return marks % 2 == 1 or not is_free_of_marks(passage.words)


def _spans(tokens: Tokens, words: FigureWords) -> Iterator[tuple[int, int, FigureStanding]]:
    at = 0
    while at < len(tokens):
        doubted = starts_with(tokens, at, words.phrases["doubting"])
        sure = starts_with(tokens, at, words.phrases["confirming"])
        first = at + max(doubted, sure)
        last = _end(tokens, first) if first > at else first
        if MIN_WORDS <= last - first <= MAX_WORDS:
            yield first, last, "unconfirmed" if doubted or _denied(tokens, at) else "confirmed"
        at = max(at + 1, last)


def _denied(tokens: Tokens, at: int) -> bool:
    before = (t.word for t in tokens[max(0, at - 3) : at])
    return any(w in {"not", "never", "yet", "no"} or w.endswith("n't") for w in before)


def _end(tokens: Tokens, first: int) -> int:
    last = first
    while last < len(tokens) and tokens[last].text not in ENDS:
        last += 1
    return last
