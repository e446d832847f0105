"""Time zones as editors write them, and the example that every refusal ends with."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final, NoReturn
from zoneinfo import available_timezones

from bot.errors import ScheduleError

EXAMPLE: Final = "weekdays 07:00 and 17:30 Europe/London"


def find_zone(words: Sequence[str]) -> str:
    """Return the IANA zone that the folded words name: “america/new york”, “utc”.

    Raises:
        ScheduleError: they name none; the sentence says which one was perhaps meant.
    """
    zones = _zones()
    return zones.get("_".join(words)) or _refuse(words, zones)


def _refuse(words: Sequence[str], zones: dict[str, str]) -> NoReturn:
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
