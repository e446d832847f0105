"""Tells a text that was cut short from one that was changed."""

from itertools import takewhile
from typing import Final

from bot.sources.teasers import CUT_OFF
from bot.text import fold, words

SHORTER: Final = 0.6
"""A body of fewer words, as a share of what it had, has lost too much to be an edit."""
MIN_WORDS: Final = 40
"""Texts that were shorter than this may well lose half of their words to an edit."""
SAME: Final = 0.9
"""Share of a teaser's words that begin the text; the rest may be the feed's own ("More at …")."""


def is_shrunk(given: str, stored: str) -> bool:
    """Tell whether the text has lost more than 40 % of the words that it had."""
    had = len(words(stored))
    return had >= MIN_WORDS and len(words(given)) < SHORTER * had


def is_beginning(given: str, stored: str) -> bool:
    """Tell whether the text is the beginning of a longer one, word for word."""
    ours = [fold(word) for word in words(CUT_OFF.sub("", given.strip()))]
    theirs = [fold(word) for word in words(stored)]
    if not ours or len(ours) >= len(theirs):
        return False
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) >= SAME * len(ours)
