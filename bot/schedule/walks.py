"""The runs of each kind of timing, in order: fixed times, recurring ones, intervals.

CronSim walks clock times without a zone here. Its own treatment of zones returns instants before
the one asked about in a repeated hour, and misses minutes in Lord Howe's half-hour changes.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bot.errors import ScheduleError
from bot.news import EVERY_DAY, Interval, Timing
from bot.schedule.clocks import (
    DAY,
    SECOND,
    find_change,
    first_instant,
    is_left_out,
    offset_of,
    wall_of,
)

ANCHOR: Final = date(2026, 1, 1)
"""The day from which intervals and days are counted. Any would do that never moves."""
MAX_EMPTY_DAYS: Final = 1000
"""Days of a timing without any run after which it never comes true: every week, but on Mondays."""


def walk_cron(line: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Return when the cron expression is due after `start`, ascending.

    Raises:
        ScheduleError: it is not a cron expression.
    """
    minute, hour, *_ = line.split()
    if minute.startswith("*") or hour.startswith("*"):
        return _recurring(line, start, zone)
    return _fixed(_clock_times(line, wall_of(start, zone)), zone)


def walk_times(timing: Timing, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Return when the times of the timing come after `start`, ascending."""
    # A wall time that is first reached after `start` is later than what the clock shows at `start`.
    after = wall_of(start, zone)
    also = [
        _on_its_days(Timing(timing.zone, more.times, more.weekdays), more.times, after)
        for more in timing.also
    ]
    walls = merge(_on_its_days(timing, timing.times, after), *also)
    return _fixed((wall for wall in walls if _is_counted(timing, wall.date())), zone)


def _is_counted(timing: Timing, day: date) -> bool:
    """Tell whether it is one of every so many days."""
    first = date.fromisoformat(timing.first_day) if timing.first_day else ANCHOR
    days = (day - first).days
    return days % timing.every_days == 0 and (days >= 0 or not timing.first_day)


def walk_interval(
    timing: Timing, interval: Interval, start: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """Return when the timing's interval comes after `start`, ascending."""
    step = timedelta(minutes=interval.minutes)
    begins = time.fromisoformat(interval.start)
    anchor = first_instant(datetime.combine(ANCHOR, begins), zone)
    if not interval.end and not _has_days(timing):
        yield from _grid(anchor, step, start, None)
        return
    empty = 0
    for opens, closes in _openings(timing, interval, start, zone):
        first = opens if interval.end else anchor
        runs = list(_grid(first, step, max(start, opens - SECOND), closes))
        yield from runs
        empty = 0 if runs or closes <= start else empty + 1
        if empty > MAX_EMPTY_DAYS:
            return


def _openings(
    timing: Timing, interval: Interval, start: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Return from when to when, both included, the interval counts on each day of the timing."""
    opening = interval.start if interval.end else "00:00"
    closing = time.fromisoformat(interval.end or "00:00")
    for wall in _on_its_days(timing, (opening,), wall_of(start, zone) - 2 * DAY):
        if is_left_out(wall.date(), zone):
            continue
        ends = datetime.combine(wall.date(), closing)
        closes = first_instant(ends if ends > wall else ends + DAY, zone)
        yield first_instant(wall, zone), closes if interval.end else closes - SECOND


def _grid(
    first: datetime, step: timedelta, after: datetime, until: datetime | None
) -> Iterator[datetime]:
    for number in count((after - first) // step + 1):
        due = first + number * step
        if until is not None and due > until:
            return
        yield due


def _fixed(walls: Iterator[datetime], zone: ZoneInfo) -> Iterator[datetime]:
    for wall in walls:
        if not is_left_out(wall.date(), zone):
            yield first_instant(wall, zone)


def _recurring(line: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Go from one clock change to the next; between two of them clock and UTC run alike."""
    begin: datetime | None = start
    shown = wall_of(start, zone)
    while begin is not None:
        offset, change = offset_of(begin, zone), None
        for wall in _clock_times(line, shown):
            due = (wall - offset).replace(tzinfo=UTC)
            change = find_change(begin, due, zone)
            if change is not None:
                shown = wall_of(change, zone) - SECOND  # what is due at the change itself counts
                break
            yield due
            begin = due
        begin = change


def _on_its_days(timing: Timing, times: tuple[str, ...], after: datetime) -> Iterator[datetime]:
    """Return the clock times after `after` on the timing's days, ascending."""
    walks = [_clock_times(line, after) for line in _cron_lines(timing, times)]
    single = (f"{day} {at}" for day in timing.dates if _is_single(day) for at in times)
    once = sorted(datetime.fromisoformat(wall) for wall in single)
    return merge(*walks, (wall for wall in once if wall > after))


def _cron_lines(timing: Timing, times: tuple[str, ...]) -> Iterator[str]:
    """Return cron expressions that together give the times: those of one minute share a line."""
    hours: dict[int, list[str]] = {}
    for clock_time in times:
        hours.setdefault(int(clock_time[3:]), []).append(str(int(clock_time[:2])))
    for minute, of_it in hours.items():
        for days in _day_fields(timing):
            yield f"{minute} {','.join(of_it)} {days}"


def _day_fields(timing: Timing) -> Iterator[str]:
    """Return the fields for day, month and weekday of a cron expression."""
    if not timing.dates:
        yield f"* * {'*' if timing.weekdays == EVERY_DAY else ','.join(timing.weekdays)}"
        return
    months: dict[str, list[str]] = {}
    for day in timing.dates:
        if not _is_single(day):
            month, _, of_month = day.rpartition("-")
            months.setdefault(month.lstrip("0") or "*", []).append(_day_field(of_month))
    for month, days in months.items():
        yield f"{','.join(days)} {month} *"


def _day_field(day: str) -> str:
    return "L" if day == "last" else day.lstrip("0")


def _is_single(day: str) -> bool:
    return day.count("-") > 1


def _has_days(timing: Timing) -> bool:
    return bool(timing.dates) or timing.weekdays != EVERY_DAY


def _clock_times(line: str, after: datetime) -> Iterator[datetime]:
    try:
        return CronSim(line, after)
    except CronSimError as error:
        raise ScheduleError(
            f"“{line}” is not a cron expression ({error}). Try “cron 0 7 * * 1-5”."
        ) from error
