"""Says word by word how altered words differ from the place that they come nearest to."""

from typing import Final

from bot.news import Difference, DifferenceKind
from bot.quotes.matching import Block, Word
from bot.quotes.qualifiers import Qualifiers, lower_words
from bot.text import fold

MAX_SHOWN: Final = 200
"""Characters of one difference that are shown."""


def word_differences(
    given: tuple[str, list[Word]], found: tuple[str, list[Word]], blocks: list[Block], q: Qualifiers
) -> list[Difference]:
    """Return the differences in the order of the words; at least one.

    `given` and `found` are plain texts, each with those of its words that are compared; `blocks` is
    what both have in common.
    """
    comparison = _Comparison(given, found, q)
    at = other = 0
    for block in [*blocks, (len(given[1]), len(found[1]), 0)]:
        comparison.gap((at, block[0]), (other, block[1]))
        comparison.same(block)
        at, other = block[0] + block[2], block[1] + block[2]
    return comparison.differences or [comparison.punctuation()]


class _Comparison:
    def __init__(
        self, given: tuple[str, list[Word]], found: tuple[str, list[Word]], q: Qualifiers
    ) -> None:
        self.given, self.words = given
        self.found, self.others = found
        self.known = q
        self.differences: list[Difference] = []

    def gap(self, ours: tuple[int, int], theirs: tuple[int, int]) -> None:
        """Note the words between two blocks."""
        one = _slice(self.given, self.words[slice(*ours)])
        other = _slice(self.found, self.others[slice(*theirs)])
        if one or other:
            self._note(self._kind(one, other), one, other)

    def same(self, block: Block) -> None:
        """Note words of a block that are the same only to the eye, and the marks between them."""
        a, b, size = block
        for i in range(size):
            one, other = self.words[a + i], self.others[b + i]
            ours, theirs = self.given[one.start : one.end], self.found[other.start : other.end]
            if ours != theirs:
                self._note(_likeness(ours, theirs), ours, theirs)
            if i:
                between = self.given[self.words[a + i - 1].end : one.start]
                there = self.found[self.others[b + i - 1].end : other.start]
                if between != there:
                    self._note("punctuation", between, there)

    def punctuation(self) -> Difference:
        """Return the difference of texts that have all words in common: what ends them."""
        start = self.words[0].start if self.words else 0
        stop = self.others[-1].end if self.others else 0
        ours = self.given[:start] + self.given[self.words[-1].end :] if self.words else self.given
        return Difference("punctuation", ours[:MAX_SHOWN], self.found[stop : stop + 1])

    def _kind(self, one: str, other: str) -> DifferenceKind:
        ours, theirs = lower_words(one), lower_words(other)
        for kind, tells in (("negation", self.known.is_negation), ("number", self.known.is_number)):
            if [w for w in ours if tells(w)] != [w for w in theirs if tells(w)]:
                return kind  # type: ignore[return-value]
        return "changed" if one and other else "added" if one else "dropped"

    def _note(self, kind: DifferenceKind, given: str, found: str) -> None:
        self.differences.append(Difference(kind, given[:MAX_SHOWN], found[:MAX_SHOWN]))


def _likeness(one: str, other: str) -> DifferenceKind:
    if one.casefold() == other.casefold():
        return "case"
    return "changed" if fold(one) == fold(other) and one.isprintable() else "look-alike"


def _slice(text: str, words: list[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
