"""Tells whether a number follows from another: the same, rounded in the right direction, an age."""

from typing import Final, Literal

from bot.news import Quantity
from bot.quantities.reading import Measured

NEAR: Final = 0.1
"""How far a rounded number may be from the exact one, as a share of it."""
FAR: Final = 0.25
"""How far "more than" and "at most" may be from the exact number."""
LIKE: Final = 1e-6
YEAR_SECONDS: Final = 31_557_600

Verdict = Literal["same", "follows", ""]


def compare(written: Measured, source: Measured) -> Verdict:
    """Return how a written number stands to a source's: `follows` if rounded, "" if unsupported."""
    a, b = written.quantity, source.quantity
    if a.unit != b.unit:
        return "follows" if _is_same_age(a, b) else ""
    if equal(a.low, b.low) and equal(a.high, b.high) and a.about == b.about:
        return "same"
    if written.vague or source.vague:
        return "follows" if written.vague and _is_inside(b, a) else ""
    return "follows" if _rounds(a, b) else ""


def is_near_miss(written: Measured, source: Measured) -> bool:
    """Tell whether the two have a number in common, in another unit or with other bounds."""
    a, b = written.quantity, source.quantity
    return equal(a.low, b.low) or equal(a.high, b.high) or equal(a.low, b.high)


def equal(a: float | None, b: float | None) -> bool:
    """Tell whether two bounds are the same, but for the error of conversions."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= LIKE * max(abs(a), abs(b), LIKE)


def _rounds(a: Quantity, b: Quantity) -> bool:
    """Tell whether a bounded or rounded number follows from another, in the right direction.

    It must be rounder than the other: "about 540" says nothing of "about 541".
    """
    if a.step <= b.step:
        return _is_bound_of(a, b)
    if a.high is None:
        return _is_above(a, b)
    if a.low is None:
        return b.high is not None and b.high <= a.high <= b.high * (1 + FAR)
    return a.about and _is_close(a.low, a.high, a.step, b)


def _is_above(a: Quantity, b: Quantity) -> bool:
    """Read "at least" and, which `about` marks, "more than"."""
    if a.low is None or b.low is None:
        return False
    above = b.low > a.low or (b.low == a.low and (not a.about or b.high is None))
    return above and a.low >= b.low * (1 - FAR)


def _is_close(low: float, high: float, step: float, b: Quantity) -> bool:
    """Read "nearly", which is a span below its number, and "about"."""
    if b.low is None or b.high is None:
        return False
    if low < high:
        return low <= b.low and b.high < high
    return max(abs(b.low - low), abs(b.high - low)) <= min(step / 2, NEAR * abs(b.low))


def _is_bound_of(a: Quantity, b: Quantity) -> bool:
    """Tell whether a bound of the very same number says no more: "at least 7" of "7"."""
    if a.about and a.high is None:
        return b.low == a.low and b.high is None
    same_low = a.low is None or equal(a.low, b.low)
    same_high = a.high is None or equal(a.high, b.high)
    loose = a.low is None or a.high is None or a.about
    return loose and same_low and same_high


def _is_inside(b: Quantity, a: Quantity) -> bool:
    if b.low is None or a.low is None or a.high is None:
        return False
    return a.low <= b.low <= a.high


def _is_same_age(a: Quantity, b: Quantity) -> bool:
    """Tell whether they are "a man, 41" and "a 41-year-old man"."""
    plain, years = (a, b) if not a.unit else (b, a)
    if plain.unit or years.unit != "duration" or plain.low is None or years.low is None:
        return False
    return plain.low == plain.high and equal(plain.low * YEAR_SECONDS, years.low)
