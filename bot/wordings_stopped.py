"""Finds words that were stopped in a text, and how much of the text has to go with them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.news import Revision, Span
from bot.text import Bounds, fold, paragraphs, sentences

TOKEN: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word, as the index of words has it: letters and digits, with marks over them."""
RUN: Final = 6
"""So many words in a row of a stopped quote are the quote: shorter runs are everybody's."""


def runs(wordings: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return the rows of folded words by which the wordings are known in any text.

    A wording of `RUN` words or fewer is known by all of it.
    """
    found: set[tuple[str, ...]] = set()
    for wording in wordings:
        terms = [term for term, _ in _terms(wording)]
        size = min(RUN, len(terms))
        found |= {tuple(terms[i : i + size]) for i in range(len(terms) - size + 1) if size}
    return frozenset(found)


def has_words(text: str, known: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether one of the rows of words stands in the text."""
    return bool(_find(text, known))


def find_stopped(
    revision: Revision, known: frozenset[tuple[str, ...]], language: str
) -> tuple[Span, ...]:
    """Return the spans of a revision's body that go with the words: whole sentences, in order.

    A sentence that has lost words would say something that its source does not, so all of it goes.
    Where a sentence cannot be told apart its paragraph goes.
    """
    found = _find(revision.body, known)
    if not found:
        return ()
    bounds = [
        bound
        for start, end in paragraphs(revision.body)
        if any(a < end and b > start for a, b in found)
        for bound in sentences(revision.body, start, end, language=language)
    ]
    gone = [(a, b) for a, b in bounds if any(x < b and y > a for x, y in found)]
    joined = _joined(sorted([*gone, *found]))
    return tuple(Span(revision.article_id, revision.number, "body", a, b) for a, b in joined)


def _find(text: str, known: frozenset[tuple[str, ...]]) -> list[Bounds]:
    terms = list(_terms(text))
    sizes = sorted({len(run) for run in known})
    return [
        (terms[i][1][0], terms[i + size - 1][1][1])
        for size in sizes
        for i in range(len(terms) - size + 1)
        if tuple(term for term, _ in terms[i : i + size]) in known
    ]


def _terms(text: str) -> Iterator[tuple[str, Bounds]]:
    """Give the folded words of a text with their bounds; a letter may fold to several words."""
    for match in TOKEN.finditer(text):
        for part in TOKEN.findall(fold(match.group())):
            yield part, match.span()


def _joined(bounds: Sequence[Bounds]) -> list[Bounds]:
    joined: list[Bounds] = []
    for start, end in bounds:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
