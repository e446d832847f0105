"""Dates as editors write them: “24 December”, “2026-12-24”, “the 1st and last day of the month”."""

import re
from collections.abc import Sequence
from typing import Final

from bot.errors import ScheduleError
from bot.news import is_date

MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SPELLINGS: Final = {
    "sept": "09",
    **{name[:3]: f"{n:02}" for n, name in enumerate(MONTHS, start=1)},
    **{name: f"{n:02}" for n, name in enumerate(MONTHS, start=1)},
}
ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER: Final = re.compile(r"([0-9]{1,2})(st|nd|rd|th)?")
YEAR: Final = re.compile(r"20[0-9]{2}")
BETWEEN_DAYS: Final = frozenset({"and", "&", "the"})
EACH_MONTH: Final = frozenset({"of", "the", "each", "every", "a"})

Found = tuple[tuple[str, ...], int]
"""Dates as a `Timing` has them, and how many words name them."""


def read_dates(words: Sequence[str], at: int) -> Found | None:
    """Return the dates that begin with that word; `None` if none do.

    Raises:
        ScheduleError: no calendar has such a date, or the day is missing.
    """
    if ISO.fullmatch(words[at]):
        return _checked([words[at]], words[at]), 1
    if words[at] in SPELLINGS:
        return _month_first(words, at)
    if words[at] == "last" and words[at + 1 : at + 2] == ["day"]:
        return ("last",), 2
    return _days_first(words, at)


def _days_first(words: Sequence[str], at: int) -> Found | None:
    """Read “24, 25 and 26 December 2026”, “1st and 15th”, “1 and 15 of the month”."""
    days, after = _numbers(words, at)
    if not days:
        return None
    past_of = after + (words[after : after + 1] == ["of"])
    month = SPELLINGS.get("".join(words[past_of : past_of + 1]))
    if month:
        year, end = _year(words, past_of + 1)
        return _in_month(days, month, year), end - at
    if not _is_of_month(words, after):
        # bare numbers are times of day
        days, after = _numbers(words, at, ordinals=True)
    numbers = [f"{int(day):02}" for day in days]
    if not numbers:
        return None
    after += words[after : after + 1] in (["day"], ["days"])
    return _checked(numbers, f"{days[0]} of the month"), after - at


def _month_first(words: Sequence[str], at: int) -> Found:
    """Read “December 24 and 25, 2026”."""
    days, after = _numbers(words, at + 1)
    if not days:
        raise ScheduleError(
            f"“{words[at]}” needs a day. Try “24 December 18:00” or “1st of the month 07:00”."
        )
    year, end = _year(words, after)
    return _in_month(days, SPELLINGS[words[at]], year), end - at


def _numbers(words: Sequence[str], at: int, *, ordinals: bool = False) -> tuple[list[str], int]:
    """Return the numbers of days that stand there in a row, and the place behind the last."""
    found: list[str] = []
    end = place = at
    while place < len(words):
        match = NUMBER.fullmatch(words[place])
        if match and (match[2] or not ordinals):
            found.append(match[1])
            end = place + 1
        elif not found or words[place] not in BETWEEN_DAYS:
            break
        place += 1
    return found, end


def _is_of_month(words: Sequence[str], at: int) -> bool:
    while at < len(words) and words[at] in EACH_MONTH:
        at += 1
    return words[at : at + 1] == ["month"] and words[at - 1] in EACH_MONTH


def _year(words: Sequence[str], at: int) -> tuple[str, int]:
    is_year = at < len(words) and YEAR.fullmatch(words[at])
    return (words[at], at + 1) if is_year else ("", at)


def _in_month(days: Sequence[str], month: str, year: str) -> tuple[str, ...]:
    prefix = f"{year}-{month}" if year else month
    name = f"{MONTHS[int(month) - 1].capitalize()} {year}".strip()
    return _checked([f"{prefix}-{int(day):02}" for day in days], f"{days[-1]} {name}")


def _checked(dates: Sequence[str], said: str) -> tuple[str, ...]:
    if not all(map(is_date, dates)):
        raise ScheduleError(f"“{said}” is not in the calendar. Try “24 December 18:00”.")
    return tuple(dates)
