"""What the grouping stage knows of a language: its calendar, everyday names, words of credits."""

import re
from functools import cached_property
from typing import Final

from bot.news import Value
from bot.text import fold

WEEK: Final = 7


class StoryWords(Value, frozen=True, dict=True):
    """Words of one language, in lower case; `|` parts forms of one entry.

    `weekdays` begin with Monday, `months` with January. `everyday` are names that stand in the news
    of every day, such as those of countries. `digests` are words in the titles of pieces that tell
    of many events. `credits_*` stand before and after the name of an agency that a text rests on,
    `firsts_*` about that of the outlet which had the news first. No calendar: no days are found.
    """

    weekdays: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    yesterday: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    credits_before: tuple[str, ...] = ()
    credits_after: tuple[str, ...] = ()
    firsts_before: tuple[str, ...] = ()
    firsts_after: tuple[str, ...] = ()

    @cached_property
    def weekday_numbers(self) -> dict[str, int]:
        """From each form to its place in the week, Monday 0."""
        return _numbered(self.weekdays, first=0)

    @cached_property
    def month_numbers(self) -> dict[str, int]:
        """From each form to its month, January 1."""
        return _numbered(self.months, first=1)

    @cached_property
    def offsets(self) -> dict[str, int]:
        """From `yesterday`, `today`, `tomorrow` to days from the day of writing."""
        days = ((self.yesterday, -1), (self.today, 0), (self.tomorrow, 1))
        return {word: offset for some, offset in days for word in some}

    @cached_property
    def calendar(self) -> frozenset[str]:
        """All words by which a day can be named."""
        return frozenset((*self.weekday_numbers, *self.offsets, *self.month_numbers))

    @cached_property
    def day_pattern(self) -> re.Pattern[str] | None:
        """Match `weekday`, `near` (yesterday …), or `month` with `day` and perhaps `year`."""
        if not (self.weekdays and self.months):
            return None
        months = _either(self.month_numbers)
        return re.compile(
            rf"\b(?:(?P<weekday>{_either(self.weekday_numbers)})\b|(?P<near>{_either(self.offsets)})\b"
            rf"|(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
            rf"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
            rf"|(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<then>{months})\b"
            rf"(?:,?\s+(?P<its_year>(?:19|20)\d\d)\b)?)",
            re.IGNORECASE,
        )

    @cached_property
    def digest_pattern(self) -> re.Pattern[str] | None:
        """Match the title of a piece that tells of many events."""
        return (
            re.compile(rf"\b(?:{_either(self.digests)})\b", re.IGNORECASE) if self.digests else None
        )

    def is_digest(self, title: str) -> bool:
        """Tell whether a piece of this title tells of many events."""
        return bool(self.digest_pattern and self.digest_pattern.search(fold(title)))


def _numbered(entries: tuple[str, ...], *, first: int) -> dict[str, int]:
    return {form: n for n, entry in enumerate(entries, start=first) for form in entry.split("|")}


def _either(forms: dict[str, int] | tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
