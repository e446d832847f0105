"""When timings are due, the slow way: by looking at the clock on the wall every minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from bot.news import EVERY_DAY, Timing

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})


def clock_of(zone: str, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return each minute from `begin` up to `end` with what the clock on the wall shows."""
    there = ZoneInfo(zone)
    while begin <= end:
        yield begin, begin.astimezone(there).replace(tzinfo=None)
        begin += MINUTE


def runs_by_the_minute(timing: Timing, since: datetime, until: datetime) -> list[datetime]:
    """Return when the timing, which is no cron expression, is due after `since` up to `until`."""
    shown = list(clock_of(timing.zone, since - 3 * DAY, until + 2 * DAY))
    due = _by_interval(timing, shown) if timing.interval else _by_times(timing, shown)
    clock = dict(shown)
    return [at for at in due if since < at <= until and not _is_quiet(timing, clock[at])]


def _by_times(timing: Timing, shown: list[tuple[datetime, datetime]]) -> list[datetime]:
    """A time has come as soon as the clock shows it or, for the first time, more."""
    days = sorted({wall.date() for _, wall in shown})[1:]
    waiting = {_at(day, time) for day in days for time in _times_on(timing, day)}
    return sorted({first for _, first in _first_shown(sorted(waiting), shown)})


def _times_on(timing: Timing, day: date) -> set[str]:
    first = date.fromisoformat(timing.first_day or "2026-01-01")
    if (day.toordinal() - first.toordinal()) % timing.every_days or (
        timing.first_day and day < first
    ):
        return set()
    name = EVERY_DAY[day.weekday()]
    also = [time for more in timing.also if name in more.weekdays for time in more.times]
    return {*also, *(timing.times if _is_its_day(timing, day) else ())}


def _by_interval(timing: Timing, shown: list[tuple[datetime, datetime]]) -> list[datetime]:
    assert timing.interval
    days = sorted({wall.date() for _, wall in shown})[1:-1]
    start, end = timing.interval.start, timing.interval.end
    opening = start if end else "00:00"
    closing = end or "00:00"
    starts = [_at(day, opening) for day in days if _is_its_day(timing, day)]
    ends = [wall.replace(hour=int(closing[:2]), minute=int(closing[3:])) for wall in starts]
    ends = [end if end > start else end + DAY for start, end in zip(starts, ends, strict=True)]
    firsts = dict(_first_shown(starts, shown))
    lasts = dict(_first_shown(ends, shown))
    found = set()
    for opens, closes in zip(starts, ends, strict=True):
        if opens not in firsts or closes not in lasts:
            continue  # at the edge of what we looked at
        anchor = firsts[opens] if end else _new_year(timing.zone, start)
        last = lasts[closes] if end else lasts[closes] - MINUTE
        minute = firsts[opens]
        while minute <= last:
            if (minute - anchor) // MINUTE % timing.interval.minutes == 0:
                found.add(minute)
            minute += MINUTE
    return sorted(found)


@cache
def _new_year(zone: str, start: str) -> datetime:
    midnight = datetime(2026, 1, 1, tzinfo=UTC)
    shown = list(clock_of(zone, midnight - DAY, midnight + 2 * DAY))
    ((_, first),) = _first_shown([_at(date(2026, 1, 1), start)], shown)
    return first


def _first_shown(
    walls: list[datetime], shown: list[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """Return each of the ascending clock times with the minute that first shows it or more."""
    waiting = list(walls)
    for minute, wall in shown:
        while waiting and waiting[0] <= wall:
            if minute > shown[0][0]:
                yield waiting[0], minute
            del waiting[0]


def _is_its_day(timing: Timing, day: date) -> bool:
    if not timing.dates:
        return EVERY_DAY[day.weekday()] in timing.weekdays
    names = {f"{day}", f"{day:%m-%d}", f"{day:%d}"}
    if (day + DAY).month != day.month:
        names.add("last")
    return bool(names & {*timing.dates})


def _is_quiet(timing: Timing, wall: datetime) -> bool:
    minute = wall.hour * 60 + wall.minute
    for window in timing.quiet:
        start, end = (int(t[:2]) * 60 + int(t[3:]) for t in (window.start, window.end))
        if (minute - start) % 1440 < (end - start) % 1440:
            return True
    return False


def _at(day: date, time: str) -> datetime:
    return datetime(day.year, day.month, day.day, int(time[:2]), int(time[3:]))  # noqa: DTZ001 - wall


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """Return the days from 2020 to 2035 within which the clock of the zone changes."""
    there = ZoneInfo(zone)
    days = [datetime(2020, 1, 1, tzinfo=UTC) + DAY * n for n in range(16 * 365 + 4)]
    offsets = [day.astimezone(there).utcoffset() for day in days]
    return tuple(
        day
        for day, (before, after) in zip(days, pairwise(offsets), strict=False)
        if before != after
    )


@st.composite
def zones_and_days(draw: st.DrawFn) -> tuple[str, datetime]:
    """Every other day is one on which the clock changes, if the zone has such days."""
    zone = draw(st.sampled_from(ZONES))
    some_day = datetime(2020, 1, 1, tzinfo=UTC) + DAY * draw(st.integers(0, 16 * 365))
    changing = changes(zone)
    if draw(st.booleans()) and changing:
        return zone, draw(st.sampled_from(changing))
    return zone, some_day


# clocks change in the small hours: half of the times are from there
wall_times = st.builds(
    "{:02}:{:02}".format,
    st.one_of(st.integers(0, 3), st.integers(0, 23)),
    st.one_of(st.sampled_from((0, 15, 29, 30, 31, 59)), st.integers(0, 59)),
)
some_times = st.lists(wall_times, min_size=1, max_size=4, unique=True).map(sorted).map(tuple)
weekdays = st.one_of(
    st.just(EVERY_DAY),
    st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(
        lambda days: tuple(day for day in EVERY_DAY if day in days)
    ),
)
