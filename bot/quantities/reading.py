"""Reads quantities: numbers with their bounds, ranges and units, in base units."""

from dataclasses import dataclass, replace
from typing import Final

from bot.news import Quantity
from bot.quantities.figure_words import ARTICLES, FigureWords
from bot.quantities.named_numbers import names_a_thing
from bot.quantities.numerals import (
    DASHES,
    HYPHENS,
    Numeral,
    Tokens,
    is_at,
    read_numeral,
    starts_with,
)

MAX_BOUND_WORDS: Final = 4
MAX_UNIT_WORDS: Final = 3
SHORT_RANGE: Final = 100_000.0
"""Step of a second number from which it lends its multiplier to the first: "2 to 3 million"."""


@dataclass(frozen=True)
class Measured:
    """A quantity in `tokens[first:last]`, bounds and unit included; the number starts at `number`.

    `written` is the unit as written, so that converted quantities are known; `vague` marks words
    such as "dozens".
    """

    first: int
    number: int
    last: int
    quantity: Quantity
    written: str = ""
    vague: bool = False


def read_quantities(tokens: Tokens, words: FigureWords, *, named: bool = False) -> list[Measured]:
    """Return the quantities of a sentence in order, none inside another.

    Left out are times of day, codes and, unless `named`, ages, dates, years, addresses and numbers
    that name a thing ("Room 12", "Highway 61", a jersey number).
    """
    found: list[Measured] = []
    end = 0
    opening = words.openers
    starts = [at for at, t in enumerate(tokens) if t.word in opening or t.text[0].isdecimal()]
    for at in starts:
        if at >= end and _may_open(tokens, at, words):
            some = _read(tokens, at, words, named=named)
            found += some
            end = max([end, *(one.last for one in some)])
    return found


def _may_open(tokens: Tokens, at: int, words: FigureWords) -> bool:
    """Tell whether it is no article, or one before what can be counted: "a dozen"."""
    follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return tokens[at].word not in ARTICLES or follows in words.multiples


def _read(tokens: Tokens, at: int, words: FigureWords, *, named: bool) -> list[Measured]:
    symbol = words.symbols.get(tokens[at].word, "")
    start = at + 1 if symbol else at
    if start >= len(tokens) or not (numeral := read_numeral(tokens, start, words)):
        return []
    if not symbol and not named and names_a_thing(tokens, numeral, words):
        return []
    pair = _second(tokens, numeral, words)
    if pair and not symbol and _is_score(tokens, numeral, pair, words):
        low, high = sorted((numeral.low, pair.low))
        return [_whole(tokens, at, numeral, pair.last, Quantity(low, high, "score"), words)]
    if pair and _is_range(tokens, numeral, pair, words):
        return [_range(tokens, at, numeral, pair, symbol, words)]
    return [_single(tokens, at, numeral, symbol, words)]


def _single(  # noqa: PLR0917 - a number, and what stands around it
    tokens: Tokens, at: int, numeral: Numeral, symbol: str, words: FigureWords
) -> Measured:
    unit, factor, last = _unit(tokens, numeral, symbol, words)
    if numeral.kind == "short" and not symbol:
        numeral = _unshort(tokens, numeral, unit)
        unit, factor, last = _unit(tokens, numeral, symbol, words)
    quantity = _scaled(numeral.low, numeral.high, numeral.step, unit=unit, factor=factor)
    return _whole(tokens, at, numeral, last, quantity, words)


def _unshort(tokens: Tokens, numeral: Numeral, unit: str) -> Numeral:
    """A bare "m" is millions before a currency or a decimal count, and otherwise metres."""
    millions = numeral.low != int(numeral.low) or unit or "." in tokens[numeral.first].text
    if millions or tokens[numeral.last - 1].word == "k":
        return replace(numeral, kind="")
    value = float(tokens[numeral.first].text.replace(",", ""))
    return replace(numeral, last=numeral.first + 1, low=value, high=value, step=1.0, kind="")


def _range(  # noqa: PLR0917 - two numbers, and what is around
    tokens: Tokens, at: int, first: Numeral, second: Numeral, symbol: str, words: FigureWords
) -> Measured:
    unit, factor, last = _unit(tokens, second, symbol, words)
    scale = 1.0
    if first.high < second.low / 1000 and first.step == 1 and second.step >= SHORT_RANGE:
        scale = 10.0 ** (len(f"{int(second.low)}") - len(f"{int(second.low)}".rstrip("0")))
    low, high = sorted((first.low * scale, second.high))
    return _whole(
        tokens, at, first, last, _scaled(low, high, second.step, unit=unit, factor=factor), words
    )


def _scaled(low: float, high: float, step: float, *, unit: str, factor: float) -> Quantity:
    if unit == "degrees f":
        low, high, step, unit = (low - 32) / 1.8, (high - 32) / 1.8, step / 1.8, "degrees c"
        return Quantity(low, high, unit, step)
    return Quantity(low * factor, high * factor, unit, step * factor)


def _whole(  # noqa: PLR0917 - the same
    tokens: Tokens, at: int, numeral: Numeral, last: int, quantity: Quantity, words: FigureWords
) -> Measured:
    """Return the quantity with the bounds before and behind it."""
    first, kind = _bound_before(tokens, at, words)
    if behind := starts_with(tokens, last, words.phrases["or_more"]):
        glued = tokens[last].word != "plus" or tokens[last - 1].end >= tokens[last].start - 1
        if glued and not is_at(tokens, last + behind, ("one",)):
            last, kind = last + behind, "at_least"
    elif last < len(tokens) and tokens[last].text == "+":
        last, kind = last + 1, "at_least"
    elif behind := starts_with(tokens, last, words.phrases["or_so"]):
        last, kind = last + behind, "about"
    if (
        first > 0
        and tokens[first - 1].word in {"between", "from"}
        and quantity.low != quantity.high
    ):
        first -= 1
    written = " ".join(t.word for t in tokens[numeral.last : last][:MAX_UNIT_WORDS])
    vague = numeral.kind == "vague"
    return Measured(first, numeral.first, last, _bounded(quantity, kind), written, vague=vague)


def _bounded(q: Quantity, kind: str) -> Quantity:
    if kind == "at_least":
        return Quantity(q.low, None, q.unit, q.step)
    if kind == "more_than":
        return Quantity(q.low, None, q.unit, q.step, about=True)
    if kind == "at_most":
        return Quantity(None, q.high, q.unit, q.step)
    if kind == "nearly" and q.high is not None:
        return Quantity(q.high * 0.9, q.high, q.unit, q.step, about=True)
    return _near(q) if kind == "about" else q


def _near(q: Quantity) -> Quantity:
    return Quantity(q.low, q.high, q.unit, q.step, about=True)


def _bound_before(tokens: Tokens, at: int, words: FigureWords) -> tuple[int, str]:
    """Return where the bound before a number starts, and its kind; the number itself if none."""
    first, kind = at, ""
    while first and (longest := _bound_ending(tokens, first, words)):
        length, found = longest
        first -= length
        kind = kind or found
        if kind == "about" and found in {"at_least", "more_than"}:
            kind = found
    return first, kind


def _bound_ending(tokens: Tokens, end: int, words: FigureWords) -> tuple[int, str] | None:
    for length in range(min(MAX_BOUND_WORDS, end), 0, -1):
        phrase = tuple(t.word for t in tokens[end - length : end])
        if kind := words.bounds.get(phrase):
            return length, kind
        if phrase in words.phrases["fillers"].get(phrase[0], ()):
            return length, ""
    return None


def _unit(
    tokens: Tokens, numeral: Numeral, symbol: str, words: FigureWords
) -> tuple[str, float, int]:
    """Return unit, factor to the base unit, and where number and unit end."""
    if symbol:
        return symbol, 1.0, numeral.last
    if numeral.kind == "share":
        return "share", 1.0, numeral.last
    if _is_magnitude(tokens, numeral.first):
        return "magnitude", 1.0, numeral.last
    start = numeral.last
    if start < len(tokens) and tokens[start].text in HYPHENS:
        start += 1
    for length in range(MAX_UNIT_WORDS, 0, -1):
        phrase = tuple(t.word for t in tokens[start : start + length])
        if len(phrase) == length and (unit := words.units.get(phrase)):
            return *unit, start + length
    return "", 1.0, numeral.last


def _is_magnitude(tokens: Tokens, at: int) -> bool:
    before = [t.word for t in tokens[max(0, at - 2) : at]]
    after = [t.word for t in tokens[at + 1 : at + 3]]
    return "magnitude" in before or after in (["-", "magnitude"], ["magnitude", "earthquake"])


def _second(tokens: Tokens, first: Numeral, words: FigureWords) -> Numeral | None:
    """Return the number behind "to", "and", "or" or a dash."""
    at = first.last
    if at < len(tokens) and tokens[at].word in {"votes", "vote"}:
        at += 1
    if at + 1 >= len(tokens):
        return None
    if tokens[at].word not in {"to", "and", "or"} and tokens[at].text not in DASHES:
        return None
    if tokens[at + 1].word in words.symbols and at + 2 < len(tokens):
        at += 1
    return read_numeral(tokens, at + 1, words)


def _is_range(tokens: Tokens, first: Numeral, second: Numeral, words: FigureWords) -> bool:
    start, _ = _bound_before(tokens, first.first, words)
    before = tokens[start - 1].word if start else ""
    if before in words.symbols:
        before = tokens[start - 2].word if start > 1 else ""
    joint = tokens[first.last].word
    if joint == "and":
        return before == "between"
    if joint == "to" and (before == "from" or _changes(tokens, first.first, words)):
        return False
    if joint == "or":
        return second.low == first.low + 1
    return first.high < second.low or first.step < second.step


def _changes(tokens: Tokens, at: int, words: FigureWords) -> bool:
    return any(t.word in words.lists["changes"] for t in tokens[max(0, at - 5) : at])


def _is_score(tokens: Tokens, first: Numeral, second: Numeral, words: FigureWords) -> bool:
    joint = tokens[first.last].word
    if joint in {"and", "or"} or first.step > 1 or second.step > 1:
        return False
    if second.last < len(tokens) and tokens[second.last].text in HYPHENS:
        return False  # a telephone number
    near = tokens[max(0, first.first - 10) : second.last + 8]
    return any(words.has("scoring", t.word) for t in near)
