"""Reads numbers in digits and in words from the tokens of a sentence."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from bot.quantities.figure_words import FigureWords, Phrase, Phrases

TOKEN: Final = re.compile(
    r"(?!US\$|km/h)[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|(?:US)?\$|\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|°[CF]\b|km/h|[^\w\s]"
)
"""Words stand first, for they are most of a text."""
HAS_NUMBER: Final = re.compile(r"\d")
ORDINAL_ENDINGS: Final = frozenset({"st", "nd", "rd", "th", "s"})
HYPHENS: Final = frozenset("-‐‑")
CODE_MARKS: Final = frozenset(":/.#№'’")
DASHES: Final = HYPHENS | frozenset("–—")
TEN: Final = 10
HUNDRED: Final = 100


class Token(NamedTuple):
    """A word, number or mark: as written, in lower case, and where it stands in the text."""

    text: str
    word: str
    start: int
    end: int


class Tokens(list[Token]):
    """The tokens of a sentence, in order."""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words among them, in lower case."""
        return frozenset(token.word for token in self)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Where numbers of four digits stand."""
        return tuple(
            at
            for at, token in enumerate(self)
            if len(token.text) == 4 and token.text.isdecimal()  # noqa: PLR2004 - 1998
        )


@dataclass(frozen=True)
class Numeral:
    """A number in `tokens[first:last]`: from `low` to `high`, rounded to `step`.

    `kind` is `share` for a fraction of a whole, `short` behind a bare `m` or `k`, `vague` for
    words such as "dozens".
    """

    first: int
    last: int
    low: float
    high: float
    step: float = 1.0
    kind: str = ""


def tokens_of(text: str, start: int, end: int) -> Tokens:
    """Return the tokens between two offsets, in order."""
    return Tokens(
        [
            Token(written := m.group(), written.lower().replace("’", "'"), *m.span())
            for m in TOKEN.finditer(text, start, end)
        ]
    )


def has_token(
    text: str, start: int, end: int, words: frozenset[str], *, digits: bool = True
) -> bool:
    """Tell whether a digit or one of the words, in lower case, is a token between two offsets.

    Many times as fast as making the tokens.
    """
    part = text[start:end]
    if digits and HAS_NUMBER.search(part):
        return True
    return not words.isdisjoint(TOKEN.findall(part.lower().replace("’", "'")))


def starts_with(tokens: Tokens, at: int, phrases: Phrases) -> int:
    """Return how many tokens the longest of the phrases takes at this token; 0 for none."""
    if not 0 <= at < len(tokens):
        return 0
    for phrase in phrases.get(tokens[at].word, ()):
        if is_at(tokens, at, phrase):
            return len(phrase)
    return 0


def stands_in(tokens: Tokens, start: int, end: int, phrases: Phrases) -> bool:
    """Tell whether one of the phrases starts at a token from `start` up to `end`."""
    if tokens.words.isdisjoint(phrases):
        return False
    return any(
        token.word in phrases and starts_with(tokens, at, phrases)
        for at, token in enumerate(tokens[start:end], start)
    )


def is_at(tokens: Tokens, at: int, phrase: Phrase) -> bool:
    """Tell whether the phrase stands at this token."""
    if at < 0 or at + len(phrase) > len(tokens) or tokens[at].word != phrase[0]:
        return False
    if len(phrase) == 1:
        return tokens[at].word == phrase[0]
    return all(tokens[at + i].word == word for i, word in enumerate(phrase))


def read_numeral(tokens: Tokens, at: int, words: FigureWords) -> Numeral | None:
    """Return the number that starts at a token, as long as it can be; `None` if none does.

    Ordinals, times of day, codes (`F-16`, `A4`) and parts of addresses and dates with slashes are
    no numbers.
    """
    token = tokens[at]
    if token.text[0].isdecimal():
        return _digits(tokens, at, words)
    for phrase, (low, high) in words.vague.items():
        if token.word == phrase[0] and is_at(tokens, at, phrase):
            return Numeral(at, at + len(phrase), low, high, low, "vague")
    return _fraction(tokens, at, words) or _dozens(tokens, at, words) or _words(tokens, at, words)


def _digits(tokens: Tokens, at: int, words: FigureWords) -> Numeral | None:
    token = tokens[at]
    if _is_code(tokens, at):
        return None
    plain = token.text.replace(",", "")
    decimals = len(plain.partition(".")[2])
    value = float(plain)
    step = 10.0**-decimals if decimals else _trailing(plain)
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    last, kind = at + 1, ""
    if after and (factor := words.multipliers.get(after.word)):
        last, value, step = at + 2, value * factor, step * factor
    elif (
        after
        and (factor := words.short_multipliers.get(after.word))
        and after.word not in words.multipliers
    ):
        glued = after.start == token.end
        kind = "short" if len(after.word) == 1 else ""
        if glued or not kind:
            last, value, step = at + 2, value * factor, step * factor
    return Numeral(at, last, value, value, step, kind)


def _is_code(tokens: Tokens, at: int) -> bool:
    """Tell whether digits belong to a code, an ordinal, a time of day, or a date with slashes."""
    token = tokens[at]
    if len(token.text) > 1 and token.text[0] == "0" and "." not in token.text:
        return True  # a telephone number, as what follows it
    if _is_grouped(tokens, at) or _continues_a_code(tokens, at):
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if not after or after.start != token.end:
        return False
    if after.text in {":", "/"}:
        return at + 2 < len(tokens) and tokens[at + 2].start == after.end
    return after.word in ORDINAL_ENDINGS


def _continues_a_code(tokens: Tokens, at: int) -> bool:
    """Tell whether letters, a mark or a telephone's first group stand right before the digits."""
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    if before.text[0] == "0" and len(before.text) > 1:
        return True
    if before.end != tokens[at].start:
        return False
    if before.text[-1].isalpha() or before.text in CODE_MARKS:
        return True
    if before.text not in HYPHENS or at < 2:  # noqa: PLR2004 - letters and a hyphen
        return False
    letters = tokens[at - 2]
    return letters.text.isalpha() and letters.end == before.start


def _is_grouped(tokens: Tokens, at: int) -> bool:
    """Tell whether digits are the first group of a telephone number: `555-0120`."""
    behind = tokens[at + 1 : at + 3]
    if len(behind) < 2 or behind[0].text not in HYPHENS:  # noqa: PLR2004 - a hyphen and digits
        return False
    glued = tokens[at].end == behind[0].start and behind[0].end == behind[1].start
    return glued and behind[1].text[0] == "0" and len(behind[1].text) > 1


def _trailing(digits: str) -> float:
    """Return the place a number is rounded to: 100 for 9400, 1 for 206."""
    stripped = digits.rstrip("0")
    return 10.0 ** (len(digits) - len(stripped)) if stripped else 1.0


def _fraction(tokens: Tokens, at: int, words: FigureWords) -> Numeral | None:
    """Read "half the", "a third of", "two-thirds", "one in three", "three out of four"."""
    word = tokens[at].word
    follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word == "half" and follows in {"of", "the", "its", "their", "all"}:
        return Numeral(at, at + 1, 0.5, 0.5, 0.1, "share")
    count = 1.0 if word in {"a", "one"} else words.ones.get(word, 0.0)
    if not count:
        return None
    step = 2 if follows in HYPHENS else 1
    if at + step < len(tokens) and (part := words.fractions.get(tokens[at + step].word)):
        behind = tokens[at + step + 1].word if at + step + 1 < len(tokens) else ""
        if behind == "of" or word != "a":
            return Numeral(at, at + step + 1, count * part, count * part, 0.05, "share")
    return _odds(tokens, at, count, words)


def _odds(tokens: Tokens, at: int, count: float, words: FigureWords) -> Numeral | None:
    for gap in (("in",), ("out", "of")):
        behind = at + 1 + len(gap)
        if is_at(tokens, at + 1, gap) and behind < len(tokens):
            whole = words.ones.get(tokens[behind].word, 0.0)
            if whole > count:
                return Numeral(at, behind + 1, count / whole, count / whole, 0.05, "share")
    return None


def _dozens(tokens: Tokens, at: int, words: FigureWords) -> Numeral | None:
    """Read "a dozen", "half a dozen", "two dozen", "half a million", "a hundred"."""
    share, last = 1.0, at
    if is_at(tokens, at, ("half", "a")):
        share, last = 0.5, at + 2
    elif tokens[at].word in {"a", "an"}:
        last = at + 1
    elif at + 1 < len(tokens) and tokens[at + 1].word in words.dozens:
        share, last = words.ones.get(tokens[at].word, 0.0), at + 1
    if not share or last == at or last >= len(tokens):
        return None
    counted = tokens[last].word
    value = share * words.dozens.get(counted, words.multipliers.get(counted, 0.0))
    if not value:
        return None
    numeral = Numeral(at, last + 1, value, value, value / 10 if value >= HUNDRED else 1.0)
    return _times(tokens, numeral, words)


def _times(tokens: Tokens, numeral: Numeral, words: FigureWords) -> Numeral:
    """Read on over multipliers: "a hundred thousand"."""
    while numeral.last < len(tokens):
        factor = words.multipliers.get(tokens[numeral.last].word)
        if not factor:
            break
        value = numeral.low * factor
        numeral = replace(
            numeral, last=numeral.last + 1, low=value, high=value, step=numeral.step * factor
        )
    return numeral


def _words(tokens: Tokens, at: int, words: FigureWords) -> Numeral | None:
    """Read "two hundred and six", "twenty-one", "one and a half million"."""
    total, part, step, here = 0.0, 0.0, 1.0, at
    while here < len(tokens):
        word = tokens[here].word
        value = words.ones.get(word, words.tens.get(word))
        if value is not None:
            if not _adds(part, value):
                break
            part, step = part + value, 1.0
        elif here > at and (factor := words.multipliers.get(word)):
            part, total, step = _multiplied(part, total, factor)
        elif not _joins(tokens, here, at, words):
            break
        here += 1
    if here == at:
        return None
    value = total + part
    if is_at(tokens, here, ("and", "a", "half")):
        return _times(tokens, Numeral(at, here + 3, value + 0.5, value + 0.5, 0.5), words)
    return Numeral(at, here, value, value, step)


def _adds(part: float, value: float) -> bool:
    """Tell whether "twenty" or "two hundred" may be followed by a word of that value."""
    rest = part % HUNDRED
    if not rest:
        return True
    return rest >= 2 * TEN and not rest % TEN and value < TEN


def _multiplied(part: float, total: float, factor: float) -> tuple[float, float, float]:
    if factor == HUNDRED:
        return part * HUNDRED, total, HUNDRED
    return 0.0, total + (part or 1.0) * factor, factor


def _joins(tokens: Tokens, here: int, at: int, words: FigureWords) -> bool:
    """Tell whether a hyphen or "and" stands inside a number in words."""
    if here == at or here + 1 >= len(tokens):
        return False
    before, word, after = (tokens[here + i].word for i in (-1, 0, 1))
    if word in HYPHENS:
        return before in words.tens and 0 < words.ones.get(after, 0) < TEN
    is_number = after in words.ones or after in words.tens
    return word == "and" and before in words.multipliers and is_number
