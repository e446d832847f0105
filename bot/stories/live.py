"""A story that is still growing, with sums by which all its members are compared at once.

The mean likeness of an article to a story's members is its product with the sum of their terms, so
that a story of thousands costs no more than one of two.
"""

from collections.abc import Mapping
from heapq import nlargest
from math import fsum
from typing import Final

from bot.stories.traits import Traits

MAX_SUM_TERMS: Final = 1500
"""Terms of a story above which the lightest are dropped: a day of thousands of articles has no end
of words that stand in one of them."""
KEPT_SUM_TERMS: Final = 1000

FEW_TERMS: Final = 20
MANY_TERMS: Final = 60
"""Terms up to which a report is as short as can be, and from which it is as long as any."""

MANY_OF_FEW: Final = 10
"""Share, one in so many, from which sorting is faster than looking for the few heaviest: twice as
fast for 40 of 85."""

NOTHING: Final = 1e-9
"""What is left of a term's sum by rounding when the last article that has it is taken out."""

Sums = dict[str, float]


class LiveStory:
    """The members of a story by article id, in the order in which they came.

    `sums` and `square`, the square of its length, are of the `counted` members only: of the reports
    where there are any, otherwise of the headlines; `brevity` is their mean.
    Digests count nowhere, since what they tell of other events would glue stories together.
    """

    def __init__(self, story_id: str) -> None:
        self.id = story_id
        self._begin()

    def _begin(self) -> None:
        self.members: dict[str, Traits] = {}
        self.sums: Sums = {}
        self.counted = 0
        self.square = 0.0
        self.of_headlines = True
        self.dated = 0
        self.brevity = 0.0
        self._days: dict[int, int] = {}
        self._moments = 0.0

    @property
    def moment(self) -> float:
        """The mean date of the members, in days since 1970."""
        return self._moments / len(self.members)

    def add(self, article_id: str, traits: Traits) -> bool:
        """Take in an article; true if its terms now count."""
        self.members[article_id] = traits
        self._moments += traits.moment
        self._note_days(traits.days)
        is_report = traits.kind == "report"
        if traits.kind == "digest" or (self.counted and not self.of_headlines and not is_report):
            return False
        if is_report and self.of_headlines:
            self.sums, self.counted, self.square, self.of_headlines = {}, 0, 0.0, False
        self.brevity = (self.brevity * self.counted + brevity(traits)) / (self.counted + 1)
        self._sum(traits.terms)
        return True

    def remove(self, article_id: str) -> Traits:
        """Take an article out again, at the cost of one article, and return its traits.

        Raises:
            KeyError: it is no member.
        """
        traits = self.members.pop(article_id)
        self._moments -= traits.moment
        self._note_days(traits.days, -1)
        if traits.kind == ("headline" if self.of_headlines else "report"):
            if self.counted == 1:
                self._begin_anew()
            else:
                self.brevity = (self.brevity * self.counted - brevity(traits)) / (self.counted - 1)
                self._sum(traits.terms, -1)
        return traits

    def agreeing(self, days: frozenset[int]) -> int:
        """Return how many members name one of the days, or the day before or after it."""
        return max((self._days.get(day, 0) for day in days), default=0)

    def _begin_anew(self) -> None:
        """Take in the members as if nothing had been here: others of them may count now."""
        members = self.members
        self._begin()
        for article_id, traits in members.items():
            self.add(article_id, traits)

    def _note_days(self, days: frozenset[int], times: int = 1) -> None:
        self.dated += times * bool(days)
        for day in {near for named in days for near in (named - 1, named, named + 1)}:
            self._days[day] = self._days.get(day, 0) + times

    def _sum(self, terms: Mapping[str, float], times: int = 1) -> None:
        sums = self.sums
        self.square += 2 * times * product(terms, sums) + fsum(x * x for x in terms.values())
        if not sums:
            self.sums = dict(terms)
        for term, weight in terms.items() if sums else ():
            sums[term] = sums.get(term, 0.0) + times * weight
            if sums[term] < NOTHING:
                del sums[term]
        self.counted += times
        if len(self.sums) > MAX_SUM_TERMS:
            self.sums = heaviest(self.sums, KEPT_SUM_TERMS)
            self.square = fsum(x * x for x in self.sums.values())


def brevity(traits: Traits) -> float:
    """Return 1 for a report of a few lines, 0 for one of usual length."""
    short = (MANY_TERMS - len(traits.terms)) / (MANY_TERMS - FEW_TERMS)
    return min(1.0, max(0.0, short))


def product(some: Mapping[str, float], others: Mapping[str, float]) -> float:
    """Return the scalar product of two vectors of terms, exactly, so in whatever order."""
    return fsum([some[term] * others[term] for term in some.keys() & others.keys()])


def heaviest(terms: Mapping[str, float], count: int) -> Sums:
    """Return at most so many of the terms, those that weigh most."""
    if len(terms) <= count:
        return dict(terms)
    if count * MANY_OF_FEW < len(terms):
        return dict(nlargest(count, terms.items(), key=_by_weight))
    return dict(sorted(terms.items(), key=_by_weight, reverse=True)[:count])


def _by_weight(item: tuple[str, float]) -> tuple[float, str]:
    return item[1], item[0]
