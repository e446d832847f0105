"""Says what happened to the things that a number counts, so that other deeds are told apart."""

from collections.abc import Iterator
from typing import Final

from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import Tokens
from bot.quantities.reading import Measured
from bot.stories.circumstances import clause
from bot.text import stem

MIN_PAST: Final = 5
"""Letters of the shortest word whose ending tells that it is the past of a verb."""


def deeds_around(tokens: Tokens, m: Measured, words: FigureWords) -> frozenset[str]:
    """Return what the figure's clause says was done, each as the word that stands for it."""
    start, end = clause(tokens, m, words)
    outside = [*range(start, m.first), *range(m.last, end)]
    return frozenset(_deeds(tokens, outside, words))


def _deeds(tokens: Tokens, places: list[int], words: FigureWords) -> Iterator[str]:
    for at in places:
        word = tokens[at].word
        follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if found := words.deeds.get(f"{word} {follows}") or words.deeds.get(word):
            yield found
        elif _is_past(word, words):
            yield stem(word)


def _is_past(word: str, words: FigureWords) -> bool:
    """Tell whether a word looks like the past of a verb, other than of telling or of being."""
    past = (word.endswith("ed") and len(word) >= MIN_PAST) or words.has("irregular", word)
    other = ("auxiliaries", "said", "changes")
    return past and not any(words.has(name, word) for name in other)
