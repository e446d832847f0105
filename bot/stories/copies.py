"""Tells reprints from reports of one's own: outlets that carry the same text are one origin."""

from collections.abc import Mapping
from typing import Final
from zlib import crc32

from bot.news import Origin
from bot.text import words

SHINGLE_WORDS: Final = 5
"""Words in a row that are compared as one."""

ANCHOR_CHARS: Final = 6
"""Shingles start at words of at least this length: about every third, and the same in each copy."""

MIN_SHARED: Final = 0.66
"""Share of the shorter text that must stand in the longer one.

Of the pairs of independent reports in the shared stories none exceeds .54; those that come near
carry the same long quotations.
"""

Shingles = frozenset[int]


def find_origins(told: Mapping[str, str]) -> tuple[Origin, ...]:
    """Return the independent sources among the texts of one story, by article id.

    The texts come in order of time; the first of an origin is its original. A text cut short is a
    copy too, and so is one with words added: neither is a witness of its own.

    Source: containment of hashed shingles (Broder, 1997), of the shorter text in the longer.
    """
    if len(told) == 1:
        return (Origin(tuple(told)),)
    families: list[list[tuple[str, Shingles]]] = []
    for article_id, text in told.items():
        shingles = _shingles(text)
        family = next((f for f in families if _is_copy_of_any(shingles, f)), None)
        if family is None:
            families.append(family := [])
        family.append((article_id, shingles))
    return tuple(Origin(tuple(article_id for article_id, _ in family)) for family in families)


def _is_copy_of_any(shingles: Shingles, family: list[tuple[str, Shingles]]) -> bool:
    return any(_containment(shingles, other) >= MIN_SHARED for _, other in family)


def _containment(some: Shingles, others: Shingles) -> float:
    return len(some & others) / min(len(some), len(others))


def _shingles(text: str) -> Shingles:
    """Return the hashes of the text's shingles; of the whole text when it is too short for any."""
    found = words(text.casefold())
    starts = (i for i in range(len(found) - SHINGLE_WORDS + 1) if len(found[i]) >= ANCHOR_CHARS)
    rows = [" ".join(found[i : i + SHINGLE_WORDS]) for i in starts] or [" ".join(found)]
    return frozenset(crc32(row.encode()) for row in rows)
