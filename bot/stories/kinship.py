"""Decides how near an article is to a story, two stories or two articles; 1 means one event.

Evidence are the words (names and figures among them), the days that the texts name, and the time
between them. A headline alone says less than a report, so that one headline needs more in common
with another than two groups of headlines, whose chance words have averaged out.
"""

from collections.abc import Mapping
from math import exp2, log2, sqrt
from typing import Final

from bot.stories.live import LiveStory, brevity, heaviest, product
from bot.stories.traits import Traits

SAME_EVENT: Final = 0.27
"""Mean cosine of reports from which they tell of one event.

Measured with `tests/quality/test_stories.py`: .26 to .30 score within .01 of each other. Below,
events of one topic run together; above, events fall apart.
"""

SHORT_MORE: Final = 0.4
"""Share by which a report of a few lines must be nearer: the name of its place alone makes up much
of it. In our own set of short reports those of one event have 1.6 times that and more."""

DIGEST_MORE: Final = 0.6
"""Share by which a digest must be nearer to belong to a story, and not just mention its event."""

FEW_HEADLINES: Final = 2
SHARED_TERMS: Final = 3
MUCH_ALIKE: Final = 0.6
"""A headline and so few others must share that many terms, unless their cosine is so high: a place
and a trade are in the headlines of many events.
"""

OTHER_DAYS: Final = 0.4
"""Share of the likeness that is lost where both texts name days and none of the one is near one of
the other. Of pairs that tell of one event 4 % do so, of others that are much alike 88 %.
"""

HEADLINES: Final = 0.38
HEADLINES_DOUBLING: Final = 0.05
MIN_HEADLINES: Final = 0.13
"""Cosine from which two headlines tell of one event; less by the second value for each doubling of
either side's number, and never below the third.
"""

KEY_TERMS: Final = 5
"""The heaviest terms of a group of headlines, of which another group must share one: a market that
falls because of a war is in the headlines of both, and they are two events.
"""

HEADLINE_OF_REPORT: Final = 0.24
"""Cosine from which a headline without a body tells of the event of reports."""


Headlines = tuple[Mapping[str, float], int]
"""The summed terms of headlines, and their number."""


class Kinship:
    """The measure with its window: likeness is halved at `window_days`; `None` means at no time."""

    def __init__(self, window_days: float | None) -> None:
        self.window_days = window_days

    def fading(self, days_apart: float) -> float:
        """Return 1 for articles of one moment, .5 after a window, .06 after two.

        Source: a Gaussian, w = 2 ** -(days / window) ** 2: a development of the next day is hardly
        set back, and there is no edge.
        """
        if self.window_days is None:
            return 1.0
        return exp2(-((days_apart / self.window_days) ** 2))

    def of_articles(self, one: Traits, other: Traits) -> float:
        """Return how near two reports are."""
        likeness = product(one.terms, other.terms) * self.fading(abs(one.moment - other.moment))
        if one.days and other.days and not _near(one.days, other.days):
            likeness *= 1 - OTHER_DAYS
        return likeness / _least_for_reports(brevity(one), brevity(other))

    def of_article(self, traits: Traits, story: LiveStory) -> float:
        """Return how near an article is to the members of a story on average."""
        fading = self.fading(abs(traits.moment - story.moment))
        if not story.counted or not fading:
            return 0.0
        likeness = product(traits.terms, story.sums) * fading
        if traits.days and story.dated:
            differing = max(0, story.dated - story.agreeing(traits.days))
            likeness *= 1 - OTHER_DAYS * differing / len(story.members)
        if traits.kind != "headline" and not story.of_headlines:
            least = _least_for_reports(brevity(traits), story.brevity)
            least *= 1 + DIGEST_MORE * (traits.kind == "digest")
            return likeness / story.counted / least
        cosine = likeness / sqrt(story.square)
        if traits.kind != "headline" or not story.of_headlines:
            return cosine / HEADLINE_OF_REPORT
        return _of_headlines(cosine, (traits.terms, 1), (story.sums, story.counted))

    def of_stories(self, one: LiveStory, other: LiveStory) -> float:
        """Return how near the members of two stories are on average."""
        fading = self.fading(abs(one.moment - other.moment))
        if not (one.counted and other.counted and fading):
            return 0.0
        likeness = product(one.sums, other.sums) * fading
        likeness *= 1 - OTHER_DAYS * _share_of_other_days(one, other)
        if not (one.of_headlines or other.of_headlines):
            least = _least_for_reports(one.brevity, other.brevity)
            return likeness / (one.counted * other.counted) / least
        cosine = likeness / sqrt(one.square * other.square)
        if one.of_headlines and other.of_headlines:
            return _of_headlines(cosine, (one.sums, one.counted), (other.sums, other.counted))
        return cosine / HEADLINE_OF_REPORT


def _least_for_reports(some: float, others: float) -> float:
    return SAME_EVENT * (1 + SHORT_MORE * max(some, others))


def _of_headlines(cosine: float, one: Headlines, other: Headlines) -> float:
    """Return how near two groups of headlines are, given their cosine."""
    (some, count), (others, other_count) = sorted((one, other), key=lambda entry: entry[1])
    if count > 1:
        is_enough = bool(heaviest(some, KEY_TERMS).keys() & heaviest(others, KEY_TERMS).keys())
    elif other_count <= FEW_HEADLINES and cosine < MUCH_ALIKE:
        is_enough = len(some.keys() & others.keys()) >= SHARED_TERMS
    else:
        is_enough = True
    if not is_enough:
        return 0.0
    least = HEADLINES - HEADLINES_DOUBLING * log2(count * other_count)
    return cosine / max(MIN_HEADLINES, least)


def _near(some: frozenset[int], others: frozenset[int]) -> bool:
    return any(day in others or day - 1 in others or day + 1 in others for day in some)


def _share_of_other_days(one: LiveStory, other: LiveStory) -> float:
    """Return in which share of the pairs of members both name days, and not the same."""
    if not (one.dated and other.dated):
        return 0.0
    few, many = (one, other) if len(one.members) <= len(other.members) else (other, one)
    agreeing = sum(
        min(many.dated, many.agreeing(traits.days))
        for traits in few.members.values()
        if traits.days
    )
    return (few.dated * many.dated - agreeing) / (len(few.members) * len(many.members))
