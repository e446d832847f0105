"""Clock times on a wall and the instants behind them, through every change of a zone's clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import ScheduleError

SECOND: Final = timedelta(seconds=1)
DAY: Final = timedelta(days=1)
STRIDE: Final = timedelta(hours=6)
"""How far to look for a clock change at once. No zone has two changes that close together."""


def open_zone(name: str) -> ZoneInfo:
    """Return the IANA zone.

    Raises:
        ScheduleError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ScheduleError(
            f"“{name}” is not a time zone that I know. Try “Europe/London”."
        ) from error


def wall_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock shows at the instant, as a naive date and time."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def offset_of(instant: datetime, zone: ZoneInfo) -> timedelta:
    """Return how far the clock is ahead of UTC at the instant."""
    return instant.astimezone(zone).utcoffset() or timedelta()


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant, in UTC, at which the clock shows the wall time or a later one."""
    local = wall.replace(tzinfo=zone)
    instant = local.astimezone(UTC)
    if wall_of(instant, zone) == wall:
        return instant
    before_change = local.replace(fold=1).astimezone(UTC)  # PEP 495: in a gap folds swap sides
    return find_change(before_change, instant, zone) or instant


def is_left_out(day: date, zone: ZoneInfo) -> bool:
    """Tell whether the zone has no such date (Apia had no 30 December 2011)."""
    midnight = datetime.combine(day, time())
    if wall_of(midnight.replace(tzinfo=zone).astimezone(UTC), zone) == midnight:
        return False
    return first_instant(midnight, zone) == first_instant(midnight + DAY, zone)


def find_change(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first instant after `begin`, up to `end`, at which another offset holds."""
    offset = offset_of(begin, zone)
    while begin < end:
        ahead = min(begin + STRIDE, end)
        if offset_of(ahead, zone) != offset:
            return _bisect(begin, ahead, zone)
        begin = ahead
    return None


def _bisect(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = offset_of(before, zone)
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if offset_of(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after
