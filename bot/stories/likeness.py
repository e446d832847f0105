"""How alike two articles are: the words that tell an event apart, and the days between them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from math import exp2, log, sqrt
from typing import Final

from bot.text import WORD
from bot.weights import WordWeights, term

Vector = dict[str, float]
Likenesses = dict[tuple[int, int], float]

TITLE_TIMES: Final = 2
"""How often the title counts: it names the event."""

LEAD_WORDS: Final = 300
"""Words of the body that are compared; what follows is mostly background, shared by many events."""

MIN_WEIGHT: Final = 1.0
"""A word that stands in more than e**-1 = 37 % of all articles says nothing of the event."""

HALF_LIFE: Final = timedelta(days=8)
"""Time between two articles that halves their likeness.

Measured with `tests/quality/test_stories.py`: half-lives of 4 to 15 days score alike; without one
the B³ score falls from .98 to .89.
"""

MIN_LIKENESS: Final = 0.02
"""Likenesses below this count as none, so that only few pairs need be remembered."""


def vector_of(title: str, told: str, weights: WordWeights) -> Vector:
    """Return the word stems of an article with their weights, scaled to length 1.

    `told` is the story without its furniture. Without any words the vector is empty.

    Source: term frequency 1 + ln n times inverse document frequency, cosine normalised.
    """
    lead = islice(WORD.finditer(told), LEAD_WORDS)
    counts = Counter(term(match.group(), weights.language) for match in lead)
    for stem in weights.stems(title):
        counts[stem] += TITLE_TIMES
    raw = {
        stem: weight * (1 + log(count))
        for stem, count in counts.items()
        if (weight := weights.weight(stem)) >= MIN_WEIGHT
    }
    length = sqrt(sum(value * value for value in raw.values()))
    return {stem: value / length for stem, value in raw.items()}


def likenesses(vectors: Sequence[Vector], dates: Sequence[datetime]) -> Likenesses:
    """Return how alike each pair is, from 0 to 1, by indexes (smaller first).

    Pairs that are less alike than `MIN_LIKENESS` are left out.

    Source: cosine of the vectors, found through an inverted index, halved after each `HALF_LIFE`.
    """
    found: Likenesses = {}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, vector in enumerate(vectors):
        cosines: defaultdict[int, float] = defaultdict(float)
        for stem, weight in vector.items():
            for other, other_weight in postings[stem]:
                cosines[other] += weight * other_weight
            postings[stem].append((index, weight))
        for other, cosine in cosines.items():
            likeness = cosine * exp2(-abs(dates[index] - dates[other]) / HALF_LIFE)
            if likeness >= MIN_LIKENESS:
                found[other, index] = likeness
    return found
