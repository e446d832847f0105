"""Cuts paragraphs into sentences of tokens, in which a stretch between marks is one token."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from bot.paragraphs import Paragraph
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch

Kind = Literal["word", "name", "number", "mark", "quote"]

TOKEN: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.'’&\-‑/@][^\W_]+|\u200d)*|[—–]|--+|\S")
ENDS: Final = frozenset(".!?")
POSSESSIVES: Final = ("'s", "’s")
MAX_TAIL: Final = 8
"""Tokens after a stretch that may still tell who spoke: "…?" Minister Ana Ruiz later asked."""


class Token(NamedTuple):
    """One word, mark of punctuation or quoted stretch: `text[start:end]`, possessive 's left out.

    `low` is the word in lower case with straight apostrophes. A `name` begins with a capital letter
    that is not just the first of its sentence. `number` is the stretch's for a `quote`.
    """

    kind: Kind
    start: int
    end: int
    low: str
    possessive: bool = False
    number: int = -1


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
    found: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        last = at
        while last < len(stretches) and stretches[last].paragraph == number:
            last += 1
        tokens = list(_tokens(text, paragraph, stretches, (at, last), lexicon))
        found.extend(_sentences(text, number, tokens, stretches, lexicon))
        at = last
    return tuple(found)


def _tokens(
    text: str,
    paragraph: Paragraph,
    stretches: Sequence[Stretch],
    inside: tuple[int, int],
    lexicon: Lexicon,
) -> Iterator[Token]:
    at = paragraph.start
    for number in range(*inside):
        stretch = stretches[number]
        yield from _words(text, at, stretch.outer_start, lexicon)
        yield Token("quote", stretch.start, stretch.end, "", number=number)
        at = stretch.outer_end
    yield from _words(text, at, paragraph.end, lexicon)


def _words(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Token]:
    for match in TOKEN.finditer(text, start, end):
        word, a, b = match.group(), match.start(), match.end()
        first = word[0]
        if not first.isalnum():
            yield Token("mark", a, b, word)
            continue
        low = word.lower().replace("’", "'")
        possessive = low.endswith("'s")
        if possessive:
            low, b = low[:-2], b - 2
        elif low[-1] == "s" and text[b : b + 2] in ("' ", "’ "):
            possessive = True
        elif text[b : b + 1] == "." and b < end and (low in lexicon.abbreviations or len(low) == 1):
            low, b = low + ".", b + 1
        kind: Kind = "number" if first.isdigit() else "name" if first.isupper() else "word"
        yield Token(kind, a, b, low, possessive)


def _sentences(
    text: str,
    paragraph: int,
    tokens: list[Token],
    stretches: Sequence[Stretch],
    lexicon: Lexicon,
) -> Iterator[Sentence]:
    start = 0
    for i, token in enumerate(tokens):
        if i + 1 < len(tokens) and not _ends(text, tokens, i, start, lexicon):
            continue
        inner = tokens[start : i + 1]
        start = i + 1
        while inner and inner[-1].kind == "mark" and inner[-1].low in ENDS:
            token = inner.pop()
        if inner:
            first = stretches[inner[0].number].outer_start if inner[0].kind == "quote" else 0
            begin = first or inner[0].start
            ending = stretches[inner[-1].number].outer_end if inner[-1].kind == "quote" else 0
            yield Sentence(
                _lowered(inner, lexicon), paragraph, begin, max(ending, token.end, inner[-1].end)
            )


def _ends(text: str, tokens: list[Token], i: int, start: int, lexicon: Lexicon) -> bool:
    """Tell whether a sentence ends with token `i`."""
    token, following = tokens[i], tokens[i + 1]
    if following.kind == "mark":
        return token.low in (".", "!", "?") and following.low in "•–—" and token.kind == "mark"
    starts = following.kind != "word"
    if token.kind == "mark":
        return token.low in ENDS and starts
    if token.kind == "quote":
        return starts and _ends_in_quote(text, tokens, i, lexicon)
    abbreviated = token.low.endswith(".") and text[token.end - 1] == "."
    opener = following.kind == "quote" or following.low in lexicon.openers
    return abbreviated and opener and token.low not in lexicon.titles and i > start + 1


def _ends_in_quote(text: str, tokens: list[Token], i: int, lexicon: Lexicon) -> bool:
    last = text[tokens[i].end - 1]
    if last not in ".!?…":
        return False
    if tokens[i + 1].kind == "quote":
        return True
    return not _is_tail(tokens, i + 1, lexicon, finished=last == ".")


def _is_tail(tokens: list[Token], start: int, lexicon: Lexicon, *, finished: bool) -> bool:
    """Tell whether a name and a cue follow, as in "Really?" Ana Ruiz asked.

    After a quotation that ended with a full stop, nothing may follow the cue.
    """
    for i in range(start, min(len(tokens), start + MAX_TAIL)):
        token = tokens[i]
        if token.kind == "word" and token.low in lexicon.cues:
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            alone = after is None or (after.kind == "mark" and after.low == ".")
            return i > start and (
                alone
                or (
                    not finished
                    and after is not None
                    and after.kind != "quote"
                    and after.low != ":"
                )
            )
        known = token.kind == "name" or token.low in lexicon.adverbs | lexicon.auxiliaries
        if not known and token.low not in lexicon.titles:
            return False
    return False


def _lowered(tokens: list[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """Return the tokens with words that are capitalised only by their place made plain words."""
    fresh = True
    for i, token in enumerate(tokens):
        if token.kind == "name" and (
            ((fresh or len(token.low) < 2) and token.low in lexicon.openers)  # noqa: PLR2004
            or (fresh and _is_common(tokens, i, lexicon))
        ):
            tokens[i] = token._replace(kind="word")
        fresh = token.kind == "quote" or (token.kind == "mark" and token.low in ':"•–—-([')
    return tuple(tokens)


def _is_common(tokens: list[Token], i: int, lexicon: Lexicon) -> bool:
    """Tell whether a capital at the start of a sentence stands on a common noun or participle."""
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.kind == "name" or token.possessive:
        return False
    word = token.low
    if (
        word in lexicon.nouns
        or word in lexicon.cues
        or word.endswith(("ing", "ly", "tions", "ists"))
    ):
        return word not in lexicon.org_words or word in lexicon.plural_bodies
    plural = word.endswith("s") and following.kind == "word" and following.low in lexicon.cues
    return plural and not following.low.endswith(("s", "ed", "d"))
