"""Tells whether two figures of one name speak of the same thing, by the words around them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf, sqrt
from typing import Final

from bot.stories.reports import Report, same_day, same_place
from bot.weights import WordWeights

ABOUT_ALIKE: Final = {"thing": 0.5, "share": 0.4, "money": 0.35, "measure": 0.35, "date": 0.4}
"""Likeness of the words around two figures from which they speak of the same thing."""
SHARED: Final = 2
"""Words besides the subject that two such figures must share at least."""
CROWD: Final = 0.6
"""The same for figures of people of whom no topic is told, which are many things."""
UNNAMED: Final = frozenset({"share", "money", "measure"})
"""Kinds of figures that can be of one thing though the articles name it differently, or not."""
UNNAMED_ALIKE: Final = 0.55
"""The same for those."""
DONE: Final = 0.7
"""What is left of it where the same is done to both."""
ONE_SIDED: Final = 0.6
"""The same where it is known only of one what is done."""
LARGE: Final = 100
NEAR_FACTOR: Final = 1.6
FAR_FACTOR: Final = 4.0
DOUBLE: Final = 2.0
DOUBLE_ALIKE: Final = 0.6
"""The same for two numbers of which one is more than double the other."""
FAR_ALIKE: Final = 0.7
"""The same for two numbers that are far from each other, which are seldom of one thing."""
TELLING_ALIKE: Final = 0.15
"""The same for two large numbers of the same things that are near each other."""


class Likeness:
    """How alike the words around figures are, those rare in this story counting more."""

    def __init__(self, reports: Sequence[Report], weights: WordWeights) -> None:
        self.weights = weights
        self.spread = Counter(s for r in reports for s in r.stated.about)
        self.reports = len(reports)

    def speak_of_one(self, some: Report, other: Report) -> bool:
        """Tell whether two reports of one key speak of the same thing, place and day."""
        kind = some.stated.kind
        if not same_place(some, other) or (kind != "topic" and not same_day(some, other)):
            return False
        if kind in {"topic", "magnitude"}:
            return _same_period(some, other)
        if kind == "score":
            return some.article_id != other.article_id
        return _may_be_one(some, other) and self._alike(some, other)

    def _alike(self, some: Report, other: Report) -> bool:
        shared = some.stated.about & other.stated.about
        if _is_telling(some, other) and not _is_one_sided(some, other):
            return bool(shared) and self._cosine(some, other) >= TELLING_ALIKE
        least = max(_least(some, other), _least_for(_ratio(some, other)))
        return len(shared) >= SHARED and self._cosine(some, other) >= least

    def fits(self, report: Report, group: Sequence[Report]) -> bool:
        """Tell whether a report speaks of the same thing as a group: as one of it, against none."""
        if report.stated.kind == "topic":
            return all(self.speak_of_one(report, r) for r in group)
        return any(self.speak_of_one(report, r) for r in group) and all(
            same_place(report, r) and same_day(report, r) and _may_be_one(report, r) for r in group
        )

    def mean(self, report: Report, group: Sequence[Report]) -> float:
        """Return how alike a report is to those of a group, from 0 to 1."""
        return sum(self._cosine(report, r) for r in group) / len(group)

    def _cosine(self, some: Report, other: Report) -> float:
        a, b = some.stated.about, other.stated.about
        lengths = self._square(a) * self._square(b)
        return self._square(a & b) / sqrt(lengths) if lengths else 0.0

    def _square(self, stems: Iterable[str]) -> float:
        known = self.weights.weights
        return sum(known.get(s, self.weights.unlisted) for s in stems)


def _may_be_one(some: Report, other: Report) -> bool:
    """Tell whether neither what is done to them nor their names tell two figures apart."""
    done = some.stated.deeds, other.stated.deeds
    if all(done) and not done[0] & done[1]:
        return False
    if not _same_period(some, other):
        return False
    if _is_vague(some, other) and _ratio(some, other) > DOUBLE:
        return False
    names = some.figure.subject, other.figure.subject
    if some.stated.kind == "share" and not (some.figure.counted and other.figure.counted):
        return any(names)
    return not all(names) or names[0] == names[1]


def _least_for(ratio: float) -> float:
    """Return how alike the words around two numbers are at least, one so many times the other."""
    if ratio > FAR_FACTOR:
        return FAR_ALIKE
    return DOUBLE_ALIKE if ratio > DOUBLE else 0.0


def _same_period(some: Report, other: Report) -> bool:
    periods = some.stated.period, other.stated.period
    return "" in periods or periods[0] == periods[1]


def _least(some: Report, other: Report) -> float:
    """Return how alike the words around two figures of one thing are at least."""
    least = CROWD if some.figure.subject == "peopl" else ABOUT_ALIKE[some.stated.kind]
    named = some.figure.subject and some.figure.subject == other.figure.subject
    if some.stated.kind in UNNAMED and not named:
        return max(least, UNNAMED_ALIKE)
    if _is_one_sided(some, other):
        return max(least, ONE_SIDED)
    return least * DONE if some.stated.deeds & other.stated.deeds else least


def _is_vague(some: Report, other: Report) -> bool:
    """Tell whether no name of what is told ties two figures: other numbers are of other things."""
    named = some.figure.subject and some.figure.subject == other.figure.subject
    return some.stated.kind == "thing" or (some.stated.kind in UNNAMED and not named)


def _is_one_sided(some: Report, other: Report) -> bool:
    """Tell whether only of one it is known what is done to the things that it counts."""
    return bool(some.stated.deeds) != bool(other.stated.deeds)


def _is_telling(some: Report, other: Report) -> bool:
    """Tell whether both are large and near: such numbers seldom count two things of one name."""
    least = min(r.stated.quantity.point for r in (some, other))
    count = not some.stated.quantity.unit
    return count and least >= LARGE and _ratio(some, other) <= NEAR_FACTOR


def _ratio(some: Report, other: Report) -> float:
    low, high = sorted(abs(r.stated.quantity.point) for r in (some, other))
    return high / low if low else inf
