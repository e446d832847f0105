"""Somebody mentioned in a sentence: a name with its role, a pronoun, or a noun for a speaker."""

from functools import lru_cache
from typing import Literal, NamedTuple

from bot.quotes.lexicon import Lexicon
from bot.text import fold

MentionKind = Literal["name", "pronoun", "nominal"]
Bounds = tuple[int, int]


class Mention(NamedTuple):
    """Somebody mentioned in one sentence: tokens `first` to `last`, both included.

    `bounds` cut the name (or the whole noun phrase) from the text, `role` the words beside it that
    say who that is. `head` is the last word of a name, the pronoun, or the noun that counts.
    `owner` is whose statement it is, if it is one ("Ruiz's letter"). `generation` tells a father
    from a son of the same name: Jr., III.
    """

    kind: MentionKind
    first: int
    last: int
    bounds: Bounds
    head: str
    role: Bounds | None = None
    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    owner: "Mention | None" = None
    generation: str = ""


folded = lru_cache(maxsize=4096)(fold)


def is_first_name(word: str, lexicon: Lexicon) -> bool:
    """Tell whether the word, in lower case, is a first name that people commonly have."""
    if word in lexicon.male_names or word in lexicon.female_names:
        return True
    if word.isascii():
        return False
    plain = folded(word)
    return plain in lexicon.male_names or plain in lexicon.female_names
