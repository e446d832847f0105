"""Plain words to timings and back: “weekdays 07:00 and 17:30 Europe/London”."""

import re
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from typing import Final, NoReturn
from zoneinfo import available_timezones

from bot.errors import ScheduleError
from bot.news import EVERY_DAY, MAX_CRON_CHARS, MAX_TIMES_A_DAY, Timing, Weekday
from bot.schedule.due import next_due

EXAMPLE: Final = "weekdays 07:00 and 17:30 Europe/London"
MAX_CHARS: Final = 300
"""Characters of a timing that are read; the longest that `in_words` says has some 270."""
CRON_FIELDS: Final = 5

WEEKDAYS: Final = EVERY_DAY[:5]
WEEKEND: Final = EVERY_DAY[5:]
GROUPS: Final[dict[str, tuple[Weekday, ...]]] = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "day": EVERY_DAY,
    "days": EVERY_DAY,
    "weekday": WEEKDAYS,
    "weekdays": WEEKDAYS,
    "weekend": WEEKEND,
    "weekends": WEEKEND,
}
FULL_NAMES: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
SPELLINGS: Final[dict[str, Weekday]] = {
    "tues": "tue",
    "weds": "wed",
    "thur": "thu",
    "thurs": "thu",
    **{day: day for day in EVERY_DAY},
    **dict(zip(FULL_NAMES, EVERY_DAY, strict=True)),
}
FILLERS: Final = frozenset({"and", "at", "each", "every", "in", "of", "on", "the", "&", "time"})
TIME: Final = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(am|pm)?")
SPACED_HALF: Final = re.compile(r"(?<=[0-9])\s*([ap])\.?m\b\.?")
NAMED_TIMES: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
NOON_HOUR: Final = 12


def parse_times(text: str, zone: str = "UTC") -> Timing:
    """Return the timing that the words ask for; `zone` (IANA) is meant where they name none.

    Understood are times (`7`, `7am`, `07:00`, `7.30 pm`, `noon`), days (`daily`, `weekdays`,
    `weekends`, `mon`, `Mondays`, `mon-fri`; all days if none is named) and one IANA zone in any
    case, in any order, with commas and little words between them; or `cron` with five fields and
    perhaps a zone.

    Raises:
        ScheduleError: something was not understood, or never comes true; the sentence names it.
    """
    if len(text) > MAX_CHARS:
        raise ScheduleError(f"That is too long for a timetable. Try “{EXAMPLE}”.")
    words = SPACED_HALF.sub(r"\1m", re.sub(r"[–—]", "-", text.casefold())).replace(",", " ").split()
    timing = _read_cron(text, zone) if words[:1] == ["cron"] else _read_words(words, zone)
    next_due(timing, datetime(2020, 1, 1, tzinfo=UTC))  # a bad or vain expression is refused here
    return timing


def in_words(timing: Timing) -> str:
    """Return the timing as an editor would say it; `parse_times` reads it back to the same."""
    if timing.cron:
        return f"cron {timing.cron}, {timing.zone}"
    return f"{_say_days(timing.weekdays)} at {_list(timing.times)}, {timing.zone}"


def _read_words(words: list[str], zone: str) -> Timing:
    times: set[str] = set()
    days: set[Weekday] = set()
    rest: list[str] = []
    for word in words:
        if found := _find_days(word):
            days.update(found)
        elif time := _find_time(word):
            times.add(time)
        elif word not in FILLERS:
            rest.append(word)
    named = _find_zone(rest) if rest else zone
    if not times:
        raise ScheduleError(f"No time of day is named. Try “{EXAMPLE}”.")
    if len(times) > MAX_TIMES_A_DAY:
        raise ScheduleError(
            f"{len(times)} times are more than the {MAX_TIMES_A_DAY} that a schedule can have. "
            f"Try “cron */15 8-18 * * 1-5”."
        )
    chosen = tuple(day for day in EVERY_DAY if day in days) or EVERY_DAY
    return Timing(named, tuple(sorted(times)), chosen)


def _read_cron(text: str, zone: str) -> Timing:
    fields = text.split()[1:]
    rest = [word.casefold() for word in fields[CRON_FIELDS:]]
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
    return Timing(_find_zone(rest) if rest else zone, cron=expression)


def _find_days(word: str) -> tuple[Weekday, ...]:
    if word in GROUPS:
        return GROUPS[word]
    first, dash, last = word.partition("-")
    start = _find_day(first)
    end = _find_day(last) if dash else start
    if start is None or end is None:
        return ()
    a, b = EVERY_DAY.index(start), EVERY_DAY.index(end)
    return EVERY_DAY[a : b + 1] if a <= b else EVERY_DAY[a:] + EVERY_DAY[: b + 1]


def _find_day(word: str) -> Weekday | None:
    return SPELLINGS.get(word) or SPELLINGS.get(word.removesuffix("s"))


def _find_time(word: str) -> str | None:
    if word in NAMED_TIMES:
        return NAMED_TIMES[word]
    match = TIME.fullmatch(word)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    hours = range(1, NOON_HOUR + 1) if half else range(24)
    if hour not in hours or minute not in range(60):
        raise ScheduleError(f"“{word}” is not a time of day. Try “{EXAMPLE}”.")
    if half:
        hour = hour % NOON_HOUR + (NOON_HOUR if half == "pm" else 0)
    return f"{hour:02}:{minute:02}"


def _find_zone(words: list[str]) -> str:
    """Return the zone that the words left over name: “america/new york”, “utc”."""
    zones = _zones()
    return zones.get("_".join(words)) or _refuse(words, zones)


def _refuse(words: list[str], zones: dict[str, str]) -> NoReturn:
    said = " ".join(words)
    key = "_".join(words)
    similar = [name for folded, name in zones.items() if folded.endswith(f"/{key}")]
    similar = similar or [zones[near] for near in get_close_matches(key, zones, n=1)]
    hint = f"Did you mean {min(similar, key=len)}?" if similar else f"Try “{EXAMPLE}”."
    raise ScheduleError(f"“{said}” is not a time, a day or a time zone that I know. {hint}")


@cache
def _zones() -> dict[str, str]:
    """Return the IANA names by their spelling without case; reads the time zone folder once."""
    return {name.casefold(): name for name in sorted(available_timezones())}


def _say_days(days: tuple[Weekday, ...]) -> str:
    groups = {EVERY_DAY: "daily", WEEKDAYS: "weekdays", WEEKEND: "weekends"}
    names = [f"{FULL_NAMES[EVERY_DAY.index(day)].capitalize()}s" for day in days]
    return groups.get(days) or _list(names)


def _list(words: list[str] | tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
