"""Instants as feeds and pages write them."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Before the Web there were no feeds: earlier dates ("0001-01-01", 1970) mean "unknown"."""
AHEAD: Final = timedelta(days=1)
"""How far a source's clock or time zone may be wrong."""
ZERO_YEAR: Final = re.compile(r"\s000\d(?:\s|$)")
"""The standard library takes the year 0001 of a mail's date for 2001."""
ISO: Final = re.compile(
    r"""^\s*(\d{4})-(\d\d?)-(\d\d?)
    (?:[T\s]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?""",
    re.VERBOSE | re.IGNORECASE,
)
COMPACT: Final = re.compile(r"^\s*(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?(?=[Z+\-\s]|$)")
"""ISO 8601 without hyphens and colons, as NITF has it: `20260304T120000+0100`."""


def parse_instant(text: object) -> datetime | None:
    """Return the instant in UTC that an ISO 8601 or RFC 5322 date means, else `None`.

    A time without a zone counts as UTC, a date without a time as its first instant.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    if ZERO_YEAR.search(text):
        return None
    match = ISO.match(COMPACT.sub(_spread, text))
    try:
        found = _from_iso(match) if match else parsedate_to_datetime(text.strip())
    except (ValueError, OverflowError):
        return None
    return to_utc(found)


def to_utc(instant: datetime) -> datetime | None:
    """Return the instant in UTC; `None` if it is too early to be a date of publication."""
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    try:
        instant = instant.astimezone(UTC)
    except OverflowError:
        return None
    return instant if instant >= EARLIEST else None


def past(instant: datetime | None, *, now: datetime) -> datetime | None:
    """Return the instant unless it is more than a day ahead: nobody has published that yet."""
    return instant if instant is None or instant <= now + AHEAD else None


def _spread(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second = match.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}" if hour else "")


def _from_iso(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, zone = match.groups()
    # a leap second has no place in a datetime
    clock = (int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    found = datetime(int(year), int(month), int(day), *clock, tzinfo=UTC)
    if not zone or zone[0] not in "+-":
        return found
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return found - offset if zone[0] == "+" else found + offset
