"""Checks that days, months, years and other date words stand in the cited sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.quantities.numerals import ORDINAL_ENDINGS
from bot.writing.checks.reading import Reading, Run, is_month
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Derived, Fault

Found = Iterator[Fault | Derived]
LAST_DAY: Final = 31
YEARS: Final = range(1000, 2200)


@dataclass(frozen=True)
class Day:
    """A date in words, as far as they say it: `words` is what must be the same in a source."""

    run: Run
    words: str
    weekday: int | None = None
    month: int = 0
    day: int = 0
    year: int = 0
    offset: int | None = None
    """Days from the day of the article."""

    def on(self, dated: date | None) -> date | None:
        """Return the day that is meant in an article of that date; `None` where it is not said.

        A weekday alone may be the last or the next.
        """
        if dated is None:
            return None
        if self.offset is not None:
            return dated + timedelta(days=self.offset)
        return _date(self.year or dated.year, self.month, self.day) if self.day else None

    def agrees(self, meant: date) -> bool:
        """Tell whether the day is one that these words may name."""
        if self.weekday is not None:
            return meant.weekday() == self.weekday
        return bool(
            self.month == meant.month
            and self.day in {0, meant.day}
            and self.year in {0, meant.year}
        )


def find_days(written: Reading, sources: Sources) -> Found:
    """Return the date words that no source has, and those that follow from a source's date."""
    for day in read_days(written):
        yield from _check(day, written, sources)


def day_tokens(written: Reading) -> frozenset[int]:
    """Return the tokens that belong to dates."""
    return frozenset(at for day in read_days(written) for at in range(*day.run))


def _check(day: Day, written: Reading, sources: Sources) -> Found:
    found = written.slice(day.run)
    for source in sources.sentences:
        for other in read_days(source):
            if is_same_day(day, other):
                return
    for source in sources.sentences:
        if source.dated is None or (day.weekday is None and not day.month):
            continue
        for other in read_days(source):
            meant = other.on(source.dated.date())
            if meant and day.agrees(meant):
                yield Derived(found, source.slice(other.run))
                return
    yield Fault("date", found, "no cited sentence has this date")


def is_same_day(day: Day, other: Day) -> bool:
    """Tell whether a written date says no more than a source's, in the same or other words."""
    if day.words == other.words:
        return True
    if day.month and day.month == other.month:
        return day.day in {0, other.day} and day.year in {0, other.year}
    return bool(day.year and not day.month and day.year == other.year)


@lru_cache(maxsize=2048)
def read_days(reading: Reading) -> tuple[Day, ...]:
    """Return the dates and date words of a sentence in order, none inside another."""
    found: list[Day] = []
    end, dating = 0, reading.vocabulary.dating
    for at, word in enumerate(reading.words):
        if at < end or not (word in dating or word.isdecimal()) or not (day := _read(reading, at)):
            continue
        found.append(day)
        end = day.run[1]
    return tuple(found)


def _read(reading: Reading, at: int) -> Day | None:
    words, word = reading.vocabulary, reading.words[at]
    if word in words.weekdays:
        return Day((at, at + 1), f"weekday {words.weekdays[word]}", weekday=words.weekdays[word])
    if word in words.months and is_month(reading.tokens, at, reading.vocabulary):
        return _month(reading, at, at)
    if word.isdecimal():
        return _from_number(reading, at)
    if word in words.relative_before and at + 1 < len(reading.tokens):
        unit = reading.stems[at + 1]
        if unit in words.relative_units:
            return Day((at, at + 2), f"{words.relative_before[word]} {unit}")
    if word in words.days:
        return Day((at, at + 1), reading.stems[at], offset=words.relative_days.get(word))
    return None


def _month(reading: Reading, first: int, at: int, day: int = 0) -> Day:
    """Read on from a month: "May 12, 2026", "May 2026"."""
    words, last = reading.words, at + 1
    month = reading.vocabulary.months[words[at]]
    if last < len(words) and words[last] == ".":
        last += 1
    if not day and last < len(words) and (day := _day_number(words[last])):
        last += 1
        last += last < len(words) and words[last] in ORDINAL_ENDINGS
    elif last > at + 1 and not day:
        last = at + 1
    year, end = _year(words, last)
    return Day((first, end), f"{month}-{day}-{year}", month=month, day=day, year=year)


def _year(words: tuple[str, ...], at: int) -> tuple[int, int]:
    comma = at < len(words) and words[at] == ","
    here = at + comma
    if here < len(words) and words[here].isdecimal() and len(words[here]) == 4:  # noqa: PLR2004
        return int(words[here]), here + 1
    return 0, at


def _day_number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) <= 2 and int(word) <= LAST_DAY else 0  # noqa: PLR2004


def _from_number(reading: Reading, at: int) -> Day | None:
    """Read "12 May", "12th of May 2026"."""
    words = reading.words
    day, here = _day_number(words[at]), at + 1
    while day and here < len(words) and words[here] in ORDINAL_ENDINGS | {"of", "."}:
        here += 1
    if day and here < len(words) and words[here] in reading.vocabulary.months:
        return _month(reading, at, here, day) if reading.tokens[here].text[0].isupper() else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
