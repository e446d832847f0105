"""Intervals as editors write them: “every 2 hours”, “every 30 minutes”, “hourly”."""

import re
from collections.abc import Sequence
from typing import Final

from bot.errors import ScheduleError
from bot.news import MAX_DAYS, MAX_MINUTES
from bot.schedule.words.dates import read_dates

EVERY: Final = frozenset({"every", "each"})
MINUTES: Final = frozenset({"m", "min", "mins", "minute", "minutes"})
HOURS: Final = frozenset({"h", "hr", "hrs", "hour", "hours"})
DAYS: Final = {"day": 1, "days": 1, "week": 7, "weeks": 7}
LONGER: Final = frozenset({"month", "months", "year", "years"})
SECOND: Final = frozenset({"other", "second", "2nd"})
STARTING: Final = frozenset({"from", "starting", "beginning"})
FUSED: Final = re.compile(r"([0-9]+)([a-z]+)")
MINUTES_IN_HOUR: Final = 60


def read_interval(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the minutes of the interval at that word, and how many words it takes, if one does.

    Raises:
        ScheduleError: it is longer than a week, no time at all, or counted in months.
    """
    if words[at] == "hourly":
        return MINUTES_IN_HOUR, 1
    if words[at] not in EVERY:
        return None
    number, unit, taken = _amount(words, at + 1)
    if unit in LONGER and number is not None:
        raise ScheduleError(
            "Intervals are counted in minutes, hours, days or weeks. Try “every 12 hours”, "
            "“every 2 weeks 07:00” or “1st of the month 07:00”."
        )
    if unit not in MINUTES | HOURS:
        return None
    minutes = (1 if number is None else number) * (MINUTES_IN_HOUR if unit in HOURS else 1)
    if not 0 < minutes <= MAX_MINUTES:
        raise ScheduleError("An interval lasts from a minute to a week. Try “every 2 hours”.")
    return minutes, 1 + taken


def read_days(words: Sequence[str], at: int) -> tuple[int, str, int] | None:
    """Return “every 2 days from 24 November 2026” as days, first day, and how many words it takes.

    The first day is empty where none is named. `None` if no such thing stands there.

    Raises:
        ScheduleError: there are too many days, or too few; or the first one is not a date.
    """
    if words[at] not in EVERY:
        return None
    if tuple(words[at + 1 : at + 2]) and words[at + 1] in SECOND:
        number, unit, taken = 2, (*words[at + 2 : at + 3], "")[0], 2
    else:
        found, unit, taken = _amount(words, at + 1)
        number = found if found is not None else 0
    if unit not in DAYS or not number:
        return None
    days = number * DAYS[unit]
    if days > MAX_DAYS:
        raise ScheduleError(f"At most every {MAX_DAYS} days. Try “every 2 weeks 07:00”.")
    first, more = _first_day(words, at + 1 + taken)
    if first and days == 1:
        raise ScheduleError("“Every day” needs no first day. Try “daily 07:00”.")
    return days, first, 1 + taken + more


def _first_day(words: Sequence[str], at: int) -> tuple[str, int]:
    """Return the date behind “from”, and how many words that takes; nothing if there is none."""
    if words[at : at + 1] and words[at] in STARTING and at + 1 < len(words):
        dates = read_dates(words, at + 1)
        if dates and len(dates[0]) == 1 and dates[0][0].count("-") > 1:
            return dates[0][0], 1 + dates[1]
        if dates:
            raise ScheduleError("A first day has its year. Try “every 2 days from 2026-11-24”.")
    return "", 0


def _amount(words: Sequence[str], at: int) -> tuple[int | None, str, int]:
    """Return number and unit there, and how many words they take; no number of “every hour”."""
    first, second, third = (*words[at : at + 3], "", "", "")[:3]
    if first == "half":
        words_taken = 3 if second in ("a", "an") else 2
        return (30, "minutes", words_taken) if "hour" in (second, third) else (None, "", 0)
    if first.isascii() and first.isdigit():
        return int(first[:6]), second, 2
    if match := FUSED.fullmatch(first):
        return int(match[1][:6]), match[2], 1
    return None, first, 1
