"""Says what happened to the things that a number counts, so that other deeds are told apart."""

from collections.abc import Iterator

from bot.stories.circumstances import clause
from bot.stories.figure_words import FigureWords
from bot.stories.numerals import Tokens, is_at
from bot.stories.quantities import Measured

MAX_WORDS = 2
"""Words of the longest deed: "brought down"."""


def deeds_around(tokens: Tokens, m: Measured, words: FigureWords) -> frozenset[str]:
    """Return what the figure's clause says was done, each as the word that stands for it."""
    start, end = clause(tokens, m, words)
    outside = [*range(start, m.first), *range(m.last, end)]
    return frozenset(_deeds(tokens, outside, words))


def _deeds(tokens: Tokens, places: list[int], words: FigureWords) -> Iterator[str]:
    for at in places:
        phrases = (tuple(t.word for t in tokens[at : at + n]) for n in range(MAX_WORDS, 0, -1))
        found = next((p for p in phrases if p in words.deeds), None)
        if found and is_at(tokens, at, found):
            yield words.deeds[found]
