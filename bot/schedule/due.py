"""When a timing is due: CronSim names the local clock times, this page turns them into instants.

Two rules, after Debian's cron (crontab(5), "daylight saving time"):

- *Fixed times* (07:00, or a cron expression whose minute and hour fields start with no `*`) come
  once per wall time. A time that the clock leaves out runs at the first instant after the gap; a
  time that the clock shows twice runs the first time. Times that meet at one instant are one run.
  A date that a zone leaves out altogether (Apia, 30 December 2011) has no runs.
- *Recurring times* (`*/15 * * * *`) come by elapsed time: whenever the clock shows one, so twice in
  a repeated hour and never in a missing one.

CronSim walks clock times without a zone here. Its own treatment of zones returns instants before
the one asked about in a repeated hour, and misses minutes in Lord Howe's half-hour changes.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from bot.errors import ScheduleError
from bot.news import EVERY_DAY, Schedule, Timing

SECOND: Final = timedelta(seconds=1)
DAY: Final = timedelta(days=1)
STRIDE: Final = timedelta(hours=6)
"""How far to look for a clock change at once. No zone has two changes that close together."""


def next_due(timing: Timing, after: datetime) -> datetime:
    """Return the first instant, in UTC, later than `after` at which the timing is due.

    Raises:
        ScheduleError: the zone is unknown, the cron expression is not one, or never comes true.
        ValueError: `after` is not aware.
    """
    for due in _runs(timing, after):
        return due
    raise ScheduleError(f"“{timing.cron}” never comes true in {timing.zone}.")


def next_runs(timing: Timing, now: datetime, count: int = 3) -> tuple[datetime, ...]:
    """Return the next `count` instants after `now`, in UTC and ascending.

    There are fewer when the timing comes true less often than once in fifty years.

    Raises:
        ScheduleError: the zone is unknown, or the cron expression is not one.
        ValueError: `now` is not aware.
    """
    return tuple(islice(_runs(timing, now), count))


def due_between(schedule: Schedule, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """Return the instants, in UTC and ascending, after `since` and up to and including `until`.

    A paused schedule has none, and no schedule has any before it was made.

    Raises:
        ScheduleError: the zone is unknown, or the cron expression is not one.
        ValueError: an instant is not aware.
    """
    start = max(since, schedule.created_at)
    if schedule.paused or until <= start:
        return ()
    return tuple(takewhile(lambda due: due <= until, _runs(schedule.timing, start)))


def _runs(timing: Timing, after: datetime) -> Iterator[datetime]:
    """Return all runs after the instant, strictly ascending."""
    if after.utcoffset() is None:
        raise ValueError("the instant must be aware")
    zone = _zone(timing)
    start = after.astimezone(UTC).replace(microsecond=0)  # clocks change and runs fall on seconds
    walks = [_walk(line, start, zone) for line in _cron_lines(timing)]
    last = start
    for due in merge(*walks):
        if due > last:
            yield due
            last = due


def _walk(line: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    minute, hour, *_ = line.split()
    recurs = minute.startswith("*") or hour.startswith("*")
    return _recurring(line, start, zone) if recurs else _fixed(line, start, zone)


def _fixed(line: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    # A wall time that is first reached after `start` is later than what the clock shows at `start`.
    for wall in _clock_times(line, _wall(start, zone)):
        if not _is_left_out(wall.date(), zone):
            yield _first_instant(wall, zone)


def _recurring(line: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Go from one clock change to the next; between two of them clock and UTC run alike."""
    begin: datetime | None = start
    shown = _wall(start, zone)
    while begin is not None:
        offset, change = _offset(begin, zone), None
        for wall in _clock_times(line, shown):
            due = (wall - offset).replace(tzinfo=UTC)
            change = _find_change(begin, due, zone)
            if change is not None:
                shown = _wall(change, zone) - SECOND  # what is due at the change itself counts
                break
            yield due
            begin = due
        begin = change


def _clock_times(line: str, after: datetime) -> Iterator[datetime]:
    try:
        return CronSim(line, after)
    except CronSimError as error:
        raise ScheduleError(
            f"“{line}” is not a cron expression ({error}). Try “cron 0 7 * * 1-5”."
        ) from error


def _first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant at which the clock shows the wall time or a later one."""
    local = wall.replace(tzinfo=zone)
    instant = local.astimezone(UTC)
    if _wall(instant, zone) == wall:
        return instant
    before_change = local.replace(fold=1).astimezone(UTC)  # PEP 495: in a gap folds swap sides
    return _find_change(before_change, instant, zone) or instant


def _is_left_out(day: date, zone: ZoneInfo) -> bool:
    midnight = datetime.combine(day, time())
    if _wall(midnight.replace(tzinfo=zone).astimezone(UTC), zone) == midnight:
        return False
    return _first_instant(midnight, zone) == _first_instant(midnight + DAY, zone)


def _find_change(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first instant after `begin`, up to `end`, at which another offset holds."""
    offset = _offset(begin, zone)
    while begin < end:
        ahead = min(begin + STRIDE, end)
        if _offset(ahead, zone) != offset:
            return _bisect(begin, ahead, zone)
        begin = ahead
    return None


def _bisect(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = _offset(before, zone)
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if _offset(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _cron_lines(timing: Timing) -> tuple[str, ...]:
    """Return cron expressions that together give the timing: times of one minute share a line."""
    if timing.cron:
        return (timing.cron,)
    hours: dict[int, list[str]] = {}
    for clock_time in timing.times:
        hours.setdefault(int(clock_time[3:]), []).append(str(int(clock_time[:2])))
    days = "*" if timing.weekdays == EVERY_DAY else ",".join(timing.weekdays)
    return tuple(f"{minute} {','.join(of_it)} * * {days}" for minute, of_it in hours.items())


def _zone(timing: Timing) -> ZoneInfo:
    try:
        return ZoneInfo(timing.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ScheduleError(
            f"“{timing.zone}” is not a time zone that I know. Try “Europe/London”."
        ) from error
