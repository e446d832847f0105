"""How a question and a source come to the same keys: stems, figures for number words, synonyms."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bot.text import WORD, fold
from bot.weights import WordWeights, term

GROUPED_DIGITS: Final = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))")
"""The mark between the thousands of a figure."""

NUMBER_WORDS: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety
    """
UNITS: Final = NUMBER_WORDS.split()[:20]
TENS: Final = NUMBER_WORDS.split()[20:]
FIGURES: Final = (
    {word: number for number, word in enumerate(UNITS)}
    | {word: 10 * number for number, word in enumerate(TENS, start=2)}
    | {
        f"{ten}-{unit}": 10 * number + digit
        for number, ten in enumerate(TENS, start=2)
        for digit, unit in enumerate(UNITS[1:10], start=1)
    }
    | {"once": 1, "twice": 2}
)
"""Number words up to 99, as their figures."""

SAME: Final = tuple(
    tuple(line.split())
    for line in """
    hurt injured injury injuries wounded
    die dies died dead death deaths killed
    boat ship vessel ferry
    crash collision accident collided struck hit ran
    captain master skipper
    aboard board
    people passengers persons residents
    price cost costs
    fire blaze burned burnt
    rise raise increase rose rises raised higher
    fall drop decrease fell cut
    quit resign resignation resigned
    buy buyer bought purchase purchased
    sell sold sale seller
    pay wage wages
    strike walkout stoppage
    deal agreement settlement settled
    start begin begins began starts started
    end finish ended ends finished
    close closed shut closes closing closure closures
    open opened reopened opens
    homes households houses
    electricity power
    ill sick infected cases
    boss chief head director
    money crowns funds
    child children pupils
    find found discovered
    save saves saved rescued rescue
    """.strip().splitlines()
)
"""Words that news uses for one another; each line is one meaning."""


def keys(text: str, weights: WordWeights) -> frozenset[str]:
    """Return what the text can be found by: stems of its words, and figures without their commas.

    A hyphenated word gives its parts as well.
    """
    found = (key for word, _ in words_of(text) for key in _forms(word, weights.language))
    return frozenset(found)


def words_of(text: str) -> Iterator[tuple[str, int]]:
    """Return the words and figures of the text, each with where it starts in it.

    Places are those of the text without the marks between thousands.
    """
    for match in WORD.finditer(GROUPED_DIGITS.sub("", text)):
        yield match.group(), match.start()


def figure(word: str) -> str:
    """Return the figure that the word says, or nothing."""
    folded = fold(word)
    if folded in FIGURES:
        return str(FIGURES[folded])
    return folded if folded[:1].isdigit() else ""


@lru_cache(maxsize=32768)
def key(word: str, language: str) -> str:
    """Return the stem or figure by which one word is found."""
    return figure(word) or term(word, language)


@lru_cache(maxsize=4096)
def alternatives(word: str, language: str) -> frozenset[str]:
    """Return the keys of the word and of the English words that news uses for it."""
    own = key(word, language)
    same = {own}
    for group in SAME:
        stems = {key(other, language) for other in group}
        if own in stems:
            same |= stems
    return frozenset(same)


@lru_cache(maxsize=32768)
def _forms(word: str, language: str) -> tuple[str, ...]:
    whole = key(word, language)
    if "-" not in word:
        return (whole,)
    return (whole, *(key(part, language) for part in word.split("-") if part))
