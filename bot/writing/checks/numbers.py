"""Checks that numbers, amounts and units stand in the cited sentences, or follow from them."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Final

from bot.news import Quantity
from bot.quantities.reading import Measured
from bot.writing.checks.reading import Reading, Sources
from bot.writing.checks.values import Derived, Fault

Found = Iterator[Fault | Derived]
NEAR: Final = 0.1
"""How far a rounded number may be from the exact one, as a share of it."""
CODE: Final = re.compile(r"[^\W\d_]*\d[\w:/.,]*")
"""Digits with what is written together with them: `10:30`, `21st`, `A4`."""
FAR: Final = 0.25
"""How far "more than" and "at most" may be from the exact number."""
LIKE: Final = 1e-6
YEAR_SECONDS: Final = 31_557_600
ONE_WORDS: Final = frozenset({"a", "an", "single", "sole", "lone"})


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
    yield from _counting_words(written, sources, covered)
    yield from _turned_round(written, sources)
    yield from _other_currency(written, sources)


def _codes(written: Reading, sources: Sources, covered: Set[int]) -> Found:
    """Return times, ranks, names of things with digits, and number words, that no source has."""
    open_ones = [at for at in range(len(written.tokens)) if at not in covered]
    if any(written.words[at][0].isdecimal() for at in open_ones):
        known = {code for source in sources.sentences for _, code in _cores(source)}
        starts = {written.tokens[at].start for at in open_ones}
        for match, code in _cores(written):
            if code not in known and any(match.start() <= at < match.end() for at in starts):
                yield Fault("number", match.group(), "no cited sentence has this number")
    numerals = written.vocabulary.numerals
    for at in open_ones:
        if written.words[at] in numerals and written.words[at] not in sources.known:
            yield Fault("number", written.tokens[at].text, "no cited sentence has this number")


def _cores(reading: Reading) -> Iterator[tuple[re.Match[str], str]]:
    for match in CODE.finditer(reading.text):
        yield match, match.group().rstrip(".,:/").lower()


def _check(written: Reading, measured: Measured, sources: Sources) -> Found:
    words = written.slice((measured.first, measured.last))
    other: str = ""
    for source in sources.sentences:
        for candidate in source.quantities:
            verdict = compare(measured, candidate)
            if verdict == "same":
                if candidate_words := _respelled(written, measured, source, candidate):
                    yield Derived(words, candidate_words)
                return
            if verdict == "follows":
                yield Derived(words, source.slice((candidate.first, candidate.last)))
                return
            other = other or _near_miss(measured, candidate, source)
    if not _is_one_of_a_kind(written, measured, sources):
        yield Fault("number", words, other or "no cited sentence has this number")


def compare(written: Measured, source: Measured) -> str:
    """Return "same", "follows" (rounded, or another unit of an age) or "" for a number and one."""
    a, b = written.quantity, source.quantity
    if a.unit != b.unit:
        return "follows" if _is_same_age(a, b) else ""
    if _equal(a.low, b.low) and _equal(a.high, b.high) and a.about == b.about:
        return "same"
    if written.vague or source.vague:
        return "follows" if written.vague and _inside(b, a) else ""
    exact = b.low if b.low is not None else b.high
    if exact is None:
        return ""
    return "follows" if _rounds(a, b, exact) else ""


def _rounds(a: Quantity, b: Quantity, exact: float) -> bool:
    """Tell whether a bounded or rounded number follows from another, in the right direction.

    It must be rounder than the other: "about 540" says nothing of "about 541".
    """
    if a.step <= b.step:
        return _is_bound_of(a, b)
    top = b.high if b.high is not None else exact
    if a.high is None and a.low is not None:  # at least, more than
        least = exact if b.low is None else b.low
        above = least > a.low or (least == a.low and (not a.about or b.high is None))
        return b.low is not None and above and a.low >= least * (1 - FAR)
    if a.low is None and a.high is not None:  # at most
        return b.high is not None and top <= a.high <= top * (1 + FAR)
    if not a.about or a.low is None or a.high is None:
        return False
    if b.low is None or b.high is None:
        return False
    if a.low < a.high:  # nearly
        return a.low <= b.low and b.high < a.high
    step = max(a.step / 2, NEAR * abs(a.low) / 4)
    return abs(exact - a.low) <= min(step, NEAR * max(abs(exact), LIKE)) or (
        b.about and _equal(a.low, b.low)
    )


def _is_bound_of(a: Quantity, b: Quantity) -> bool:
    """Tell whether a bound of the very same number says no more: "at least 7" of "7 or 8"."""
    if a.about and a.high is None:
        return b.low == a.low and b.high is None
    same_low = a.low is None or _equal(a.low, b.low)
    same_high = a.high is None or _equal(a.high, b.high)
    loose = a.low is None or a.high is None or a.about
    return loose and same_low and same_high


def _equal(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= LIKE * max(abs(a), abs(b), LIKE)


def _inside(b: Quantity, a: Quantity) -> bool:
    return (
        b.low is not None and a.low is not None and a.high is not None and a.low <= b.low <= a.high
    )


def _is_same_age(a: Quantity, b: Quantity) -> bool:
    """Tell whether they are "a man, 41" and "a 41-year-old man"."""
    plain, years = (a, b) if a.unit == "" else (b, a)
    if plain.unit or years.unit != "duration" or plain.low is None or years.low is None:
        return False
    return plain.low == plain.high and _equal(plain.low * YEAR_SECONDS, years.low)


def _respelled(written: Reading, measured: Measured, source: Reading, candidate: Measured) -> str:
    """Return the source's words if they are not those that were written."""
    theirs = source.slice((candidate.first, candidate.last))
    ours = written.slice((measured.first, measured.last))
    return theirs if theirs.lower() != ours.lower() else ""


def _near_miss(measured: Measured, candidate: Measured, source: Reading) -> str:
    a, b = measured.quantity, candidate.quantity
    same = _equal(a.low, b.low) or _equal(a.high, b.high) or _equal(a.low, b.high)
    if not same:
        return ""
    return f"the source says “{source.slice((candidate.first, candidate.last))}”"


def _is_one_of_a_kind(written: Reading, measured: Measured, sources: Sources) -> bool:
    """Tell whether "one" counts what a source has with "a" or "an"."""
    if measured.quantity != Quantity(1.0, 1.0) or written.words[measured.number] != "one":
        return False
    if measured.last >= len(written.tokens):
        return False
    noun = written.stems[measured.last]
    return any(
        at and source.words[at - 1] in ONE_WORDS
        for source in sources.sentences
        for at in source.places.get(noun, ())
    )


def _counting_words(written: Reading, sources: Sources, covered: Set[int]) -> Found:
    """Return ordinals and words such as "double" that no source has in any form."""
    words = written.vocabulary
    for at, word in enumerate(written.words):
        if at in covered or word in sources.known:
            continue
        if number := words.ordinals.get(word):
            if not any(f"{number}{end}" in _pairs(s) for s in sources.sentences for end in _ENDS):
                yield Fault("number", written.tokens[at].text, "no cited sentence has this rank")
        elif word in words.multiples:
            base = words.multiples[word]
            if not any(words.multiples.get(w) == base for s in sources.sentences for w in s.words):
                yield Fault("number", written.tokens[at].text, "no cited sentence has this number")


_ENDS: Final = ("st", "nd", "rd", "th")


def _pairs(source: Reading) -> frozenset[str]:
    return frozenset(a + b for a, b in zip(source.words, source.words[1:], strict=False))


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


def _amounts(
    reading: Reading, symbols: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], int]]:
    words = reading.words
    for at in range(len(words) - 1):
        if words[at] in symbols:
            yield (symbols[words[at]], words[at + 1]), at
