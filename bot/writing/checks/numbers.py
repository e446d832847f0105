"""Checks that numbers, amounts and units stand in the cited sentences, or follow from them."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from bot.news import Quantity
from bot.quantities.reading import Measured
from bot.writing.checks.counting import find_counting_words
from bot.writing.checks.reading import Reading
from bot.writing.checks.rounding import compare, is_near_miss
from bot.writing.checks.sources import Sources
from bot.writing.checks.values import Derived, Fault

Found = Iterator[Fault | Derived]
CODE: Final = re.compile(r"[^\W\d_]*\d[\w:/.,]*")
"""Digits with what is written together with them: `10:30`, `21st`, `A4`."""
NOWHERE: Final = "no cited sentence has this number"


def find_numbers(written: Reading, sources: Sources, dated: frozenset[int]) -> Found:
    """Return the numbers that no source has, and those that follow from what one has.

    `dated` are the tokens that belong to dates, which have a check of their own.
    """
    covered = set(dated)
    for measured in written.quantities:
        covered.update(range(measured.first, measured.last))
        if measured.number not in dated:
            yield from _check(written, measured, sources)
    yield from _codes(written, sources, covered)
    yield from find_counting_words(written, sources, covered)
    yield from _turned_round(written, sources)
    yield from _other_currency(written, sources)


def _codes(written: Reading, sources: Sources, covered: AbstractSet[int]) -> Found:
    """Return times, ranks, names of things with digits, and number words, that no source has."""
    open_ones = [at for at in range(len(written.tokens)) if at not in covered]
    if any(written.words[at][0].isdecimal() for at in open_ones):
        known = {code for source in sources.sentences for _, code in _cores(source)}
        starts = {written.tokens[at].start for at in open_ones}
        for match, code in _cores(written):
            if code not in known and any(match.start() <= at < match.end() for at in starts):
                yield Fault("number", match.group(), NOWHERE)
    numerals = written.vocabulary.numerals
    for at in open_ones:
        if written.words[at] in numerals and written.words[at] not in sources.known:
            yield Fault("number", written.tokens[at].text, NOWHERE)


def _cores(reading: Reading) -> Iterator[tuple[re.Match[str], str]]:
    for match in CODE.finditer(reading.text):
        yield match, match.group().rstrip(".,:/").lower()


def _check(written: Reading, measured: Measured, sources: Sources) -> Found:
    words = written.slice((measured.first, measured.last))
    found: dict[str, str] = {}
    for source in sources.sentences:
        for candidate in source.quantities:
            near = "near" if is_near_miss(measured, candidate) else ""
            theirs = source.slice((candidate.first, candidate.last))
            found.setdefault(compare(measured, candidate) or near, theirs)
    source_words = found.get("same") or found.get("follows")
    if source_words:
        if source_words.lower() != words.lower():
            yield Derived(words, source_words)
    elif not _is_one_of_a_kind(written, measured, sources):
        near = found.get("near", "")
        yield Fault("number", words, f"the source says “{near}”" if near else NOWHERE)


def _is_one_of_a_kind(written: Reading, measured: Measured, sources: Sources) -> bool:
    """Tell whether "one" counts what a source has with "a" or "an"."""
    if measured.quantity != Quantity(1.0, 1.0) or written.words[measured.number] != "one":
        return False
    if measured.last >= len(written.tokens):
        return False
    noun = written.stems[measured.last]
    return any(
        at and source.words[at - 1] in source.vocabulary.single
        for source in sources.sentences
        for at in source.places.get(noun, ())
    )


def _turned_round(written: Reading, sources: Sources) -> Found:
    """Return pairs of numbers (scores, votes, ranges, dates) that a source has the other way."""
    ours = dict(_joined(written))
    if not ours:
        return
    theirs = {pair for source in sources.sentences for pair, _ in _joined(source)}
    for (first, second), at in ours.items():
        if (second, first) in theirs and (first, second) not in theirs:
            words = written.slice((at, at + 3))
            yield Fault("role", words, "the source has these numbers the other way round")


def _joined(reading: Reading) -> Iterator[tuple[tuple[str, str], int]]:
    words = reading.words
    for at in range(len(words) - 2):
        if words[at][0].isdecimal() and words[at + 2][0].isdecimal():
            yield (words[at], words[at + 2]), at


def _other_currency(written: Reading, sources: Sources) -> Found:
    """Return amounts whose number a source has behind another currency's sign."""
    symbols = written.vocabulary.figures.symbols
    ours = dict(_amounts(written, symbols))
    theirs = {pair for source in sources.sentences for pair, _ in _amounts(source, symbols)}
    numbers = {number for _, number in theirs}
    for pair, at in ours.items():
        if pair not in theirs and pair[1] in numbers:
            words = written.slice((at, at + 2))
            yield Fault("number", words, "the source has this number in another currency")


def _amounts(reading: Reading, symbols: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], int]]:
    words = reading.words
    for at in range(len(words) - 1):
        if words[at] in symbols:
            yield (symbols[words[at]], words[at + 1]), at
