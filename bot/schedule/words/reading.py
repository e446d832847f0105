"""Reads a timing from an editor's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from bot.errors import ScheduleError, VerificationError
from bot.news import (
    EVERY_DAY,
    MAX_CRON_CHARS,
    MAX_DATES,
    MAX_TIMES_A_DAY,
    DayTimes,
    Interval,
    Timing,
    Weekday,
    Window,
    date_order,
)
from bot.schedule.due import next_due
from bot.schedule.words.dates import read_dates
from bot.schedule.words.days import find_days
from bot.schedule.words.intervals import read_days, read_interval
from bot.schedule.words.times import find_time, find_window, read_quiet
from bot.schedule.words.zones import EXAMPLE, find_zone

MAX_CHARS: Final = 1000
"""Characters of a timing that are read; the longest that `in_words` says has some 820."""
CRON_FIELDS: Final = 5
FILLERS: Final = frozenset(
    {"and", "at", "each", "every", "in", "of", "on", "the", "&", "time", "but", "o'clock"}
)
PERIODS: Final = frozenset({"month", "monthly", "year", "yearly"})
"""They go without saying behind a date, and say too little alone."""
SPACED_HALF: Final = re.compile(r"(?<=[0-9])\s*([ap])\.?m\b\.?")
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)


def parse_times(text: str, zone: str = "UTC") -> Timing:
    """Return the timing that the words ask for; `zone` (IANA) is meant where they name none.

    Understood, in any order, with commas and little words between them: times (`7`, `7am`, `07:00`,
    `7.30 pm`, `noon`) or an interval (`every 2 hours`, `every 30 minutes from 6 to 22:00`); days
    (`daily`, `weekdays`, `mon`, `Mondays`, `mon-fri`; all if none is named) or dates (`2026-12-24`,
    `24 December`, `1st and last day of the month`) or a count of days (`every 2 weeks from
    2026-11-24`); several lists of days with their times (`weekdays 07:00, weekends 09:00`); quiet
    hours (`not 22:00-06:00`); one IANA zone
    in any case. Or `cron` with five fields, and perhaps quiet hours and a zone.

    Raises:
        ScheduleError: something was not understood, or never comes true; the sentence names it.
    """
    if len(text) > MAX_CHARS:
        raise ScheduleError(f"That is too long for a timetable. Try “{EXAMPLE}”.")
    words = SPACED_HALF.sub(r"\1m", re.sub(r"[–—]", "-", text.casefold())).replace(",", " ").split()
    try:
        timing = _read_cron(text, zone) if words[:1] == ["cron"] else _read_words(words, zone)
    except VerificationError as error:
        raise ScheduleError(f"{error} Try “{EXAMPLE}”.") from error
    next_due(timing, LONG_AGO)  # a bad or vain expression is refused here
    return timing


@dataclass
class _Lists:
    times: set[str] = field(default_factory=set)
    days: set[Weekday] = field(default_factory=set)

    def in_order(self) -> DayTimes:
        days = tuple(day for day in EVERY_DAY if day in self.days) or EVERY_DAY
        return DayTimes(days, tuple(sorted(self.times)))


@dataclass
class _Named:
    """What the words have named so far; `order` has a `d` for each day, a `t` for each time.

    `lists` are days with their times: a new one begins where the first kind comes again.
    """

    lists: list["_Lists"] = field(default_factory=lambda: [_Lists()])
    dates: set[str] = field(default_factory=set)
    quiet: set[tuple[str, str]] = field(default_factory=set)
    minutes: int = 0
    every_days: int = 1
    first_day: str = ""
    start: str = ""
    end: str = ""
    period: str = ""
    rest: list[str] = field(default_factory=list)
    order: str = ""

    @property
    def times(self) -> list[str]:
        """All times of day."""
        return [time for one in self.lists for time in one.times]

    def note(self, kind: Literal["d", "t"]) -> _Lists:
        """Note that a day or a time comes, and return the list that it belongs to."""
        if self.order and kind == self.order[0] != self.order[-1]:
            self.lists.append(_Lists())
        self.order += kind
        return self.lists[-1]


def _read_words(words: Sequence[str], zone: str) -> Timing:
    named = _Named()
    place = 0
    while place < len(words):
        place += _read_clause(words, place, named) or _read_word(words[place], named)
    zone = find_zone(named.rest) if named.rest else zone
    _check_order(named)
    days = tuple(day for day in EVERY_DAY if day in named.lists[0].days) or EVERY_DAY
    return Timing(
        zone,
        tuple(sorted(named.lists[0].times)),
        days,
        interval=_interval(named),
        dates=tuple(sorted(named.dates, key=date_order)),
        quiet=_windows(named),
        also=tuple(more.in_order() for more in named.lists[1:]),
        every_days=named.every_days,
        first_day=named.first_day,
    )


def _read_clause(words: Sequence[str], at: int, named: _Named) -> int:
    """Read what takes several words, and return how many; 0 if there is nothing like that."""
    if quiet := read_quiet(words, at):
        named.quiet |= {(window.start, window.end) for window in quiet[0]}
        return quiet[1]
    if taken := _read_every(words, at, named):
        return taken
    if dates := read_dates(words, at):
        named.dates |= {*dates[0]}
        named.note("d")
        return dates[1]
    if window := find_window(words, at):
        _take_window(window[0].start, window[0].end, named)
        return window[1]
    start = find_time(words[at + 1]) if words[at] == "from" and at + 1 < len(words) else None
    if start:
        _take_window(start, "", named)
    return 2 if start else 0


def _read_every(words: Sequence[str], at: int, named: _Named) -> int:
    """Read “every 2 hours” or “every 2 days”, and return how many words that takes; 0 if none."""
    days, interval = read_days(words, at), read_interval(words, at)
    if (days or interval) and (named.minutes or named.every_days > 1):
        raise ScheduleError("One interval is enough. Try “every 2 hours from 06:00 to 22:00”.")
    if days:
        named.every_days, named.first_day, taken = days
        named.note("d")
        return taken
    if interval:
        named.minutes, taken = interval
        named.note("t")
        return taken
    return 0


def _read_word(word: str, named: _Named) -> int:
    """Read one word, and return 1."""
    if found := find_days(word):
        named.note("d").days.update(found)
    elif time := find_time(word):
        named.note("t").times.add(time)
    elif word in PERIODS:
        named.period = word
    elif word not in FILLERS:
        named.rest.append(word)
    return 1


def _check_order(named: _Named) -> None:
    if not named.times and not named.minutes:
        what = "No time of day is named." if not named.start else "How often is not said."
        raise ScheduleError(f"{what} Try “{EXAMPLE}” or “every 2 hours from 06:00 to 22:00”.")
    if len(named.times) > MAX_TIMES_A_DAY:
        raise ScheduleError(
            f"{len(named.times)} times are more than the {MAX_TIMES_A_DAY} that a schedule can "
            f"have. Try “every 30 minutes from 08:00 to 18:00”."
        )
    if len(named.dates) > MAX_DATES:
        raise ScheduleError(f"More than {MAX_DATES} dates need a second schedule.")
    if named.period and not named.dates:
        raise ScheduleError("Which day of it? Try “1st of the month 07:00” or “24 December 07:00”.")
    _check_lists(named)


def _check_lists(named: _Named) -> None:
    if len(named.lists) > 1 and not all(one.days and one.times for one in named.lists):
        raise ScheduleError(
            "Which times are for which days? Say “weekdays 07:00 and weekends 09:00”, or make a "
            "second schedule for the others."
        )
    if named.dates and (len(named.lists) > 1 or named.lists[0].days):
        raise ScheduleError("Either dates or days of the week; the others need a second schedule.")
    if named.every_days > 1 and (named.dates or named.minutes or named.lists[0].days):
        raise ScheduleError(
            "Every so many days goes with times alone, and a first day. Try “every 2 weeks from "
            "2026-11-24 07:00”."
        )


def _take_window(start: str, end: str, named: _Named) -> None:
    if named.start:
        raise ScheduleError("One “from … to …” is enough; others need a second schedule.")
    named.start, named.end = start, end


def _interval(named: _Named) -> Interval | None:
    if not named.minutes:
        if named.start:
            raise ScheduleError(
                f"Once at {named.start}, or how often from then on? Try “every 2 hours from "
                f"06:00 to 22:00”."
            )
        return None
    if named.times:
        raise ScheduleError("Either times or an interval. Try “every 2 hours from 06:00 to 22:00”.")
    return Interval(named.minutes, named.start or "00:00", named.end)


def _windows(named: _Named) -> tuple[Window, ...]:
    return tuple(Window(*window) for window in sorted(named.quiet))


def _read_cron(text: str, zone: str) -> Timing:
    fields = text.split()[1:]
    if len(fields) < CRON_FIELDS:
        raise ScheduleError(
            "A cron expression has five fields: minute, hour, day of the month, month, weekday. "
            "Try “cron 0 7 * * 1-5 Europe/London”."
        )
    last = fields[CRON_FIELDS - 1]
    last = last.removesuffix(",") or last  # the comma that `in_words` sets before the zone
    expression = " ".join([*fields[: CRON_FIELDS - 1], last])
    if len(expression) > MAX_CRON_CHARS:
        raise ScheduleError("That cron expression is too long. Try “cron 0 7 * * 1-5”.")
    rest = " ".join(fields[CRON_FIELDS:]).casefold().replace(",", " ").split()
    named = _Named()
    quiet, taken = (read_quiet(rest, 0) if rest else None) or ((), 0)
    named.quiet |= {(window.start, window.end) for window in quiet}
    zone = find_zone(rest[taken:]) if rest[taken:] else zone
    return Timing(zone, cron=expression, quiet=_windows(named))
