"""Cuts a stretch of text into tokens, in which a quotation between marks is one token."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from bot.paragraphs import Paragraph
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch

Kind = Literal["word", "name", "number", "mark", "quote"]

JOINED: Final = r"\w.'’&\-‑/@\u200d"
"""What goes on with a word, so that it is none of the plain ones, which most words are."""
PLAIN: Final = rf"([a-z]++(?: [a-z]++)*)(?![{JOINED}])|([A-Z][a-z]+)(?![{JOINED}])"
WORD: Final = r"[^\W_]+(?:{stop}[.'’&\-‑/@][^\W_]+|\u200d)*|--+|\S"
PARTY: Final = re.compile(
    r",\s(?:[RDI]-|(?:Republican|Democrat|Independent) of )[A-Z][\w.]*(?:\s[A-Z][\w.]*)?"
    r"(?:,(?!\s+(?:who|whose|which|the|a|an)\b)|(?=,)|(?=\sand\b)|(?=[.]?\s*$))"
    r"|\([RDI](?:-[A-Z][\w. ]*)?\)(?: of [A-Z][\w.]*(?: [A-Z][\w.]*)?)?"
)
"""What American articles put behind a politician's name: ", D-N.Y.,", ", Republican of Ohio,"."""
DATELINE: Final = re.compile(
    r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+)*(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?"
    r"(?: ?[(\[][^)\]]{2,24}[)\]])? ?(?:—|–|--|-) "
)
"""Where a report was written: WASHINGTON (AP) — or VALE, Texas —."""
MIN_COMPOUND: Final = 8
MIN_NOUN: Final = 5
"""Letters of a compound, and of the noun at its end."""


@cache
def _pattern(proclitics: frozenset[str], enclitics: frozenset[str]) -> re.Pattern[str]:
    """Return what a token looks like, where short words are written together with others.

    Group 1 is words in small letters, one space between them, group 2 a word with a capital.
    """
    word, before = WORD.format(stop=""), ""
    if enclitics:
        behind = "|".join(sorted(map(re.escape, enclitics), key=len, reverse=True))
        word = rf"(?:{behind})\b|" + WORD.format(stop=rf"(?!(?:{behind})\b)")
    if proclitics:
        short = sorted((p.rstrip("'") for p in proclitics), key=len, reverse=True)
        small, big = "|".join(short), "|".join(p.capitalize() for p in short)
        before = rf"(?:{small})['’](?=[^\W\d_])|(?:{big})['’](?=[^\W\d_A-ZÀ-Þ])|"
    return re.compile(f"{PLAIN}|{before}{word}")


class Token(NamedTuple):
    """One word, mark of punctuation or quoted stretch: `text[start:end]`, possessive 's left out.

    `low` is the word in lower case with straight apostrophes. A `name` begins with a capital letter
    that is not just the first of its sentence. `number` is the stretch's for a `quote`. A `surname`
    is one that might be a month: Theresa May.
    """

    kind: Kind
    start: int
    end: int
    low: str
    possessive: bool = False
    number: int = -1
    surname: bool = False


MAKE: Final = tuple.__new__
"""Makes most of the tokens, of all of their fields: a call of Token(…) takes thrice as long."""


class Cut(NamedTuple):
    """The tokens of a paragraph, and the places in it of all but plain words in small letters."""

    tokens: list[Token]
    marked: list[int]


class Tokenizer:
    """Cuts the paragraphs of one text."""

    def __init__(self, text: str, stretches: Sequence[Stretch], lexicon: Lexicon) -> None:
        self.text = text
        self.stretches = stretches
        self.words = lexicon
        self.pattern = _pattern(lexicon.proclitics, lexicon.enclitics)
        self.compounds = "compounds" in lexicon.features

    def cut(self, paragraph: Paragraph, inside: range) -> Cut:
        """Return the tokens of a paragraph, those stretches in it among them."""
        found = Cut([], [])
        dateline = DATELINE.match(self.text, paragraph.start, paragraph.end)
        at = dateline.end() if dateline else paragraph.start
        for number in inside:
            stretch = self.stretches[number]
            self._words(min(at, stretch.outer_start), stretch.outer_start, found)
            found.marked.append(len(found.tokens))
            found.tokens.append(Token("quote", stretch.start, stretch.end, "", number=number))
            at = stretch.outer_end
        self._words(at, paragraph.end, found)
        return found

    def _words(self, start: int, end: int, found: Cut) -> None:
        tokens, marked = found
        done = start
        for match in self.pattern.finditer(self.text, start, end):
            a, b = match.span()
            if a < done:
                continue
            plain = match.lastindex
            if plain == 1:
                self._run(match[1], a, tokens)
                continue
            marked.append(len(tokens))
            if plain:
                word = match[2].lower()
                word = self._noun_in(word) if self.compounds else word
                tokens.append(MAKE(Token, ("name", a, b, word, False, -1, False)))
            else:
                done = self._other(match, end, found)

    def _run(self, run: str, at: int, tokens: list[Token]) -> None:
        """Add plain words in small letters, the first of which stands at `at`."""
        for word in run.split(" "):
            end = at + len(word)
            low = self._noun_in(word) if self.compounds else word
            tokens.append(MAKE(Token, ("word", at, end, low, False, -1, False)))
            at = end + 1

    def _other(self, match: re.Match[str], end: int, found: Cut) -> int:
        """Add a number, mark or word that is not plain, and return where it ends."""
        word = match.group()
        a, b = match.span()
        if word in self.words.enclitics:
            low = word.rpartition("-")[2]
            found.tokens.append(Token("word", b - len(low), b, low))
        elif word[0].isalnum():
            token, b = self._word(match, end)
            found.tokens.append(token)
        elif word in ",(" and (party := PARTY.match(self.text, a, end)):
            found.marked.pop()
            b = party.end()
        else:
            found.tokens.append(MAKE(Token, ("mark", a, b, word, False, -1, False)))
        return b

    def _word(self, match: re.Match[str], end: int) -> tuple[Token, int]:
        """Return one word as a token, and where it ends with its possessive or full stop."""
        text, word, b = self.text, match.group(), match.end()
        low = word.lower().replace("’", "'")
        done = b
        possessive = low.endswith("'s")
        if possessive:
            low, b = low[:-2], b - 2
        elif low[-1] == "s" and text[b : b + 2] in ("' ", "’ "):
            possessive, done = True, b + 1
        elif b < end and text[b] == "." and self._is_abbreviation(low):
            low, b = low + ".", b + 1
            done = b
        first = word[0]
        kind: Kind = "number" if first.isdigit() else "name" if first.isupper() else "word"
        if low in self.words.proclitics:
            kind = "word"
        elif self.compounds:
            low = self._noun_in(low)
        return MAKE(Token, (kind, match.start(), b, low, possessive, -1, False)), done

    def _noun_in(self, low: str) -> str:
        """Return the known noun at the end of a compound, or the word: Polizeisprecherin."""
        lexicon = self.words
        if len(low) < MIN_COMPOUND or low in lexicon.nouns or low in lexicon.roles:
            return low
        for at in range(2, len(low) - MIN_NOUN + 1):
            part = low[at:]
            if part in lexicon.people_nouns or part in lexicon.body_nouns:
                return part
        return low

    def _is_abbreviation(self, low: str) -> bool:
        """Tell whether a full stop belongs to the word: Mr., J., U.S."""
        letters = low[0].isalpha() and len(low) == 2 * low.count(".") + 1
        return letters or low in self.words.abbreviations
