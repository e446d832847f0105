"""Makes words from outside fit to be shown: on one line, not too long, without controls."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.text import squeeze

MAX_CHARS: Final = 160
UNSHOWN: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Unicode categories that say nothing to readers and something to terminals."""

BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what is printed behind them. Source: Unicode, UAX 9."""

UNITS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def printed(text: str, max_chars: int = MAX_CHARS) -> str:
    """Return the text on one line without controls, cut behind `max_chars` characters."""
    head = squeeze(text[: 4 * max_chars])
    shown = squeeze(
        "".join(c for c in head if unicodedata.category(c) not in UNSHOWN and c not in BIDI)
    )
    cut = len(shown) > max_chars or len(text) > 4 * max_chars
    return shown[: max_chars - 1].rstrip() + "…" if cut else shown


def shown_address(address: str) -> str:
    """Return an address whole, so that it can be copied, without what is no part of any."""
    return printed(address, 4_000)


def span(seconds: float) -> str:
    """Return "15 minutes", "1 hour", "3 days": the largest unit that fits, rounded."""
    for size, unit in UNITS:
        if seconds >= size * 0.95:
            number = round(seconds / size)
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return f"{round(seconds)} seconds"


def every(seconds: float) -> str:
    """Return "every 15 minutes", "every hour"."""
    return f"every {span(seconds)}".replace("every 1 ", "every ")


def ago(then: datetime, now: datetime) -> str:
    """Return "3 hours ago", "in 5 minutes" or "now"."""
    gap = now - then
    if abs(gap) < timedelta(seconds=5):
        return "now"
    words = span(abs(gap.total_seconds()))
    return f"{words} ago" if gap > timedelta() else f"in {words}"


def named(parts: Sequence[str], most: int) -> str:
    """Return the parts with commas, and how many are left out."""
    more = f" and {len(parts) - most} more" if len(parts) > most else ""
    return ", ".join(parts[:most]) + more
