"""Checks words that count without a number: ranks, "double", "most"."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from bot.quantities.numerals import ORDINAL_ENDINGS
from bot.writing.checks.reading import Reading
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Fault


def find_counting_words(
    written: Reading, sources: Sources, covered: AbstractSet[int]
) -> Iterator[Fault]:
    """Return ranks, multiples and quantifiers that no source has in any form.

    `covered` are the tokens that belong to numbers and dates.
    """
    for at, word in enumerate(written.words):
        if at in covered or word in sources.known:
            continue
        if reason := _missing(word, written, sources):
            yield Fault("number", written.tokens[at].text, reason)


def _missing(word: str, written: Reading, sources: Sources) -> str:
    """Return why a word is not supported, empty if it is or if it counts nothing."""
    words = written.vocabulary
    if number := words.ordinals.get(word):
        ranks = {f"{number}{ending}" for ending in ORDINAL_ENDINGS}
        return "" if any(ranks & _pairs(s) for s in sources.sentences) else "no source has the rank"
    if word in words.quantifiers and words.quantifiers.isdisjoint(sources.known):
        return "no cited sentence says of how many"
    if base := words.multiples.get(word):
        same = (words.multiples.get(w) == base for s in sources.sentences for w in s.words)
        return "" if any(same) else "no cited sentence has this number"
    return ""


def _pairs(source: Reading) -> frozenset[str]:
    """Return what stands together with the next token: `21st` is two."""
    return frozenset(a + b for a, b in zip(source.words, source.words[1:], strict=False))
