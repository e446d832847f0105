"""Finds where altered words come from: the nearest place, or the fragments they are made of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.news import Difference
from bot.quotes.differences import word_differences
from bot.quotes.matching import BUCKET, Block, Fragment, Index, Text, Word, align
from bot.quotes.qualifiers import Qualifiers
from bot.text import Bounds

ALIKE: Final = 0.5
"""Share of the words, and of the source's, that are in common from which on a place is nearest."""
COVERED: Final = 0.75
"""Share of the words that fragments must cover to be what the words are made of."""
STRAY: Final = 4
"""Words in the source between a lone first or last word in common and the rest."""
SEAM_CHARS: Final = 40
BREAK: Final = re.compile(r"[.!?…\"\n]|(?<!\w)'|'(?!\w)")

HomeOf = Callable[[Text, Bounds], tuple[object, ...]]
"""From a stretch to what tells the quotation or paragraph that it lies in from another."""


@dataclass(frozen=True)
class Found:
    """Where words come from: one place with its differences, or several joined ones in order."""

    places: Sequence[tuple[Text, Bounds]]
    differences: Sequence[Difference]


def find_nearest(
    plain: str, words: list[Word], index: Index, home_of: HomeOf, *, known: Qualifiers
) -> Found | None:
    """Return where words that stand nowhere as they are come from, or `None`.

    One place is returned where half of its words and of the given ones are the same, in order;
    several, where the words are fragments of different quotations or paragraphs, or of places that
    lie apart.
    """
    return _Search(plain, words, index, home_of, known).nearest()


@dataclass(frozen=True)
class _Search:
    plain: str
    words: list[Word]
    index: Index
    home_of: HomeOf
    known: Qualifiers

    def nearest(self) -> Found | None:
        keys = [word.key for word in self.words]
        window = self.index.nearest(keys)
        blocks = _without_strays(align(keys, self.index.keys[slice(*window)])) if window else []
        if window is None or not blocks:
            return None
        matched = sum(size for _, _, size in blocks)
        length = blocks[-1][1] + blocks[-1][2] - blocks[0][1]
        gap = max((b[1] - a[1] - a[2] for a, b in pairwise(blocks)), default=0)
        apart = gap > BUCKET or matched < COVERED * len(keys)
        if apart or len({self._home(window[0] + at, size) for _, at, size in blocks}) > 1:
            stitched = self._stitched(keys)
            if stitched:
                return stitched
        if matched < ALIKE * max(len(keys), length):
            return None
        return self._altered([(a, window[0] + at, size) for a, at, size in blocks])

    # --- One place -----------------------------------------------------------------

    def _altered(self, blocks: list[Block]) -> Found:
        text, first = self.index.text_at(blocks[0][1])
        base = blocks[0][1] - first
        last = blocks[-1][1] + blocks[-1][2] - base
        head, tail = blocks[0][0], len(self.words) - blocks[-1][0] - blocks[-1][2]
        last += _joined(text, text.words[last - 1 : last + tail])
        first -= _joined(text, text.words[max(0, first - head) : first + 1][::-1])
        differences = word_differences(
            (self.plain, self.words),
            (text.plain.text, text.words[first:last]),
            [(a, at - base - first, size) for a, at, size in blocks],
            self.known,
        )
        bounds = text.bounds(text.words[first].start, text.words[last - 1].end)
        return Found([(text, bounds)], differences)

    # --- Several -------------------------------------------------------------------

    def _stitched(self, keys: list[str]) -> Found | None:
        groups = self._groups(self.index.fragments(keys))
        covered = sum(fragment.size for fragment in groups)
        if len(groups) < 2 or covered < COVERED * len(keys):  # noqa: PLR2004 - two make a seam
            return None
        return Found([self._place(g.at, g.size) for g in groups], [*map(self._seam, groups[:-1])])

    def _groups(self, fragments: list[Fragment]) -> list[Fragment]:
        """Join fragments that follow each other closely in the same home."""
        groups: list[Fragment] = []
        for fragment in fragments:
            if groups and self._follows(groups[-1], fragment):
                before = groups.pop()
                size = fragment.at + fragment.size - before.at
                groups.append(Fragment(before.given, before.at, size))
            else:
                groups.append(fragment)
        return groups

    def _follows(self, before: Fragment, fragment: Fragment) -> bool:
        gap = fragment.at - before.at - before.size
        near = 0 <= gap <= BUCKET
        return near and self._home(before.at, before.size) == self._home(fragment.at, fragment.size)

    def _seam(self, fragment: Fragment) -> Difference:
        """Return what the words say where a fragment ends, and what the source says there."""
        text, first = self.index.text_at(fragment.at)
        end = text.words[first + fragment.size - 1].end
        at = min(fragment.given + fragment.size, len(self.words)) - 1
        given = self.plain[self.words[at].start : self.words[at].end + SEAM_CHARS]
        return Difference("joined", given, text.plain.text[end : end + SEAM_CHARS])

    def _place(self, at: int, size: int) -> tuple[Text, Bounds]:
        text, first = self.index.text_at(at)
        return text, text.bounds(text.words[first].start, text.words[first + size - 1].end)

    def _home(self, at: int, size: int) -> tuple[object, ...]:
        return self.home_of(*self._place(at, size))


def _without_strays(blocks: list[Block]) -> list[Block]:
    """Drop a lone word in common at either end that stands far from the rest in the source."""
    while len(blocks) > 1 and blocks[0][2] == 1 and blocks[1][1] - blocks[0][1] > STRAY:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1][2] == 1 and _gap(blocks) >= STRAY:
        blocks = blocks[:-1]
    return blocks


def _gap(blocks: list[Block]) -> int:
    return blocks[-1][1] - blocks[-2][1] - blocks[-2][2]


def _joined(text: Text, words: list[Word]) -> int:
    """Return how many words follow the first, either way, before a sentence or quotation ends."""
    count = 0
    for pair in pairwise(words):
        start, end = sorted(pair)
        if BREAK.search(text.plain.text, start.end, end.start):
            break
        count += 1
    return count
