"""Days of the week as editors write them."""

from typing import Final

from bot.news import EVERY_DAY, Weekday

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


def find_days(word: str) -> tuple[Weekday, ...]:
    """Return the days that the word names (“weekdays”, “mon”, “Fridays”, “thu-sun”), or none."""
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
