"""Finds the noun that a number counts."""

from typing import Final, NamedTuple

from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import HYPHENS, Tokens
from bot.quantities.reading import Measured
from bot.text import stem

NOUN_WITHIN: Final = 5
"""Words behind a number among which what it counts is looked for."""
MIN_PLURAL: Final = 4
"""Letters of the shortest word that is a plural because it ends in s."""


class Noun(NamedTuple):
    """The noun behind a number: its index, or -1 where there is none, and where its phrase ends."""

    head: int
    end: int


def counted_noun(tokens: Tokens, m: Measured, words: FigureWords) -> Noun:
    """Return the noun that follows a number: the first plural, or a person where there is one."""
    at = _behind_of(tokens, m.last, words)
    if at < len(tokens) and words.has("verbs", tokens[at].word):
        return Noun(-1, m.last)
    single = m.quantity.high == 1 and m.quantity.low == 1
    for here in range(at, min(at + NOUN_WITHIN, len(tokens))):
        token = tokens[here]
        if token.text in HYPHENS:
            continue
        if not token.text[0].isalpha() or words.has("stops", token.word):
            break
        if single and words.has("singular", token.word):
            return Noun(here, here + 1)
        if not single and is_plural(token.word, words):
            return _plurals(tokens, here, words)
    return Noun(-1, m.last)


def _behind_of(tokens: Tokens, at: int, words: FigureWords) -> int:
    """Return where the noun phrase starts: behind "of" and the articles that follow it."""
    if at >= len(tokens) or tokens[at].word != "of":
        return at
    at += 1
    while at < len(tokens) and words.has("determiners", tokens[at].word):
        at += 1
    return at


def _plurals(tokens: Tokens, first: int, words: FigureWords) -> Noun:
    last = first
    while last + 1 < len(tokens) and is_plural(tokens[last + 1].word, words):
        last += 1
    return Noun(last, last + 1)


def is_plural(word: str, words: FigureWords) -> bool:
    """Tell whether a word looks like a plural noun."""
    if word in words.lists["plurals"]:
        return True
    if word in words.lists["stops"] or word in words.lists["said"]:
        return False
    return (
        len(word) >= MIN_PLURAL
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
    )


def family_of(noun: str, words: FigureWords) -> str:
    """Return the stem of the noun that stands for all that mean the same."""
    return stem(words.families.get(noun, noun))
