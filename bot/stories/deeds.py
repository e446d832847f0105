"""Says what happened to the things that a number counts, so that other deeds are told apart."""

from collections.abc import Iterator
from typing import Final

from bot.stories.circumstances import clause
from bot.stories.figure_words import FigureWords
from bot.stories.numerals import Tokens
from bot.stories.quantities import Measured
from bot.text import stem

MAX_WORDS: Final = 2
"""Words of the longest deed: "brought down"."""
MIN_PAST: Final = 5
"""Letters of the shortest word whose ending tells that it is the past of a verb."""


def deeds_around(tokens: Tokens, m: Measured, words: FigureWords) -> frozenset[str]:
    """Return what the figure's clause says was done, each as the word that stands for it."""
    start, end = clause(tokens, m, words)
    outside = [*range(start, m.first), *range(m.last, end)]
    return frozenset(_deeds(tokens, outside, words))


def _deeds(tokens: Tokens, places: list[int], words: FigureWords) -> Iterator[str]:
    for at in places:
        phrases = (tuple(t.word for t in tokens[at : at + n]) for n in range(MAX_WORDS, 0, -1))
        found = next((p for p in phrases if p in words.deeds), None)
        if found:
            yield words.deeds[found]
        elif _is_past(tokens[at].word, words):
            yield stem(tokens[at].word)


def _is_past(word: str, words: FigureWords) -> bool:
    """Tell whether a word looks like the past of a verb, other than of telling or of being."""
    if words.has("auxiliaries", word) or words.has("said", word) or words.has("changes", word):
        return False
    return (word.endswith("ed") and len(word) >= MIN_PAST) or words.has("irregular", word)
