"""Chooses the sentences that say most of a story: central, early, and each with something new."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp2, log, sqrt
from typing import Final

from bot.text import words
from bot.weights import WordWeights
from bot.writing.candidates import Candidate

Vector = Mapping[str, float]

MIN_WEIGHT: Final = 1.0
"""A word that stands in more than e**-1 = 37 % of all articles does not tell sentences apart."""
POSITION: Final = 0.5
"""What being the first sentence is worth, beside a centrality of 0 to 1."""
FADE: Final = 0.1
"""The sentence n places further down has 1 / (1 + FADE n) of that."""
ON_TOPIC: Final = 0.2
"""Centrality below which a place near the top is worth less: some openings tell of the weather."""
REPEAT: Final = 0.3
"""What being like a chosen sentence costs, at a likeness of 1."""
MAX_LIKENESS: Final = 0.6
"""Likeness from which a sentence only repeats a chosen one."""
AGAIN: Final = 0.05
"""What it costs that a sentence of the same text is chosen already: several voices tell more."""
ADDRESS: Final = 0.1
"""What speaking to the reader costs."""
CURRENT: Final = 0.1
"""What a figure is worth that has replaced an older one: it is news."""
OUTDATED: Final = 0.20
"""What a text costs whose news is old; half of it after `NEWS_HOURS` behind the newest text."""
NEWS_HOURS: Final = 12.0
LONG: Final = 30
LENGTH_COST: Final = 0.01
"""What each word beyond the first `LONG` costs."""


@dataclass(frozen=True)
class Told:
    """One text of the story: title, candidates, how many words may be taken, and how late it is.

    `hours_behind` counts from the newest text of the story; it is never negative.
    """

    title: str
    candidates: Sequence[Candidate]
    max_words: int
    hours_behind: float = 0.0


@dataclass(frozen=True)
class Choice:
    """A sentence of the text with that index, with its words weighed and its score."""

    text: int
    candidate: Candidate
    vector: Vector
    score: float
    hours_behind: float = 0.0


def choose(texts: Sequence[Told], weights: WordWeights, *, sentences: int) -> tuple[Choice, ...]:
    """Return at most so many sentences in reading order (see `Pool`)."""
    return in_order(Pool(texts, weights).pick(sentences))


class Pool:
    """The sentences of a story, from which the most telling are picked, each with something new.

    Source: similarity to the centroid (Radev et al., 2004) with position, chosen by maximal
    marginal relevance (Carbonell & Goldstein, 1998).
    """

    def __init__(self, texts: Sequence[Told], weights: WordWeights) -> None:
        """Weigh every sentence once."""
        self.texts = texts
        self.choices = _weighed(texts, weights)

    def pick(
        self, at_most: int, where: Callable[[Choice], bool] = bool, told: Sequence[Choice] = ()
    ) -> tuple[Choice, ...]:
        """Return at most so many sentences of those asked for, the most telling first.

        What they say is not said by those `told` already, whose words count towards what may be
        taken of their text. A sentence that leans on the one before it is picked only behind that
        one, or when nothing else can be said at all.
        """
        pool = [choice for choice in self.choices if where(choice)]
        chosen: list[Choice] = []
        while len(chosen) < at_most and (best := _next(pool, chosen, told, self.texts)):
            chosen.append(best)
        return tuple(chosen)


def in_order(chosen: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the sentences in the order of what they tell: older reports first.

    Of equally old texts the one that tells most comes first. The sentences of a text stay together
    and in its order. Nobody so reads the aftermath before the event; what is newest stands in the
    headline.
    """
    order = list(dict.fromkeys(c.text for c in chosen))
    return tuple(sorted(chosen, key=lambda c: (-c.hours_behind, order.index(c.text), _number(c))))


def vector_of(stems: Iterable[str], weights: WordWeights) -> Vector:
    """Return the weights of the stems that tell something, scaled to length 1."""
    return _scaled(weights.telling(stems, least=MIN_WEIGHT))


def centroid_of(texts: Sequence[Told], weights: WordWeights) -> Vector:
    """Return what all texts speak of, each counting the same, scaled to length 1.

    Within a text a stem counts 1 + ln n for the n sentences, its title among them, that have it.
    """
    total: dict[str, float] = {}
    for text in texts:
        title = weights.stems(words(text.title))
        counts = Counter(chain(title, *(c.stems for c in text.candidates)))
        for stem, weight in vector_of(counts, weights).items():
            total[stem] = total.get(stem, 0.0) + weight * (1 + log(counts[stem]))
    return _scaled(total)


def outdated_by(hours: float) -> float:
    """Return what news costs that is so many hours behind the newest, from 0 to `OUTDATED`."""
    return OUTDATED * (1 - exp2(-hours / NEWS_HOURS))


def cosine(some: Vector, other: Vector) -> float:
    """Return how alike two vectors of length 1 are, from 0 to 1."""
    return sum(value * other.get(stem, 0.0) for stem, value in some.items())


def _scaled(raw: Vector) -> Vector:
    length = sqrt(sum(value * value for value in raw.values()))
    return {stem: value / length for stem, value in raw.items()}


def _weighed(texts: Sequence[Told], weights: WordWeights) -> list[Choice]:
    centroid = centroid_of(texts, weights)
    pool = []
    for index, text in enumerate(texts):
        outdated = outdated_by(text.hours_behind)
        for candidate in text.candidates:
            vector = vector_of(candidate.stems, weights)
            score = _score(candidate, cosine(vector, centroid)) - outdated
            pool.append(Choice(index, candidate, vector, score, text.hours_behind))
    return pool


def _score(candidate: Candidate, centrality: float) -> float:
    early = POSITION / (1 + FADE * candidate.number) * min(1.0, centrality / ON_TOPIC)
    too_long = LENGTH_COST * max(0, candidate.length - LONG)
    current = CURRENT if candidate.current else 0.0
    return centrality + early + current - too_long - (ADDRESS if candidate.addresses else 0)


def _next(
    pool: Sequence[Choice], chosen: Sequence[Choice], told: Sequence[Choice], texts: Sequence[Told]
) -> Choice | None:
    """Return the best sentence that may follow; the first of the pool among equals."""
    said = (*told, *chosen)
    places = {(c.text, _number(c)) for c in said}
    spent: Counter[int] = Counter()
    for choice in said:
        spent[choice.text] += choice.candidate.length
    room = [
        c
        for c in pool
        if spent[c.text] + c.candidate.length <= texts[c.text].max_words
        and (c.text, _number(c)) not in places
    ]
    grounded = [c for c in room if not c.candidate.leans or _follows(c, chosen)]
    gains = []
    for choice in grounded if grounded or said else room:
        likeness = max((cosine(choice.vector, c.vector) for c in said), default=0.0)
        if likeness < MAX_LIKENESS:
            again = AGAIN if spent[choice.text] else 0.0
            if choice.candidate.current and any(c.candidate.current for c in said):
                again += CURRENT  # the new figure is told already
            gains.append((choice.score - REPEAT * likeness - again, choice))
    return max(gains, key=lambda gain: gain[0])[1] if gains else None


def _follows(choice: Choice, chosen: Sequence[Choice]) -> bool:
    return any(c.text == choice.text and _number(c) + 1 == _number(choice) for c in chosen)


def _number(choice: Choice) -> int:
    return choice.candidate.number
