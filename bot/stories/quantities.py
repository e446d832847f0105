"""Reads quantities: numbers with their bounds, ranges and units, in base units."""

from dataclasses import dataclass, replace
from typing import Final

from bot.news import Quantity
from bot.stories.figure_words import FigureWords, Phrases
from bot.stories.numerals import DASHES, HYPHENS, Numeral, Tokens, is_at, read_numeral, starts_with

MAX_BOUND_WORDS: Final = 4
MAX_UNIT_WORDS: Final = 3
YEARS: Final = range(1000, 2101)
"""Whole numbers that may be years where nothing is counted."""
SCORING: Final = frozenset(
    "win won wins beat beats lost loss lose draw drew victory defeat vote votes voted score scored "
    "scoreline ballot majority".split()
)
AGES: Final = frozenset({"aged", "age", "ages"})
CLOCK: Final = frozenset(
    {"am", "pm", "gmt", "utc", "o'clock", "bst", "est", "edt", "cet", "a.m", "p.m"}
)
NUMBERED: Final = frozenset(
    "no nos number room flat apartment highway route road interstate article section chapter rule "
    "page line gate pier berth platform channel flight lot unit level phase type grade class series "
    "season episode version windows boeing airbus bus tram train terminal station district precinct "
    "ward zone block division league group table figure part title act bill amendment proposition "
    "resolution schedule appendix lane junction exit runway covid apollo group".split()
)
COUNTING: Final = frozenset(
    "toll number count tally figure put puts stood stands estimated".split()
)
STREETS: Final = frozenset(
    "street st road rd avenue ave lane drive boulevard square terrace row".split()
)
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


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


def read_quantities(tokens: Tokens, words: FigureWords) -> list[Measured]:
    """Return the quantities of a sentence in order, none inside another.

    Left out are ages, times of day, dates, years, codes, addresses and numbers that name a thing
    ("Room 12", "Highway 61", a jersey number).
    """
    found: list[Measured] = []
    at = 0
    while at < len(tokens):
        some = _read(tokens, at, words)
        found += some
        at = max([at + 1, *(one.last for one in some)])
    return found


def _read(tokens: Tokens, at: int, words: FigureWords) -> list[Measured]:
    symbol = words.symbols.get(tokens[at].word, "")
    start = at + 1 if symbol else at
    if start >= len(tokens) or not (numeral := read_numeral(tokens, start, words)):
        return []
    if not symbol and _names_a_thing(tokens, numeral):
        return []
    pair = _second(tokens, numeral, words)
    if pair and not symbol and _is_score(tokens, numeral, pair):
        low, high = sorted((numeral.low, pair.low))
        return [_whole(tokens, at, numeral, pair.last, Quantity(low, high, "score"), words)]
    if pair and _is_range(tokens, numeral, pair, words):
        return [_range(tokens, at, numeral, pair, symbol, words)]
    return [_single(tokens, at, numeral, symbol, words)]


def _single(tokens: Tokens, at: int, numeral: Numeral, symbol: str, words: FigureWords) -> Measured:
    unit, factor, last = _unit(tokens, numeral, symbol, words)
    if numeral.kind == "short" and not symbol:
        numeral = _unshort(tokens, numeral, unit)
        unit, factor, last = _unit(tokens, numeral, symbol, words)
    quantity = _scaled(numeral.low, numeral.high, numeral.step, unit, factor)
    return _whole(tokens, at, numeral, last, quantity, words)


def _unshort(tokens: Tokens, numeral: Numeral, unit: str) -> Numeral:
    """A bare "m" is millions before a currency or a decimal count, and otherwise metres."""
    millions = numeral.low != int(numeral.low) or unit or "." in tokens[numeral.first].text
    if millions or tokens[numeral.last - 1].word == "k":
        return replace(numeral, kind="")
    value = float(tokens[numeral.first].text.replace(",", ""))
    return replace(numeral, last=numeral.first + 1, low=value, high=value, step=1.0, kind="")


def _range(  # noqa: PLR0917 - both numbers, and what stands around them
    tokens: Tokens, at: int, first: Numeral, second: Numeral, symbol: str, words: FigureWords
) -> Measured:
    unit, factor, last = _unit(tokens, second, symbol, words)
    scale = 1.0
    if first.high < second.low / 1000 and first.step == 1 and second.step >= 100_000:
        scale = 10.0 ** (len(f"{int(second.low)}") - len(f"{int(second.low)}".rstrip("0")))
    low, high = sorted((first.low * scale, second.high))
    return _whole(tokens, at, first, last, _scaled(low, high, second.step, unit, factor), words)


def _scaled(low: float, high: float, step: float, unit: str, factor: float) -> Quantity:
    if unit == "degrees f":
        low, high, step, unit = (low - 32) / 1.8, (high - 32) / 1.8, step / 1.8, "degrees c"
        return Quantity(low, high, unit, step)
    return Quantity(low * factor, high * factor, unit, step * factor)


def _whole(  # noqa: PLR0917 - see above
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
    return replace_about(q) if kind == "about" else q


def replace_about(q: Quantity) -> Quantity:
    """Return the quantity as one that is only near."""
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


def _is_score(tokens: Tokens, first: Numeral, second: Numeral) -> bool:
    joint = tokens[first.last].word
    if joint in {"and", "or"} or first.step > 1 or second.step > 1:
        return False
    near = tokens[max(0, first.first - 10) : second.last + 8]
    return any(t.word in SCORING for t in near)


def _names_a_thing(tokens: Tokens, numeral: Numeral) -> bool:
    """Tell whether the number is an age, a time, a date, a year, an address or a name's part."""
    before = [t.word for t in tokens[max(0, numeral.first - 3) : numeral.first]]
    after = [t.word for t in tokens[numeral.last : numeral.last + 4]]
    checks = (_is_age, _is_clock, _is_date, _is_named, _is_year, _is_bracketed)
    return any(
        check(tokens, numeral, ["", "", "", *before], [*after, "", "", "", ""]) for check in checks
    )


def _is_age(_: Tokens, numeral: Numeral, before: list[str], after: list[str]) -> bool:
    hyphened = [w for w in after if w not in HYPHENS][:2]
    old = hyphened in (["year", "old"], ["years", "old"], ["month", "old"], ["months", "old"])
    small = numeral.low < 120  # noqa: PLR2004 - years that a person may live
    alone = before[-1] == "," and after[0] in {",", "."} and small
    of = before[-1] == "of" and before[-2] in {"man", "woman", "boy", "girl"} and small
    return old or before[-1] in AGES or (alone and before[-2] != "") or of or hyphened[:1] == ["yo"]


def _is_clock(tokens: Tokens, numeral: Numeral, before: list[str], after: list[str]) -> bool:
    if after[0] in CLOCK or (after[0] in {"p", "a"} and after[1:3] == [".", "m"]):
        return True
    decimal = "." in tokens[numeral.first].text
    if (
        before[-1] != "at"
        or after[0].isalpha()
        or COUNTING & {t.word for t in tokens[: numeral.first]}
    ):
        return False
    return decimal or numeral.low <= 12  # noqa: PLR2004


def _is_date(_: Tokens, numeral: Numeral, before: list[str], after: list[str]) -> bool:
    if numeral.low > 31 and numeral.low not in YEARS:  # noqa: PLR2004 - days of a month
        return False
    month_after = after[0] in MONTHS or (after[0] == "of" and after[1] in MONTHS)
    month_before = before[-1] in MONTHS or before[-2] in MONTHS and before[-1] == ","
    modal = {"may", "march"} & {after[0], before[-1]}
    return (month_after or month_before) and not (
        modal and not after[1].isdigit() and numeral.low > 31
    )


def _is_named(tokens: Tokens, numeral: Numeral, before: list[str], after: list[str]) -> bool:
    if before[-1] in NUMBERED or (before[-1] == "." and before[-2] in {"no", "nos"}):
        return True
    street = [w for w in after[:3] if w]
    titled = numeral.last < len(tokens) and tokens[numeral.last].text[:1].isupper()
    digits = tokens[numeral.first].text[0].isdigit()
    if digits and titled and STREETS & set(street):
        return True
    return after[0] in HYPHENS and after[1] in {"years", "year", "old"} or after[0] == "'"


def _is_year(tokens: Tokens, numeral: Numeral, before: list[str], after: list[str]) -> bool:
    text = tokens[numeral.first].text
    if not (
        text.isdigit()
        and len(text) == 4
        and numeral.low in YEARS
        and numeral.last == numeral.first + 1
    ):  # noqa: PLR2004
        return False
    return before[-1] in {
        "in",
        "since",
        "of",
        "by",
        "from",
        "until",
        "before",
        "after",
        "during",
        "the",
    } or (not after[0].isalpha() or before[-1] == ",")


def _is_bracketed(tokens: Tokens, numeral: Numeral, before: list[str], after: list[str]) -> bool:
    """A number between brackets is a note or an age; one at the start with a full stop, a list's."""
    bracketed = before[-1] in {"(", "["} and after[0] in {")", "]"}
    listed = numeral.first == 0 and after[0] in {".", ")", ":"}
    return bracketed or listed


def bound_start(tokens: Tokens, at: int, words: FigureWords) -> int:
    """Return where the bound of a number at this token starts, or the token itself."""
    return _bound_before(tokens, at, words)[0]


__all__ = ["Measured", "Phrases", "bound_start", "read_quantities"]
