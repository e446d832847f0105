"""Times of day and the windows between two of them, as editors write them."""

import re
from collections.abc import Sequence
from typing import Final

from bot.errors import ScheduleError
from bot.news import MAX_QUIET, Window
from bot.schedule.words.zones import EXAMPLE

TIME: Final = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(am|pm)?")
NAMED_TIMES: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00", "24:00": "00:00"}
NOON_HOUR: Final = 12
TO: Final = frozenset({"to", "until", "till", "-"})
QUIET: Final = frozenset({"not", "except", "quiet"})
BETWEEN_WINDOWS: Final = frozenset({"and", "between", "from", "during", "hours", "&"})


def find_time(word: str) -> str | None:
    """Return the time of day as "HH:MM"; `None` for a word that is no time.

    Raises:
        ScheduleError: it looks like one, and no clock shows it.
    """
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


def find_window(words: Sequence[str], at: int) -> tuple[Window, int] | None:
    """Return the window that begins with that word, and how many words it takes.

    “22:00-06:00”, “6am to 10pm”, “from 6 until 22:00”, “between 6 and 22:00”.
    """
    first, *following = words[at : at + 4]
    joined = first.split("-")
    if len(joined) > 1 and all(joined):
        ends = [find_time(part) for part in joined]
        return (_window(ends[0], ends[1]), 1) if len(ends) == 2 and all(ends) else None  # noqa: PLR2004
    if first in ("from", "between") and following:
        inner = find_window(words, at + 1) if "-" in following[0] else None
        if inner:
            return inner[0], inner[1] + 1
        return _spelled(following, {*TO, "and"} if first == "between" else TO, taken=1)
    return _spelled([first, *following], TO, taken=0)


def read_quiet(words: Sequence[str], at: int) -> tuple[tuple[Window, ...], int] | None:
    """Return the quiet hours that “not …” names at that word, and how many words it takes.

    Raises:
        ScheduleError: no window follows, or too many.
    """
    if words[at] not in QUIET:
        return None
    windows: list[Window] = []
    taken = 1
    while at + taken < len(words):
        if found := find_window(words, at + taken):
            windows.append(found[0])
            taken += found[1]
        elif words[at + taken] in BETWEEN_WINDOWS:
            taken += 1
        else:
            break
    if not windows:
        raise ScheduleError(
            f"Behind “{words[at]}” stand quiet hours. Try “every 2 hours not 22:00-06:00”."
        )
    if len(windows) > MAX_QUIET:
        raise ScheduleError(f"At most {MAX_QUIET} stretches of quiet hours, please.")
    return tuple(windows), taken


def _spelled(
    words: Sequence[str], between: set[str] | frozenset[str], *, taken: int
) -> tuple[Window, int] | None:
    """Return the window of “6 to 22:00”: a time, a word between, a time."""
    if len(words) < 3 or words[1] not in between:  # noqa: PLR2004 - see above
        return None
    start, end = find_time(words[0]), find_time(words[2])
    return (_window(start, end), taken + 3) if start and end else None


def _window(start: str | None, end: str | None) -> Window:
    return Window(start or "", end or "")
