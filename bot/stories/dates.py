"""Finds dates of a day and a month: "12 May", "May 12, 2026"."""

from collections.abc import Iterator
from datetime import date

from bot.news import Quantity
from bot.quantities.figure_words import FigureWords
from bot.quantities.named_numbers import LAST_DAY, YEARS
from bot.quantities.numerals import ORDINAL_ENDINGS, Tokens
from bot.quantities.reading import Measured


def find_dates(tokens: Tokens, words: FigureWords, *, year: int) -> Iterator[Measured]:
    """Return the dates of a sentence; without a year they are of the article's `year`.

    A date that the calendar does not have is left out.
    """
    for at, token in enumerate(tokens):
        if token.word not in words.months or not token.text[0].isupper():
            continue
        if found := _behind(tokens, at) or _before(tokens, at):
            first, last, day = found
            stated, end = _year(tokens, last)
            if quantity := _to_day(stated or year, int(words.months[token.word]), day):
                yield Measured(first, first, end, quantity)


def _behind(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "May 12", "May 12th"."""
    if at + 1 >= len(tokens) or not (day := _day(tokens[at + 1].text)):
        return None
    if at + 2 < len(tokens) and tokens[at + 2].word in {"%", "percent", "per", "pc"}:
        return None  # "In May 7% of pupils …"
    ending = at + 2 < len(tokens) and tokens[at + 2].word in ORDINAL_ENDINGS
    return at, at + 2 + int(ending), day


def _before(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Read "12 May", "12th of May"."""
    first = at - 1
    while first > 0 and tokens[first].word in ORDINAL_ENDINGS | {"of"}:
        first -= 1
    if first < 0 or not (day := _day(tokens[first].text)):
        return None
    return first, at + 1, day


def _day(text: str) -> int:
    """Return the day of a month that the digits are, or 0."""
    short = text.isdecimal() and len(text) <= 2  # noqa: PLR2004 - two digits
    return int(text) if short and int(text) <= LAST_DAY else 0


def _year(tokens: Tokens, at: int) -> tuple[int, int]:
    """Return the year behind a date, or 0, and where the date ends."""
    comma = at < len(tokens) and tokens[at].text == ","
    here = at + int(comma)
    if here < len(tokens):
        text = tokens[here].text
        if len(text) == 4 and text.isdecimal() and int(text) in YEARS:  # noqa: PLR2004 - digits
            return int(text), here + 1
    return 0, at


def _to_day(year: int, month: int, day: int) -> Quantity | None:
    try:
        number = float(date(year, month, day).toordinal())
    except ValueError:
        return None
    return Quantity(number, number, "date")
