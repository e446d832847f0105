"""Intervals as editors write them: “every 2 hours”, “every 30 minutes”, “hourly”."""

import re
from collections.abc import Sequence
from typing import Final

from bot.errors import ScheduleError
from bot.news import MAX_MINUTES

EVERY: Final = frozenset({"every", "each"})
MINUTES: Final = frozenset({"m", "min", "mins", "minute", "minutes"})
HOURS: Final = frozenset({"h", "hr", "hrs", "hour", "hours"})
LONGER: Final = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})
FUSED: Final = re.compile(r"([0-9]+)([a-z]+)")
MINUTES_IN_HOUR: Final = 60


def read_interval(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the minutes of the interval at that word, and how many words it takes, if one does.

    Raises:
        ScheduleError: it is longer than a week, no time at all, or counted in days.
    """
    if words[at] == "hourly":
        return MINUTES_IN_HOUR, 1
    if words[at] not in EVERY:
        return None
    number, unit, taken = _amount(words, at + 1)
    if unit in LONGER and number is not None:
        raise ScheduleError(
            "Intervals are counted in minutes or hours. Try “every 12 hours”, “Mondays 07:00” or "
            "“1st of the month 07:00”."
        )
    if unit not in MINUTES | HOURS:
        return None
    minutes = (1 if number is None else number) * (MINUTES_IN_HOUR if unit in HOURS else 1)
    if not 0 < minutes <= MAX_MINUTES:
        raise ScheduleError("An interval lasts from a minute to a week. Try “every 2 hours”.")
    return minutes, 1 + taken


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
