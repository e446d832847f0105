"""Finds figures of nought: "no one was hurt", "no deaths were reported"."""

from collections.abc import Iterator
from typing import Final

from bot.news import Quantity
from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import Tokens, is_at
from bot.quantities.reading import Measured

NOUGHT: Final = Quantity(0.0, 0.0)
NOBODY: Final = (("no", "one"), ("nobody",), ("none",), ("no", "-", "one"))
NO: Final = frozenset({"no", "without", "zero"})
OPENERS: Final = NO | {phrase[0] for phrase in NOBODY}


def find_zeroes(tokens: Tokens, words: FigureWords) -> Iterator[Measured]:
    """Return where the sentence says that there was none, of people or of what a topic counts."""
    for at, token in enumerate(tokens):
        if token.word not in OPENERS:
            continue
        for phrase in NOBODY:
            if is_at(tokens, at, phrase):
                yield Measured(at, at, at + len(phrase), NOUGHT)
        follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if token.word in NO and follows in words.noughts:
            yield Measured(at, at, at + 1, NOUGHT)
