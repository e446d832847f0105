"""Suggests time zones while somebody types."""

from functools import cache
from zoneinfo import available_timezones


def zones_like(typed: str, *, limit: int) -> tuple[str, ...]:
    """Return names of the IANA database with these words in them, in the order of the alphabet."""
    asked = typed.strip().casefold().replace(" ", "_")
    return tuple(name for name in _zones() if asked in name.casefold())[:limit]


@cache
def _zones() -> tuple[str, ...]:
    """Return the zones that people name: of places, and UTC."""
    return tuple(sorted(z for z in available_timezones() if "/" in z or z == "UTC"))
