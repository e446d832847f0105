"""How alike two articles are: the words that tell an event apart, and the days between them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import compress
from math import exp2, log, sqrt
from typing import Final, NamedTuple

from bot.text import words
from bot.weights import WordWeights

Vector = dict[str, float]
Likenesses = dict[tuple[int, int], float]

TITLE_TIMES: Final = 2
"""How often the title counts: it names the event."""

LEAD_WORDS: Final = 300
"""Words of the body that are compared; what follows is mostly background, shared by many events."""
LEAD_CHARS: Final = 12 * LEAD_WORDS
"""Characters in which that many words stand, in any language that parts its words."""

MIN_WEIGHT: Final = 1.0
"""A word that stands in more than e**-1 = 37 % of all articles says nothing of the event."""

MAX_STEMS: Final = 90
"""Stems of an article that are compared, the heaviest; more of them change no score."""

MIN_LISTED: Final = 0.38
"""Share of listed words below which a text is not in the language of the weights.

In the shared articles English texts have .48 and more, those in other languages .28 and less.
"""

MIN_JUDGED: Final = 20
"""Different words below which a text, such as a headline, is not judged by that share."""

HALF_LIFE: Final = timedelta(days=8)
"""Time between two articles that halves their likeness.

Measured with `tests/quality/test_stories.py`: half-lives of 4 to 15 days score alike; without one
the B³ score falls from .98 to .89.
"""

MIN_LIKENESS: Final = 0.05
"""Likenesses below this count as none, so that only few pairs need be remembered."""


class Telling(NamedTuple):
    """What is compared of an article; `told` is its story without furniture."""

    title: str
    told: str
    dated: datetime
    language: str = ""


def vectors_of(tellings: Sequence[Telling], weights: WordWeights) -> list[Vector]:
    """Return the word stems of each article with their weights, scaled to length 1.

    Texts in a language that the weights do not know are weighed against one another instead: a word
    says the more, the fewer of them have it. Where nothing tells a text apart its vector is empty.

    Source: term frequency 1 + ln n times inverse document frequency, cosine normalised.
    """
    counted = [_count(telling, weights) for telling in tellings]
    foreign = [_is_foreign(counts, weights) for counts in counted]
    pools: defaultdict[str, list[Counter[str]]] = defaultdict(list)
    for telling, counts in compress(zip(tellings, counted, strict=True), foreign):
        pools[telling.language].append(counts)
    own = {language: _weights_among(pool) for language, pool in pools.items()}
    return [
        _vector(counts, own[telling.language].telling(counts, least=0.0))
        if is_foreign
        else _vector(counts, weights.telling(counts, least=MIN_WEIGHT))
        for telling, counts, is_foreign in zip(tellings, counted, foreign, strict=True)
    ]


def likenesses(vectors: Sequence[Vector], tellings: Sequence[Telling]) -> Likenesses:
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
            apart = abs(tellings[index].dated - tellings[other].dated)
            likeness = cosine * exp2(-apart / HALF_LIFE)
            if likeness >= MIN_LIKENESS:
                found[other, index] = likeness
    return found


def _count(telling: Telling, weights: WordWeights) -> Counter[str]:
    lead = words(telling.told[:LEAD_CHARS])[:LEAD_WORDS]
    counts = Counter(weights.stems(lead))
    for stem in weights.stems(words(telling.title)):
        counts[stem] += TITLE_TIMES
    return counts


def _is_foreign(counts: Counter[str], weights: WordWeights) -> bool:
    if len(counts) < MIN_JUDGED:
        return False
    listed = sum(count for stem, count in counts.items() if stem in weights.weights)
    return listed < MIN_LISTED * counts.total()


def _weights_among(pool: Sequence[Counter[str]]) -> WordWeights:
    spread = Counter(stem for counts in pool for stem in counts)
    weights = {stem: log((1 + len(pool)) / count) for stem, count in spread.items()}
    return WordWeights("", weights, unlisted=0.0)


def _vector(counts: Counter[str], weights: Mapping[str, float]) -> Vector:
    raw = [(weight * (1 + log(counts[stem])), stem) for stem, weight in weights.items()]
    heaviest = nlargest(MAX_STEMS, raw)
    length = sqrt(sum(value * value for value, _ in heaviest))
    return {stem: value / length for value, stem in heaviest if value}
