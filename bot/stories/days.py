"""Finds the days that a text names: "on Tuesday", "yesterday", "3 March", "Jan. 23, 2013"."""

import re
from datetime import date
from typing import Final

from bot.stories.words import WEEK, StoryWords

LEAD_CHARS: Final = 1500
"""Characters at the start of an article in which the day of its event stands."""


def days_named(text: str, written_on: date, words: StoryWords) -> frozenset[int]:
    """Return the days that the start of a text names, as proleptic ordinals (`date.toordinal`).

    A weekday is the last one of that name up to `written_on`; a day without a year is the nearest.
    What is no day of the calendar is passed over.
    """
    if words.day_pattern is None:
        return frozenset()
    found = (_day(m, written_on, words) for m in words.day_pattern.finditer(text[:LEAD_CHARS]))
    return frozenset(day for day in found if day is not None)


def _day(match: re.Match[str], written_on: date, words: StoryWords) -> int | None:
    if weekday := match["weekday"]:
        back = (written_on.weekday() - words.weekday_numbers[weekday.lower()]) % WEEK
        return written_on.toordinal() - back
    if near := match["near"]:
        return written_on.toordinal() + words.offsets[near.lower()]
    month = words.month_numbers[(match["month"] or match["then"]).lower()]
    day = int(match["day"] or match["first"])
    if year := match["year"] or match["its_year"]:
        return _ordinal(int(year), month, day)
    return _nearest(month, day, written_on)


def _nearest(month: int, day: int, written_on: date) -> int | None:
    years = (written_on.year - 1, written_on.year, written_on.year + 1)
    possible = [o for year in years if (o := _ordinal(year, month, day)) is not None]
    return min(possible, key=lambda o: abs(o - written_on.toordinal()), default=None)


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
