"""Tells figures from numbers that are none: ages, hours, dates, years, addresses, names' parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.quantities.figure_words import FigureWords
from bot.quantities.numerals import HYPHENS, Numeral, Tokens

YEARS: Final = range(1000, 2101)
"""Whole numbers that may be years where nothing is counted."""
YEAR_DIGITS: Final = 4
OLDEST: Final = 120
"""Years that a person may live."""
LISTING: Final = frozenset({",", "and", "or"})
RECENT: Final = range(1900, 2051)
"""Years that need no word before them, where no plural follows."""
LAST_DAY: Final = 31
NOON: Final = 12


@dataclass(frozen=True)
class Around:
    """A number with the words before and behind it, empty where there are none."""

    tokens: Tokens
    numeral: Numeral
    before: tuple[str, ...]
    after: tuple[str, ...]
    words: FigureWords


def names_a_thing(tokens: Tokens, numeral: Numeral, words: FigureWords) -> bool:
    """Tell whether the number is an age, a time, a date, a year, an address or a name's part."""
    before = [t.word for t in tokens[max(0, numeral.first - 3) : numeral.first]]
    after = [t.word for t in tokens[numeral.last : numeral.last + 4]]
    around = Around(tokens, numeral, ("", "", "", *before), (*after, "", "", "", ""), words)
    return any(check(around) for check in CHECKS)


def _is_age(around: Around) -> bool:
    before, after = around.before, around.after
    old = [w for w in after if w not in HYPHENS][:2]
    small = around.numeral.low < OLDEST
    alone = before[-1] == "," and after[0] in {",", "."} and before[-2] != ""
    of = before[-1] == "of" and before[-2] in {"man", "woman", "boy", "girl"}
    spelled = old[0] in {"year", "years", "month", "months"} and old[1] == "old"
    return spelled or _is_listed_age(around) or (small and (alone or of))


def _is_listed_age(around: Around) -> bool:
    """Tell whether "aged" stands before the number, or before others in a list with it."""
    at = around.numeral.first - 1
    while at > 0 and (around.tokens[at].word in LISTING or around.tokens[at].text.isdecimal()):
        at -= 1
    return at >= 0 and around.words.has("ages", around.tokens[at].word)


def _is_hour(around: Around) -> bool:
    after, numeral = around.after, around.numeral
    if around.words.has("clock", after[0]) or (after[0] in {"p", "a"} and after[1:3] == (".", "m")):
        return True
    if around.before[-1] != "at" or after[0].isalpha() or after[0] == "%":
        return False
    if any(around.words.has("counting", t.word) for t in around.tokens[: numeral.first]):
        return False
    return "." in around.tokens[numeral.first].text or numeral.low <= NOON


def _is_day(around: Around) -> bool:
    before, after, numeral = around.before, around.after, around.numeral
    if numeral.low > LAST_DAY and numeral.low not in YEARS:
        return False
    months = around.words.months
    if numeral.low != int(numeral.low) or around.words.units.get(after[:1], ("",))[0] == "share":
        return False  # "In May 11.2 percent", "in May 11%"
    month_after = after[0] in months or (after[0] == "of" and after[1] in months)
    month_before = before[-1] in months or (before[-2] in months and before[-1] == ",")
    modal = {"may", "march"} & {after[0], before[-1]} and numeral.low > LAST_DAY
    return (month_after or month_before) and not modal


def _is_name(around: Around) -> bool:
    """Tell whether the number names something: "Room 12", "No. 7", "12 Mill Street"."""
    before, after, numeral, words = around.before, around.after, around.numeral, around.words
    counts = words.has("plurals", after[0]) or (after[0].isalpha() and after[0].endswith("s"))
    if words.has("numbered", before[-1]) and not counts:
        return True
    if before[-1] == "." and before[-2] in {"no", "nos"}:
        return True
    behind = around.tokens[numeral.last : numeral.last + 3]
    titled = bool(behind) and behind[0].text[0].isupper()
    if around.tokens[numeral.first].text[0].isdecimal() and titled:
        return any(words.has("streets", t.word) for t in behind)
    return after[0] == "'"


def _is_year(around: Around) -> bool:
    text, numeral = around.tokens[around.numeral.first].text, around.numeral
    whole = numeral.last == numeral.first + 1 and len(text) == YEAR_DIGITS and text.isdecimal()
    if not whole or numeral.low not in YEARS:
        return False
    dated = around.words.has("dating", around.before[-1]) or around.before[-1] == ","
    plural = around.after[0].endswith("s") or around.words.has("plurals", around.after[0])
    return dated or not around.after[0].isalpha() or (numeral.low in RECENT and not plural)


def _is_bracketed(around: Around) -> bool:
    """A number between brackets is a note or an age; one that opens with a full stop, a list's."""
    bracketed = around.before[-1] in {"(", "["} and around.after[0] in {")", "]"}
    return bracketed or (around.numeral.first == 0 and around.after[0] in {".", ")", ":"})


CHECKS: Final[tuple[Callable[[Around], bool], ...]] = (
    *(_is_age, _is_hour, _is_day, _is_name, _is_year, _is_bracketed),
)
