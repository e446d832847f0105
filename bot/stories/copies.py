"""Tells reprints from reports of one's own: outlets that carry the same text are one origin."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from bot.news import Article, Origin
from bot.paragraphs import story_paragraphs
from bot.weights import WordWeights

SHINGLE_WORDS: Final = 5
"""Words in a row that are compared as one."""

MIN_SHARED: Final = 0.66
"""Share of the shorter text that must stand in the longer one. Of the pairs of independent reports
in the shared stories none exceeds .54; those that come near carry the same long quotations."""

Shingles = frozenset[int]


def find_origins(articles: Sequence[Article], weights: WordWeights) -> tuple[Origin, ...]:
    """Return the independent sources among the articles of one story, in the order of the articles.

    The articles come in order of time; the first of an origin is its original. A text cut short is
    a copy too, and so is one with words added: neither is a witness of its own.

    Source: containment of hashed shingles (Broder, 1997), of the shorter text in the longer.
    """
    if len(articles) == 1:
        return (Origin((articles[0].id,)),)
    families: list[list[tuple[str, Shingles]]] = []
    for article in articles:
        shingles = _shingles(article, weights)
        family = next((f for f in families if _is_copy_of_any(shingles, f)), None)
        if family is None:
            families.append(family := [])
        family.append((article.id, shingles))
    return tuple(Origin(tuple(article_id for article_id, _ in family)) for family in families)


def _is_copy_of_any(shingles: Shingles, family: list[tuple[str, Shingles]]) -> bool:
    return any(_containment(shingles, other) >= MIN_SHARED for _, other in family)


def _containment(some: Shingles, others: Shingles) -> float:
    return len(some & others) / (min(len(some), len(others)) or 1)


def _shingles(article: Article, weights: WordWeights) -> Shingles:
    """Return the hashes of the text; of the title when that is all there is."""
    body = article.latest.body
    told = " ".join(body[p.start : p.end] for p in story_paragraphs(body))
    stems = list(weights.stems(told)) or list(weights.stems(article.latest.title))
    rows = range(max(min(len(stems), 1), len(stems) - SHINGLE_WORDS + 1))
    return frozenset(crc32(" ".join(stems[i : i + SHINGLE_WORDS]).encode()) for i in rows)
