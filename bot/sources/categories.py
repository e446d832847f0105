"""The categories that a source gives an item, as few and as short as real ones are."""

from collections.abc import Iterable
from typing import Final

from bot.text import clean, squeeze

MAX_CATEGORIES: Final = 20
MAX_CHARS: Final = 80
"""What goes on longer is a sentence, and what has more of them is filed under everything."""


def categories(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the categories in their order, on one line each, none twice; long ones left out."""
    found = (squeeze(clean(line)) for line in lines)
    kept = dict.fromkeys(line for line in found if 0 < len(line) <= MAX_CHARS)
    return tuple(kept)[:MAX_CATEGORIES]
