"""Finds the stretches of a paragraph that are quotation, so that a brief does not cut into them."""

import re
from functools import cache
from typing import Final

from bot.news import APOSTROPHES, MARKS
from bot.text import Bounds

CLOSERS: Final = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "❝": "❞",
    "‘": "’",
    "‚": "‘’",
    "‛": "’",
}
"""Which marks close a quotation that a mark has opened; any other mark closes itself."""


MAX_CHARS: Final = 2000
"""Characters in which an apostrophe that opens a quotation must be closed: longer than speech is,
and short enough that a text full of them is read in time that grows with its length."""

ANY_MARK: Final = re.compile("[" + re.escape("".join(sorted(MARKS | APOSTROPHES))) + "]")


def quotations(text: str, start: int, end: int) -> tuple[Bounds, ...]:
    """Return the outermost quotations between two offsets of a text, marks included, in order.

    The offsets are those of a paragraph. A quotation that is not closed in it ends one character
    after `end`, since it goes on. An apostrophe opens one only when something closes it, or at the
    start of the paragraph.
    """
    found: list[Bounds] = []
    opened: list[str] = []
    opened_at = start
    for match in ANY_MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opened and mark in CLOSERS.get(opened[-1], opened[-1]) and _can_close(text, at):
            opened.pop()
            if not opened:
                found.append((opened_at, at + 1))
        elif _can_open(text, at, start, end):
            opened_at = opened_at if opened else at
            opened.append(mark)
    return (*found, (opened_at, end + 1)) if opened else tuple(found)


def _can_close(text: str, at: int) -> bool:
    return text[at] in MARKS or not text[at + 1 : at + 2].isalnum()


def _can_open(text: str, at: int, start: int, end: int) -> bool:
    mark = text[at]
    if mark in MARKS:
        return True
    if text[at - 1 : at].isalnum() or not text[at + 1 : at + 2].isalnum():
        return False
    closing = _closing(CLOSERS.get(mark, mark))
    return at == start or bool(closing.search(text, at + 2, min(end, at + MAX_CHARS)))


@cache
def _closing(closers: str) -> re.Pattern[str]:
    """Return what ends a quotation between apostrophes: behind a word, and not before a letter."""
    return re.compile(rf"(?<!\s)[{re.escape(closers)}](?![^\W_])")


def outside_quotations(text: str) -> str:
    """Return the text with a space for each character that stands between quotation marks."""
    for start, end in quotations(text, 0, len(text)):
        text = f"{text[:start]}{' ' * (min(end, len(text)) - start)}{text[end:]}"
    return text
