"""When an edition is due, as an editor asked for it: times, days, dates, intervals, quiet hours."""

import re
from datetime import date
from itertools import pairwise
from typing import Final, Literal, get_args

from bot.news.values import Value, require

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

EVERY_DAY: Final[tuple[Weekday, ...]] = get_args(Weekday)
"""The days of the week, Monday first."""

WALL_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
ONCE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARLY: Final = re.compile(r"[0-9]{2}-[0-9]{2}")
MONTHLY: Final = re.compile(r"0[1-9]|[12][0-9]|3[01]|last")
LEAP_YEAR: Final = "2028"
CRON_FIELDS: Final = 5
MAX_CRON_CHARS: Final = 200
MAX_TIMES_A_DAY: Final = 24
"""Times of day that one schedule names in all; an edition more often than that is a feed."""
MAX_DATES: Final = 24
"""Dates that one schedule names."""
MAX_MINUTES: Final = 7 * 24 * 60
"""The longest interval: a week."""
MAX_DAYS: Final = 366
"""The longest count of days between two days of a schedule."""
MAX_QUIET: Final = 3
"""Quiet windows that one schedule has."""


class Window(Value, frozen=True):
    """A stretch of the local day, from `start` up to `end`, "HH:MM" each.

    One whose end is not later than its start crosses midnight.
    """

    start: str
    end: str

    def __post_init__(self) -> None:
        """Check both times."""
        _require_times((self.start, self.end))

    def holds(self, shown: str) -> bool:
        """Tell whether the clock time "HH:MM" lies in it: its start does, its end does not."""
        if self.start < self.end:
            return self.start <= shown < self.end
        return shown >= self.start or shown < self.end


class Interval(Value, frozen=True):
    """Runs that follow each other by elapsed time, `minutes` apart.

    With an `end` they are counted anew on each day, from when the clock first shows `start` until
    it first shows `end` (on the next day, if that is not later), both included. Without one they
    are counted without a break from `start` on 1 January 2026.
    """

    minutes: int
    start: str = "00:00"
    end: str = ""

    def __post_init__(self) -> None:
        """Check the length and both times."""
        require(0 < self.minutes <= MAX_MINUTES, "An interval is between a minute and a week.")
        _require_times((self.start, self.end) if self.end else (self.start,))


class DayTimes(Value, frozen=True):
    """Days of the week, Monday first, with the times "HH:MM" of these days, ascending."""

    weekdays: tuple[Weekday, ...]
    times: tuple[str, ...]

    def __post_init__(self) -> None:
        """Check that both are there, in order and without repeats."""
        require(self.times, "Days of the week without a time.")
        _require_days(self.weekdays)
        _require_ascending(self.times)


class Timing(Value, frozen=True):
    """What an editor asked for: times of the local day, an interval, or a cron expression.

    `times` are "HH:MM" on a local clock, ascending; `zone` is an IANA name. They come on the
    `weekdays`, Monday first, or on the `dates` in their place: "2026-12-24" once, "12-24" every
    year, "24" every month that has it, "last" on the last day of each month; in this order.
    `cron` has five fields (minute, hour, day, month, weekday) and stands in place of times, days
    and dates. Nothing is due while the local clock is in one of the `quiet` windows.

    `also` are further days of the week with times of their own. With `every_days` above 1 the times
    come on each so many-th day of the calendar, counted from the date `first_day`, before which
    nothing is due, or else from 1 January 2026.
    """

    zone: str
    times: tuple[str, ...] = ()
    weekdays: tuple[Weekday, ...] = EVERY_DAY
    cron: str = ""
    interval: Interval | None = None
    dates: tuple[str, ...] = ()
    quiet: tuple[Window, ...] = ()
    also: tuple[DayTimes, ...] = ()
    every_days: int = 1
    first_day: str = ""

    def __post_init__(self) -> None:
        """Check that there is one way to tell when, in order and without repeats."""
        require(self.zone, "A schedule needs a time zone.")
        ways = bool(self.times) + bool(self.cron) + (self.interval is not None)
        require(ways == 1, "A schedule needs times or a cron expression or an interval.")
        self._check_times()
        self._check_days()
        self._check_quiet()
        self._check_counted()
        if self.cron:
            self._check_cron()

    def every_time(self) -> tuple[str, ...]:
        """Return all times of day that it names, those of `also` too."""
        return (*self.times, *(time for more in self.also for time in more.times))

    def _check_times(self) -> None:
        every = self.every_time()
        require(len(every) <= MAX_TIMES_A_DAY, f"At most {MAX_TIMES_A_DAY} times in all.")
        _require_ascending(self.times)
        plain = not self.dates and self.every_days == 1
        require(not self.also or (self.times and plain), "Other days go with days of the week.")

    def _check_counted(self) -> None:
        require(1 <= self.every_days <= MAX_DAYS, f"Every so many days: from 1 to {MAX_DAYS}.")
        if self.every_days > 1:
            days = self.times and self.weekdays == EVERY_DAY and not self.dates
            require(days, "Every so many days goes with times of day alone.")
        counted = self.every_days > 1 and ONCE.fullmatch(self.first_day) and is_date(self.first_day)
        require(counted or not self.first_day, "A first day is a date, of every so many days.")

    def _check_days(self) -> None:
        _require_days(self.weekdays)
        require(len(self.dates) <= MAX_DATES, f"At most {MAX_DATES} dates.")
        for named in self.dates:
            require(is_date(named), f"“{named}” is not a date such as 2026-12-24, 12-24 or 24.")
        ordered = all(date_order(a) < date_order(b) for a, b in pairwise(self.dates))
        require(ordered, "The dates are out of order.")
        require(
            not self.dates or self.weekdays == EVERY_DAY, "A schedule has either dates or weekdays."
        )

    def _check_quiet(self) -> None:
        require(len(self.quiet) <= MAX_QUIET, f"At most {MAX_QUIET} quiet windows.")
        starts = [(window.start, window.end) for window in self.quiet]
        require(all(a < b for a, b in pairwise(starts)), "The quiet windows are out of order.")
        for window in self.quiet:
            require(window.start != window.end, "Quiet all day: nothing would ever be due.")
        times = self.every_time()
        heard = [t for t in times if not any(window.holds(t) for window in self.quiet)]
        require(heard or not self.times, "All times are in quiet hours.")

    def _check_cron(self) -> None:
        fields = self.cron.split()
        require(len(fields) == CRON_FIELDS, "A cron expression has five fields.")
        require(len(self.cron) <= MAX_CRON_CHARS, "The cron expression is too long.")
        require(self.cron == " ".join(fields), "One space parts the fields of cron.")
        require(
            self.weekdays == EVERY_DAY and not self.dates,
            "A cron expression names the weekdays itself.",
        )


def is_date(named: str) -> bool:
    """Tell whether it is a date of a timing, and one that some year has."""
    if YEARLY.fullmatch(named):
        named = f"{LEAP_YEAR}-{named}"
    if not ONCE.fullmatch(named):
        return MONTHLY.fullmatch(named) is not None
    try:
        date.fromisoformat(named)
    except ValueError:
        return False
    return True


def date_order(named: str) -> tuple[int, str]:
    """Return by what dates are ordered: single ones, then yearly, then monthly ones."""
    kind = 0 if ONCE.fullmatch(named) else 1 if YEARLY.fullmatch(named) else 2
    return kind, named


def _require_days(weekdays: tuple[Weekday, ...]) -> None:
    days = [EVERY_DAY.index(day) for day in weekdays]
    require(days, "A schedule needs a day of the week.")
    require(all(a < b for a, b in pairwise(days)), "The weekdays are out of order.")


def _require_ascending(times: tuple[str, ...]) -> None:
    _require_times(times)
    require(all(a < b for a, b in pairwise(times)), "The times are out of order.")


def _require_times(times: tuple[str, ...]) -> None:
    for time in times:
        require(WALL_TIME.fullmatch(time), f"“{time}” is not a time of day such as 07:00.")
