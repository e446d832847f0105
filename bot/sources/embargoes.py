"""Reads embargoes: explicit ones, and those that an editor's note states in words.

When in doubt, the later end counts: held text that could have run costs a minute, the other mistake
costs the trust of the source.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.sources.dates import parse_instant

LAST_ZONE: Final = timedelta(hours=12)
"""How long after UTC a day ends on the last ship at sea. Source: the nautical zone UTC-12."""
ZONED: Final = re.compile(r"(?:Z|UTC|GMT|(?<=\d)[+-]\d\d:?\d\d)\s*$", re.IGNORECASE)
OFFSET: Final = re.compile(r"T?\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?([+-])(\d\d):?(\d\d)\s*$")
STATED: Final = re.compile(
    r"""\bembargoed\b|\bunder\s+(?:strict\s+)?embargo\b|\bstrict\s+embargo\b
    |(?<!arms\ )(?<!oil\ )(?<!trade\ )(?<!weapons\ )\bembargo\s*(?:[:–—-]|until|till?\b|ends|lifts
        |expires|bis|jusqu|hasta|(?:to|for|on|at|of)\s+(?:\d|noon|midnight|\w+day))
    |\b(?:not\s+for|hold\s+(?:for|until)|no)\s+(?:public\s+)?(?:release|publication|broadcast|use)
        \s+(?:before|until|till|prior)|\bhold\s+(?:for\s+release|until)\b
    |\bsperrfrist\b|\bgesperrt\s+bis\b|\bsous\s+embargo\b|\bbajo\s+embargo\b|\bembargad[oa]\b""",
    re.VERBOSE | re.IGNORECASE,
)
LIFTED: Final = re.compile(
    r"""\b(?:no\s+longer|not|previously|formerly)\s+(?:under\s+)?embargo(?:ed)?\b
    |\bembargo\s+(?:has\s+(?:been\s+)?|is\s+now\s+|was\s+|now\s+)?(?:lifted|expired|removed|over)\b
    |\bsperrfrist\s+(?:ist\s+)?(?:aufgehoben|abgelaufen)\b|\bkeine\s+sperrfrist\b|\bno\s+embargo\b""",
    re.VERBOSE | re.IGNORECASE,
)
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene",
            "february feb februar février févr fév febrero",
            "march mar märz mär mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug août agosto ago",
            "september sept sep septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre déc diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names of months in English, German, French and Spanish, with their abbreviations."""
MONTH: Final = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
YEAR: Final = r"((?:19|20)\d\d)"
DATES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), order)
    for pattern, order in (
        (rf"\b{YEAR}-(\d\d)-(\d\d)\b", "ymd"),
        (rf"\b(\d\d?)\.\s?(\d\d?)\.{YEAR}\b", "dmy"),
        (rf"\b(\d\d?)(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?{MONTH}(?:,?\s+{YEAR}\b)?", "dmy"),
        (rf"\b{MONTH}\s+(\d\d?)(?:st|nd|rd|th)?\b(?:,?\s+{YEAR}\b)?", "mdy"),
    )
)
TIME: Final = re.compile(
    r"""\b(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b
    |\b(?P<hour24>[01]?\d|2[0-4])[:.h](?P<minute24>[0-5]\d)\b
    |\b(?P<hour4>[01]\d|2[0-4])(?P<minute4>[0-5]\d)\b
    |\b(?P<bare>[01]?\d|2[0-4])\s*(?:uhr|heures|hrs|h)\b
    |(?P<noon>noon|midday|\bmittag|\bmidi\b)|(?P<midnight>midnight|mitternacht|minuit)""",
    re.VERBOSE | re.IGNORECASE,
)
ZONES: Final = {
    "gmt": 0, "utc": 0, "z": 0, "bst": 1, "ist": 1, "wet": 0, "west": 1, "cet": 1, "cest": 2,
    "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Hours ahead of UTC; of zones that share a name, the one that is further behind."""
ZONE: Final = re.compile(rf"\b({'|'.join(ZONES)})\b", re.IGNORECASE)
"""As they stand in notes; `ET` and the like are no abbreviations of one offset."""


def embargo_end(text: str, *, like: str = "") -> datetime | None:
    """Return the instant until which an explicit embargo holds; `None` if it is no instant.

    A time without a zone is in the zone of `like`, another instant of the same item; if that has
    none either, or UTC, the time is taken to be where it comes last on Earth.
    """
    found = parse_instant(text)
    if found is None or ZONED.search(text):
        return found
    return found - _offset(like)


def states_embargo(note: str) -> bool:
    """Tell whether an editor's note says that the item is under an embargo."""
    return STATED.search(LIFTED.sub(" ", note)) is not None


def stated_end(note: str, *, dated: datetime, like: str = "") -> datetime | None:
    """Return the end of the embargo that a note states, `None` if its words name no day.

    Of several days, the last counts; a day without a time ends when it does; a day without a year
    is the nearest to `dated`. Zones are as in `embargo_end`.
    """
    match = STATED.search(note)
    behind = note[match.start() :] if match else note
    for text in (behind, note):
        days, rest = _take_days(text, dated)
        if days:
            zone = ZONE.search(rest)
            offset = timedelta(hours=ZONES[zone.group(1).lower()]) if zone else _offset(like)
            return max(days) + _time(rest) - offset
    return None


def _offset(like: str) -> timedelta:
    """Return how far a wall clock is ahead of UTC, as the text of an instant shows it."""
    match = OFFSET.search(like)
    if match is None:
        return -LAST_ZONE
    sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    # +00:00 tells as little of the sender's clock as Z does
    return (-offset if sign == "-" else offset) or -LAST_ZONE


def _take_days(text: str, dated: datetime) -> tuple[list[datetime], str]:
    """Return the days that the text names, and the text without them."""
    days = []
    for pattern, order in DATES:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            day = _day(parts["y"], parts["m"], parts["d"], dated)
            if day is not None:
                days.append(day)
        text = pattern.sub(" ", text)
    return days, text


def _day(year: str | None, month: str, day: str, dated: datetime) -> datetime | None:
    number = int(month) if month.isdecimal() else MONTHS[month.lower()]
    years = [int(year)] if year else [dated.year - 1, dated.year, dated.year + 1]
    found = []
    for one in years:
        try:
            found.append(datetime(one, number, int(day), tzinfo=UTC))
        except ValueError:
            continue
    return min(found, key=lambda at: abs(at - dated), default=None)


def _time(text: str) -> timedelta:
    """Return the latest time of day in the text, as the time since the day began."""
    times = [_since_midnight(match) for match in TIME.finditer(text)]
    return max(times, default=timedelta(days=1))


def _since_midnight(match: re.Match[str]) -> timedelta:
    if match["noon"]:
        return timedelta(hours=12)
    if match["midnight"]:
        return timedelta(days=1)
    hour = int(match["hour"] or match["hour24"] or match["hour4"] or match["bare"])
    minute = int(match["minute"] or match["minute24"] or match["minute4"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return timedelta(hours=hour, minutes=minute)
