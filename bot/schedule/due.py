"""When a timing is due: CronSim names the local clock times, this page turns them into instants.

Three rules, the first two after Debian's cron (crontab(5), "daylight saving time"):

- *Fixed times* (07:00, or a cron expression whose minute and hour fields start with no `*`) come
  once per wall time. A time that the clock leaves out runs at the first instant after the gap; a
  time that the clock shows twice runs the first time. Times that meet at one instant are one run.
  A date that a zone leaves out altogether (Apia, 30 December 2011) has no runs.
- *Recurring times* (`*/15 * * * *`) come whenever the clock shows one, so twice in a repeated hour
  and never in a missing one.
- *Intervals* come by elapsed time, whatever the clock does in between.

What would fall into quiet hours, by what the clock then shows, is left out.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import ScheduleError
from bot.news import Schedule, Timing
from bot.schedule.clocks import open_zone, wall_of
from bot.schedule.walks import walk_cron, walk_interval, walk_times

MAX_QUIET_RUNS: Final = 2000
"""Runs in a row that quiet hours may swallow; a day has 1,500 minutes at most."""


def next_due(timing: Timing, after: datetime) -> datetime:
    """Return the first instant, in UTC, later than `after` at which the timing is due.

    Raises:
        ScheduleError: the zone is unknown, the cron expression is not one, or nothing is due any
            more.
        ValueError: `after` is not aware.
    """
    due = find_due(timing, after)
    if due is None:
        what = f"“{timing.cron}”" if timing.cron else "That"
        raise ScheduleError(f"{what} never comes true in {timing.zone} after {after:%d %B %Y}.")
    return due


def find_due(timing: Timing, after: datetime) -> datetime | None:
    """Return the first instant, in UTC, after `after` at which the timing is due, if there is one.

    Raises:
        ScheduleError: the zone is unknown, or the cron expression is not one.
        ValueError: `after` is not aware.
    """
    return next(_runs(timing, after), None)


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
    zone = open_zone(timing.zone)
    last = after.astimezone(UTC).replace(microsecond=0)  # clocks change and runs fall on seconds
    swallowed = 0
    for due in _walk(timing, last, zone):
        if due <= last:
            continue
        last = due
        if _is_quiet(due, timing, zone):
            swallowed += 1
            if swallowed > MAX_QUIET_RUNS:
                return
        else:
            swallowed = 0
            yield due


def _walk(timing: Timing, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    if timing.cron:
        return walk_cron(timing.cron, start, zone)
    if timing.interval:
        return walk_interval(timing, timing.interval, start, zone)
    return walk_times(timing, start, zone)


def _is_quiet(due: datetime, timing: Timing, zone: ZoneInfo) -> bool:
    if not timing.quiet:
        return False
    shown = f"{wall_of(due, zone):%H:%M}"
    return any(window.holds(shown) for window in timing.quiet)
