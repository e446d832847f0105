"""Counts, times and lists in words, as the cards print them."""

from collections.abc import Sequence
from datetime import datetime, tzinfo


def count(number: int, noun: str, plural: str = "") -> str:
    """Return "1 story", "2 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day_and_hour(instant: datetime, zone: tzinfo) -> str:
    """Return "Thursday 17 September 2026, 07:00 BST": the instant on the reader's clock."""
    local = instant.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"


def short_hour(instant: datetime, zone: tzinfo) -> str:
    """Return "17 Sep, 07:00" on the reader's clock."""
    local = instant.astimezone(zone)
    return f"{local.day} {local:%b, %H:%M}"


def listed(names: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
