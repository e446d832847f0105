"""Says whether two quantities are the same number, or can both be true."""

from math import inf
from typing import Final

from bot.news import Quantity

ROUNDED: Final = 0.05
"""Share of a number by which rounding to its last place may move it, at most."""
NEAR: Final = 0.08
"""Share of a number by which one given as "about" may be off."""
ROUGH: Final = 0.12
"""The same where it is rounded to its first digit."""
OVER: Final = 2.0
"""How much more than N "more than N" may mean, as a factor."""
CONVERTED: Final = 0.03
"""Share of a measure by which converting it from another unit may move it."""
MIN_ROUND: Final = 100.0
"""Count from which a number that ends in noughts may be a rounded one: ten dead are ten."""

Interval = tuple[float, float]


def is_same(some: Quantity, other: Quantity, *, converted: bool = False) -> bool:
    """Tell whether both say the same number, bounds aside, within rounding.

    `converted` tells that they are written in different units of one dimension.
    """
    return _same_unit(some, other) and _meet(
        _around(some.low, some.high, some, converted=converted),
        _around(other.low, other.high, other, converted=converted),
    )


def is_compatible(some: Quantity, other: Quantity, *, converted: bool = False) -> bool:
    """Tell whether both can be true of one thing at one time.

    Two numbers that are each "at least" are compared as numbers: each is a count so far.
    """
    if is_same(some, other, converted=converted):
        return True
    if not _same_unit(some, other):
        return False
    if _is_floor(some) and _is_floor(other):
        return False
    return _meet(_possible(some, converted=converted), _possible(other, converted=converted))


def _same_unit(some: Quantity, other: Quantity) -> bool:
    return some.unit == other.unit


def _is_floor(quantity: Quantity) -> bool:
    return quantity.high is None and not quantity.about


def _around(
    low: float | None, high: float | None, quantity: Quantity, *, converted: bool
) -> Interval:
    """Return the interval of numbers that the writer may have meant, bounds taken as numbers."""
    if quantity.unit == "score":
        return quantity.point * 1000 + (high or 0), quantity.point * 1000 + (high or 0)
    ends = [bound for bound in (low, high) if bound is not None]
    slack = [_slack(end, quantity, converted=converted) for end in ends]
    return min(ends) - slack[0], max(ends) + slack[-1]


def _slack(value: float, quantity: Quantity, *, converted: bool) -> float:
    size = abs(value)
    slack = min(quantity.step / 2, ROUNDED * size) if _may_be_rounded(size, quantity) else 0.0
    if quantity.about and quantity.low == quantity.high:
        slack = max(slack, NEAR * size, min(quantity.step / 2, ROUGH * size))
    return slack + (CONVERTED * size if converted else 0.0)


def _may_be_rounded(size: float, quantity: Quantity) -> bool:
    if quantity.unit in {"magnitude", "score", "date"}:
        return False
    counted = not quantity.unit and size < MIN_ROUND
    return not counted


def _possible(quantity: Quantity, *, converted: bool) -> Interval:
    low, high = _around(quantity.low, quantity.high, quantity, converted=converted)
    if quantity.high is None:
        high = low * OVER if quantity.about else inf
    return (0.0 if quantity.low is None else low), high


def _meet(some: Interval, other: Interval) -> bool:
    """Tell whether two intervals share more than an end; two points must be equal."""
    low, high = max(some[0], other[0]), min(some[1], other[1])
    if some[0] == some[1] or other[0] == other[1]:
        return low <= high
    return low < high
