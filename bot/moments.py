"""Reads a moment that has passed from an editor's words: “18:00”, “yesterday 6pm”, “3 hours”."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from bot.errors import UnknownError

TRY: Final = "Try 18:00, yesterday 18:00, 3 hours or 2026-09-16 18:00."
MAX_CHARS: Final = 60
AMOUNT: Final = re.compile(
    r"([0-9]{1,4})\s*(?:(m|min|mins|minutes?)|(h|hr|hrs|hours?)|(d|days?))(?:\s+ago)?"
)
DATE: Final = re.compile(
    r"(?:(today|yesterday)|(20[0-9]{2}-[0-9]{2}-[0-9]{2}))?(?:[\s,t]+(?:at\s+)?|$|(?=[0-9]))"
)
CLOCK: Final = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*([ap]m)?")
NAMED: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
HALF_DAY: Final = 12


def parse_moment(text: str, zone: tzinfo, *, now: datetime) -> datetime:
    """Return the instant in UTC that the words name on a clock in `zone`.

    Understood are a time of day, which is its last one before now; “yesterday”, “today” or a date
    (`2026-09-16`) with a time or alone, which is its midnight; and how long ago (`90 min`,
    `3 hours`, `2 days`). An hour that the clocks skip or repeat is the earlier of both.

    Raises:
        UnknownError: it is no such moment, or it is still to come.
    """
    said = " ".join(text.casefold().removeprefix("since ").split())
    found = _ago(said, now) or _on_clock(said, zone, now)
    if found is None:
        raise UnknownError(f"“{text.strip()[:MAX_CHARS]}” is no moment that can be read. {TRY}")
    if found > now:
        raise UnknownError(f"“{text.strip()[:MAX_CHARS]}” is still to come. {TRY}")
    return found


def _ago(said: str, now: datetime) -> datetime | None:
    match = AMOUNT.fullmatch(said)
    if match is None:
        return None
    number, _, hours, days = match.groups()
    unit = timedelta(days=1) if days else timedelta(hours=1) if hours else timedelta(minutes=1)
    return now - int(number) * unit


def _on_clock(said: str, zone: tzinfo, now: datetime) -> datetime | None:
    match = DATE.match(said)
    word, iso = match.groups() if match else (None, None)
    rest = said[match.end() :] if match and (word or iso) else said
    named = bool(word or iso)
    at = time() if named and not rest else _time(rest)
    today = now.astimezone(zone).date()
    try:
        day = datetime.strptime(iso, "%Y-%m-%d").date() if iso else today  # noqa: DTZ007 - a date
    except ValueError:
        return None
    if at is None:
        return None
    if word == "yesterday":
        day -= timedelta(days=1)
    found = datetime.combine(day, at, zone).astimezone(UTC)
    if named or found <= now:
        return found
    return datetime.combine(day - timedelta(days=1), at, zone).astimezone(UTC)


def _time(said: str) -> time | None:
    match = CLOCK.fullmatch(NAMED.get(said, said))
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= HALF_DAY:
        return None
    if half:
        hour = hour % HALF_DAY + (HALF_DAY if half == "pm" else 0)
    return time(hour, minute) if hour < 2 * HALF_DAY and minute < 60 else None  # noqa: PLR2004
