"""Cuts paragraphs into sentences of tokens, in which a stretch between marks is one token."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from bot.paragraphs import Paragraph
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch
from bot.quotes.mentions import is_first_name

Kind = Literal["word", "name", "number", "mark", "quote"]

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
NOT_PLAIN: Final = frozenset(".'’")
ENDS: Final = frozenset(".!?")
MIN_COMPOUND: Final = 8
MIN_NOUN: Final = 5
"""Letters of a compound, and of the noun at its end."""
MAX_TAIL: Final = 10
"""Tokens after a stretch that may still tell who spoke: "…?" Minister Ana Ruiz later asked."""
MAX_SENTENCE: Final = 150
"""Tokens after which a sentence is cut, so that reading it stays linear in the text's length."""


@cache
def _pattern(proclitics: frozenset[str], enclitics: frozenset[str]) -> re.Pattern[str]:
    """Return what a token looks like, where short words are written together with others."""
    word, before = WORD.format(stop=""), ""
    if enclitics:
        behind = "|".join(sorted(map(re.escape, enclitics), key=len, reverse=True))
        word = rf"(?:{behind})\b|" + WORD.format(stop=rf"(?!(?:{behind})\b)")
    if proclitics:
        short = sorted((p.rstrip("'") for p in proclitics), key=len, reverse=True)
        small, big = "|".join(short), "|".join(p.capitalize() for p in short)
        before = rf"(?:{small})['’](?=[^\W\d_])|(?:{big})['’](?=[^\W\d_A-ZÀ-Þ])|"
    return re.compile(before + word)


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


class Sentence(NamedTuple):
    """One sentence: its tokens without the end mark, its paragraph, its bounds."""

    tokens: tuple[Token, ...]
    paragraph: int
    start: int
    end: int

    @property
    def quotes(self) -> tuple[int, ...]:
        """The indices of the tokens that are quoted stretches."""
        return tuple(i for i, token in enumerate(self.tokens) if token.kind == "quote")


def read_sentences(
    text: str,
    paragraphs: Sequence[Paragraph],
    stretches: Sequence[Stretch],
    lexicon: Lexicon,
) -> tuple[Sentence, ...]:
    """Return the sentences of all paragraphs in order. Time is linear in the length of the text."""
    cutter = _Cutter(text, stretches, lexicon)
    cut: list[list[Token]] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        last = at
        while last < len(stretches) and stretches[last].paragraph == number:
            last += 1
        cut.append(cutter.tokens(paragraph, range(at, last)))
        at = last
    cutter.learn(cut)
    return tuple(s for number, tokens in enumerate(cut) for s in cutter.sentences(number, tokens))


def end_mark(text: str, token: Token) -> str:
    """Return the last character of a stretch, marks nested at its end left out."""
    return text[token.start : token.end].rstrip("’'”\" ")[-1:]


class _Cutter:
    """Cuts one text, knowing which of its words are written small and which with a capital."""

    def __init__(self, text: str, stretches: Sequence[Stretch], lexicon: Lexicon) -> None:
        self.text = text
        self.stretches = stretches
        self.words = lexicon
        self.pattern = _pattern(lexicon.proclitics, lexicon.enclitics)
        self.compounds = "compounds" in lexicon.features
        self.noun_capitals = "noun-capitals" in lexicon.features
        self.common: set[str] = set()
        self.proper: set[str] = set()
        self.surnames: set[str] = set()

    def learn(self, cut: Sequence[Sequence[Token]]) -> None:
        """Learn which words the text writes small, and which with a capital inside a sentence."""
        for tokens in cut:
            before: Kind = "mark"
            for i, token in enumerate(tokens):
                kind = token.kind
                if kind == "word":
                    self.common.add(token.low)
                elif kind == "name" and before == "word":
                    self.proper.add(token.low)
                elif kind == "name" == before and is_first_name(tokens[i - 1].low, self.words):
                    self._learn_surname(tokens[i - 1], token)
                before = kind

    def _learn_surname(self, first: Token, last: Token) -> None:
        """Learn that Mills and May are surnames here, and no mills and no month."""
        if last.low in self.words.time_words:
            self.surnames.add(last.low)
        elif not first.possessive and not self._is_role(last.low):
            self.proper.add(last.low)

    def _is_role(self, word: str) -> bool:
        return word in self.words.roles or word in self.words.nouns

    # --- Tokens --------------------------------------------------------------

    def tokens(self, paragraph: Paragraph, inside: range) -> list[Token]:
        """Return the tokens of a paragraph, those stretches in it among them."""
        found: list[Token] = []
        dateline = DATELINE.match(self.text, paragraph.start, paragraph.end)
        at = dateline.end() if dateline else paragraph.start
        for number in inside:
            stretch = self.stretches[number]
            self._words(min(at, stretch.outer_start), stretch.outer_start, found)
            found.append(Token("quote", stretch.start, stretch.end, "", number=number))
            at = stretch.outer_end
        self._words(at, paragraph.end, found)
        return found

    def _words(self, start: int, end: int, found: list[Token]) -> None:
        done = start
        text = self.text
        for match in self.pattern.finditer(text, start, end):
            a, b = match.span()
            if a < done:
                continue
            word = match.group()
            if word.islower() and word.isalpha() and text[b : b + 1] not in NOT_PLAIN:
                low = self._noun_in(word) if self.compounds else word
                found.append(Token("word", a, b, low))
            elif word in self.words.enclitics:
                low = word.rpartition("-")[2]
                found.append(Token("word", b - len(low), b, low))
            elif word[0].isalnum():
                token, done = self._word(match, end)
                found.append(token)
            elif word in ",(" and (party := PARTY.match(text, a, end)):
                done = party.end()
            else:
                found.append(Token("mark", a, b, word))

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
        return Token(kind, match.start(), b, low, possessive), done

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

    # --- Sentences -----------------------------------------------------------

    def sentences(self, paragraph: int, tokens: list[Token]) -> Iterator[Sentence]:
        start, last = 0, len(tokens) - 1
        for i, token in enumerate(tokens):
            if i < last and i - start < MAX_SENTENCE:
                if token.kind == "word" and token.low[-1] != ".":
                    continue
                if not self._ends(tokens, i, start):
                    continue
            inner = tokens[start : i + 1]
            start = i + 1
            while inner and inner[-1].kind == "mark" and inner[-1].low in ENDS:
                inner.pop()
            if inner:
                begin = self._outer(inner[0])[0]
                end = max(self._outer(inner[-1])[1], token.end)
                yield Sentence(self._lowered(inner), paragraph, begin, end)

    def _outer(self, token: Token) -> tuple[int, int]:
        """Return the bounds of a token, marks included where it is a stretch."""
        if token.kind != "quote":
            return token.start, token.end
        stretch = self.stretches[token.number]
        return stretch.outer_start, stretch.outer_end

    def _ends(self, tokens: list[Token], i: int, start: int) -> bool:
        """Tell whether a sentence ends with token `i`."""
        token, following = tokens[i], tokens[i + 1]
        if following.kind == "mark":
            return token.kind == "mark" and token.low in ENDS and following.low in "•–—"
        starts = following.kind != "word"
        if token.kind == "mark":
            return token.low in ENDS and starts
        if token.kind == "quote":
            return starts and self._ends_in_quote(tokens, i)
        opener = following.kind == "quote" or following.low in self.words.openers
        abbreviated = token.low.endswith(".") and self.text[token.end - 1] == "."
        return abbreviated and opener and token.low not in self.words.titles and i > start + 1

    def _ends_in_quote(self, tokens: list[Token], i: int) -> bool:
        last = end_mark(self.text, tokens[i])
        if last not in ".!?…":
            return False
        led = i > 0 and tokens[i - 1].low == ":"
        if tokens[i + 1].kind == "quote" or (led and last == "."):
            return True
        return not self._is_tail(tokens, i + 1, finished=last == ".")

    def _is_tail(self, tokens: list[Token], start: int, *, finished: bool) -> bool:
        """Tell whether a name and a cue follow, as in "Really?" Ana Ruiz asked.

        After a quotation that ended with a full stop, nothing may follow the cue.
        """
        i, stop = start - 1, min(len(tokens), start + MAX_TAIL)
        while i + 1 < stop:
            i += 1
            token = tokens[i]
            if token.low == "," and i > start and not finished:
                i = self._aside_end(tokens, i)
                continue
            if token.kind == "word" and token.low in self.words.cues:
                return i > start and self._nothing_follows(tokens[i + 1 : i + 2], finished=finished)
            if token.kind != "name" and not self._may_precede_cue(token.low):
                return False
        return False

    def _aside_end(self, tokens: list[Token], comma: int) -> int:
        """Return the comma that ends the aside begun at `comma`, or the end of the tokens."""
        for i in range(comma + 1, min(len(tokens), comma + MAX_TAIL)):
            if tokens[i].low == ",":
                return i
        return len(tokens)

    def _may_precede_cue(self, word: str) -> bool:
        return (
            word in self.words.adverbs
            or word in self.words.titles
            or word in self.words.auxiliaries
        )

    def _nothing_follows(self, after: list[Token], *, finished: bool) -> bool:
        if not after or (after[0].kind == "mark" and after[0].low == "."):
            return True
        return not finished and after[0].kind != "quote" and after[0].low != ":"

    # --- Capitals --------------------------------------------------------------

    def _lowered(self, tokens: list[Token]) -> tuple[Token, ...]:
        """Return the tokens, words that are capitalised only by their place made plain."""
        fresh = True
        for i, token in enumerate(tokens):
            if token.kind == "name" and token.low in self.surnames:
                tokens[i] = token._replace(surname=True)
            elif token.kind == "name" and self._is_plain(tokens, i, fresh=fresh):
                tokens[i] = token._replace(kind="word")
            fresh = token.kind == "quote" or (token.kind == "mark" and token.low in ':"•–—-([')
        return tuple(tokens)

    def _is_plain(self, tokens: list[Token], i: int, *, fresh: bool) -> bool:
        if self.noun_capitals and self._is_noun(tokens, i):
            return True
        return self._is_plain_by_place(tokens, i, fresh=fresh)

    def _is_noun(self, tokens: list[Token], i: int) -> bool:
        """Tell a noun from a name, where both begin with a capital letter."""
        token, lexicon = tokens[i], self.words
        low = token.low
        if is_first_name(low, lexicon) or self.text[token.start : token.end].isupper():
            return False
        if low in lexicon.nouns or low in lexicon.roles or low.endswith(lexicon.noun_endings):
            return True
        before = tokens[i - 1] if i else None
        if before is None or before.kind != "word":
            return False
        return before.low in lexicon.determiners or self._is_adjective(before.low)

    def _is_adjective(self, word: str) -> bool:
        lexicon = self.words
        return word.endswith(lexicon.adjective_endings) and not (
            word in lexicon.cues
            or word in lexicon.auxiliaries
            or word in lexicon.adverbs
            or word in lexicon.prepositions
            or word in lexicon.conjunctions
            or word in lexicon.subordinators
            or word in lexicon.nouns
            or word in lexicon.roles
        )

    def _is_plain_by_place(self, tokens: list[Token], i: int, *, fresh: bool) -> bool:
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        before_name = following is not None and following.kind == "name" and not token.possessive
        if token.low in self.words.openers:
            named = before_name and token.low in self.proper and not self._is_small(token.low)
            return (fresh and not named) or len(token.low) == 1
        return fresh and not before_name and self._is_common(token, following)

    def _is_small(self, word: str) -> bool:
        return (
            word in self.words.determiners
            or word in self.words.prepositions
            or word in self.words.pronouns
        )

    def _is_common(self, token: Token, following: Token | None) -> bool:
        """Tell whether a capital at the start of a sentence stands on a common word."""
        word, lexicon = token.low, self.words
        if word in self.proper or following is None or token.possessive:
            return False
        if word in self.common or word in lexicon.adverbs:
            return True
        if word in lexicon.nouns or word in lexicon.cues or word.endswith(lexicon.plain_endings):
            return word not in lexicon.org_words or word in lexicon.plural_bodies
        if word.endswith(lexicon.past_endings) and following.low in lexicon.prepositions:
            return True
        plural = word.endswith("s") and following.kind == "word" and following.low in lexicon.cues
        return plural and not following.low.endswith(("s", "d"))
