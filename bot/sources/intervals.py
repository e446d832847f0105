"""How long to wait between two polls of a source, and where in that time its slot lies."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

MIN_SECONDS: Final = 300
MAX_SECONDS: Final = 86_400
URGENT_SECONDS: Final = 60
FIRST_SECONDS: Final = 900
"""Between the first polls of a source of which nothing is known."""

SHARE: Final = 10
"""A source is polled this many times in the time between two of its changes."""

NEW_WEIGHT: Final = 0.25
"""What the latest change counts for in the rate of changes, beside all earlier ones."""

LATE_SHARE: Final = 10
"""A poll that began late by this part of its period, or less, does not move the next one."""


def interval_after_change(interval: int, gap: timedelta | None, hint: int, *, new: int) -> int:
    """Return the interval in seconds after a reading that brought `new` new or changed items.

    `interval` is the one before, `gap` the time since the change before this one, `hint` how often
    the source says that it changes, in seconds; 0, `None` and 0 when not known. Formula: an
    exponentially weighted mean of rates, 1 / interval' = 3/4 · 1 / interval + 1/4 · `SHARE` · new /
    gap, the second being the rate of polls that this change alone asks for. At the first reading
    the hint decides, or else it is `FIRST_SECONDS`. Always from 5 minutes to a day.
    """
    if gap is None or not interval:
        return _bounded(hint / SHARE) if hint else FIRST_SECONDS
    wanted = _bounded(max(gap.total_seconds(), 0) / max(new, 1) / SHARE)
    return _bounded(1 / ((1 - NEW_WEIGHT) / _bounded(interval) + NEW_WEIGHT / wanted))


def interval_while_quiet(interval: int, quiet: timedelta) -> int:
    """Return the interval in seconds of a source that has been quiet for so long.

    At least a tenth (1 / `SHARE`) of the time since its last change: one that has stopped to change
    is asked less and less often, down to once a day after ten days.
    """
    return _bounded(max(interval, quiet.total_seconds() / SHARE))


def interval_after_failures(failures: int) -> int:
    """Return the interval in seconds after so many failures in a row: doubled from 5 minutes on."""
    return _bounded(MIN_SECONDS * 2.0 ** (min(failures, 20) - 1))


def next_slot(address: str, interval: int, *, now: datetime) -> datetime:
    """Return the next instant for a source that was polled now.

    Sources take turns: the interval, rounded down to five minutes times a power of two (a shorter
    one stays), is a period in which each address has its slot, by its SHA-256. Polls follow each
    other from slot to slot: after at least 9/10 of the period, at most a day.
    """
    period = _period(interval)
    late = (now.timestamp() - _slot(address)) % period
    periods = 1 if late * LATE_SHARE <= period else 2
    return now + timedelta(seconds=min(periods * period - late, MAX_SECONDS))


def spread_seconds(address: str) -> float:
    """Return the part of a minute by which an address stays behind others of its server."""
    return _slot(address) % 60


def _period(interval: int) -> int:
    if interval < MIN_SECONDS:
        return interval
    return MIN_SECONDS << ((interval // MIN_SECONDS).bit_length() - 1)


def _slot(address: str) -> int:
    return int.from_bytes(sha256(address.encode(errors="replace")).digest()[:6]) % MAX_SECONDS


def _bounded(seconds: float) -> int:
    return round(min(max(seconds, MIN_SECONDS), MAX_SECONDS))
