"""Reads a sentence once for all checks: tokens, stems, what carries content, runs of names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from bot.quantities.numerals import TOKEN, Token, Tokens
from bot.quantities.reading import Measured, read_quantities
from bot.weights import term
from bot.writing.checks.words import CheckWords

PIECE: Final = re.compile(rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b)?|{TOKEN.pattern}")
"""Dotted initials are one token: `U.N.`."""
TITLED: Final = 0.6
"""Share of capitalised words from which a sentence is a title, where capitals say little."""
MIN_TITLE: Final = 5
SENTENCE_OPENERS: Final = frozenset("“‘«\"'([—–-•*")
BREAKS: Final = frozenset(".!?:;")
JOINTS: Final = frozenset("-'’&")

Run = tuple[int, int]
"""Tokens from the first to before the last."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence in tokens; `stems` has one for each token, empty for marks."""

    text: str
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    content: frozenset[int]
    """Tokens that say something: no grammar, no negation, no number, no day."""
    names: tuple[Run, ...]
    dated: datetime | None
    vocabulary: CheckWords

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens in lower case, apostrophes straight."""
        return tuple(token.word for token in self.tokens)

    @cached_property
    def known(self) -> frozenset[str]:
        """All words of it, and their stems."""
        return frozenset(self.words).union(self.stems)

    @cached_property
    def quantities(self) -> tuple[Measured, ...]:
        """All numbers in it with bounds and units, those that name a thing included."""
        figures = self.vocabulary.figures
        found = read_quantities(Tokens(self.tokens), figures, named=True) if figures.ones else ()
        return tuple(found)

    @cached_property
    def named(self) -> tuple[Run, ...]:
        """The names, and the sentence's first word if it may be one."""
        first = next((at for at, stem in enumerate(self.stems) if stem), -1)
        if first not in self.content or not self.tokens[first].text[0].isupper():
            return self.names
        if self.names and self.names[0][0] <= first:
            return self.names
        return ((first, first + 1), *self.names)

    @cached_property
    def naming(self) -> frozenset[int]:
        """The tokens of names."""
        return frozenset(at for run in self.names for at in range(*run))

    @cached_property
    def worded(self) -> tuple[int, ...]:
        """The tokens that are words or numbers."""
        return tuple(at for at, stem in enumerate(self.stems) if stem)

    @cached_property
    def plain(self) -> str:
        """Its words in lower case, with a space before and behind each."""
        return f" {' '.join(self.words[at] for at in self.worded)} "

    @cached_property
    def order(self) -> dict[int, int]:
        """Of each such token: the how many-th it is."""
        return {at: number for number, at in enumerate(self.worded)}

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stem stands."""
        found: dict[str, list[int]] = {}
        for at, stem in enumerate(self.stems):
            if stem:
                found.setdefault(stem, []).append(at)
        return found

    def slice(self, run: Run) -> str:
        """Return the text of tokens."""
        first, last = run
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def read(text: str, words: CheckWords, *, dated: datetime | None = None) -> Reading:
    """Return the sentence, read."""
    tokens: list[Token] = []
    stems: list[str] = []
    content: list[int] = []
    for at, match in enumerate(PIECE.finditer(text)):
        piece = match.group()
        word, stem, tells = _lexeme(piece, words)
        tokens.append(Token(piece, word, *match.span()))
        stems.append(stem)
        if tells:
            content.append(at)
    names = _names(tokens, words)
    return Reading(text, tuple(tokens), tuple(stems), frozenset(content), names, dated, words)


@lru_cache(maxsize=65536)
def _lexeme(piece: str, words: CheckWords) -> tuple[str, str, bool]:
    """Return a token in lower case, its stem, and whether it says something."""
    word = piece.lower().replace("’", "'")
    return word, _stem(word, words) if piece[0].isalnum() else "", _tells(word, words)


def _stem(word: str, words: CheckWords) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    if "." in word:
        return word.replace(".", "")
    return words.bases.get(word) or term(word, words.language)


def _tells(word: str, words: CheckWords) -> bool:
    known = (words.function, words.hedges, words.days)
    figures = words.figures
    return (
        len(word) > 1
        and word[0].isalpha()
        and not any(word in some for some in known)
        and word not in figures.openers
        and word not in figures.multipliers
        and not words.negates(word)
    )


def _names(tokens: Sequence[Token], words: CheckWords) -> tuple[Run, ...]:
    """Return the runs of capitalised words, a first word of the sentence only if it must be one."""
    found: list[Run] = []
    titled = _is_titled(tokens)
    for at, token in enumerate(tokens):
        if not token.text[0].isupper() or not _is_name(tokens, at, words, titled=titled):
            continue
        if (found and found[-1][1] == at) or (
            found and found[-1][1] == at - 1 and _joins(tokens, at - 1)
        ):
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return tuple(found)


def _is_titled(tokens: Sequence[Token]) -> bool:
    words = [t for t in tokens if t.text[0].isalpha()]
    capital = sum(t.text[0].isupper() for t in words)
    return len(words) >= MIN_TITLE and capital >= TITLED * len(words)


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a hyphen, an ampersand or an initial's full stop joins two parts of a name."""
    mark = tokens[at]
    if mark.text in JOINTS:
        return tokens[at - 1].end == mark.start and mark.end == tokens[at + 1].start
    return mark.text == "." and at > 0 and len(tokens[at - 1].text) <= 2  # noqa: PLR2004


def is_month(tokens: Sequence[Token], at: int, words: CheckWords) -> bool:
    """Tell the month from a verb or a name: "May 12", "in March"; not "may", "Theresa May"."""
    if tokens[at].word not in words.months or not tokens[at].text[0].isupper():
        return False
    if tokens[at].word not in words.ambiguous_months:
        return True
    around = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 3])  # "Dec. 12"
    return any(t.word.isdecimal() or t.word in words.before_months for t in around)


def _is_name(tokens: Sequence[Token], at: int, words: CheckWords, *, titled: bool) -> bool:
    word = tokens[at].word
    if word in words.days or is_month(tokens, at, words):
        return False
    opens = at == 0 or tokens[at - 1].text in SENTENCE_OPENERS | BREAKS
    if not opens and not titled:
        small = word in words.function and len(word) <= 3  # noqa: PLR2004 - I, A, The in titles
        return not small or word in words.months
    if word in words.function or word in words.openers:
        return False
    follows = not titled and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()
    return follows or _lexeme(tokens[at].text, words)[1] not in words.weights.weights
