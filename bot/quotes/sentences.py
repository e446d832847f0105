"""Cuts the paragraphs of an article into sentences of tokens."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from bot.paragraphs import Paragraph
from bot.quotes.capitals import Capitals
from bot.quotes.lexicon import Lexicon
from bot.quotes.marks import Stretch
from bot.quotes.tokens import Cut, Token, Tokenizer

ENDS: Final = frozenset(".!?")
MAX_TAIL: Final = 10
"""Tokens after a stretch that may still tell who spoke: "…?" Minister Ana Ruiz later asked."""
MIN_HEADLINE: Final = 4
"""Words of a headline in capitals, and letters of a word that has one there."""
LINE_ENDS: Final = ("", "\n")
MAX_SENTENCE: Final = 150
"""Tokens after which a sentence is cut, so that reading it stays linear in the text's length."""


class Sentence(NamedTuple):
    """One sentence: its tokens without the end mark, its paragraph, its bounds.

    `marked` are the indices of all tokens but plain words, `quotes` those of quoted stretches.
    """

    tokens: tuple[Token, ...]
    paragraph: int
    start: int
    end: int
    marked: tuple[int, ...]
    quotes: tuple[int, ...]


class Sentences:
    """The sentences of one text; a paragraph is split when it is asked for.

    Time is linear in the length of the text.
    """

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        stretches: Sequence[Stretch],
        lexicon: Lexicon,
    ) -> None:
        self.words = lexicon
        self._cuts = _cut(text, paragraphs, stretches, lexicon)
        capitals = Capitals(text, lexicon)
        for cut in self._cuts:
            capitals.learn(cut)
        self._splitter = _Splitter(text, stretches, lexicon, capitals)

    def of(self, paragraph: int) -> Iterator[Sentence]:
        """Return the sentences of the paragraph of that number, in order."""
        return filter(None, self._splitter.sentences(paragraph, self._cuts[paragraph]))

    def all(self) -> Iterator[Sentence]:
        """Return the sentences of all paragraphs, in order."""
        return chain.from_iterable(map(self.of, range(len(self._cuts))))

    def end_of_speech(self) -> int:
        """Return the number of the paragraph from which on nothing is quoted and nobody speaks."""
        for number in range(len(self._cuts), 0, -1):
            tokens, marked = self._cuts[number - 1]
            if not self.words.strong_cues.isdisjoint([token.low for token in tokens]):
                return number
            if any(tokens[i].kind == "quote" for i in marked):
                return number
        return 0


def _cut(
    text: str, paragraphs: Sequence[Paragraph], stretches: Sequence[Stretch], lexicon: Lexicon
) -> list[Cut]:
    tokenizer = Tokenizer(text, stretches, lexicon)
    cuts: list[Cut] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        last = at
        while last < len(stretches) and stretches[last].paragraph == number:
            last += 1
        cuts.append(tokenizer.cut(paragraph, range(at, last)))
        at = last
    return cuts


def end_mark(text: str, token: Token) -> str:
    """Return the last character of a stretch, marks nested at its end left out."""
    return text[token.start : token.end].rstrip("’'”\" ")[-1:]


def is_heading(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence is a line by itself without an end mark."""
    before = text[max(0, sentence.start - 1) : sentence.start]
    after = text[sentence.end : sentence.end + 1]
    return before in LINE_ENDS and after in LINE_ENDS and text[sentence.end - 1].isalnum()


def is_headline(text: str, sentence: Sentence) -> bool:
    """Tell whether a heading has capitals on all of its words but the small ones."""
    if not is_heading(text, sentence):
        return False
    words = [t for t in sentence.tokens if t.kind in ("word", "name")]
    small = [t for t in words if text[t.start].islower()]
    return (
        len(words) >= MIN_HEADLINE
        and len(small) <= len(words) // 3
        and all(len(t.low) < MIN_HEADLINE for t in small)
    )


class _Splitter:
    """Splits the paragraphs of one text into sentences."""

    def __init__(
        self, text: str, stretches: Sequence[Stretch], lexicon: Lexicon, capitals: Capitals
    ) -> None:
        self.text = text
        self.stretches = stretches
        self.words = lexicon
        self.capitals = capitals

    def sentences(self, paragraph: int, cut: Cut) -> Iterator[Sentence | None]:
        """Return the sentences of one paragraph, and nothing for marks that end none."""
        tokens = cut.tokens
        start, last = 0, len(tokens) - 1
        held: list[int] = []
        for i in (*cut.marked, last):
            while i - start > MAX_SENTENCE:
                yield self._sentence(tokens, (start, start + MAX_SENTENCE), held, paragraph)
                start, held = start + MAX_SENTENCE + 1, []
            if i < start:
                continue
            held.append(i)
            if i == last or i - start == MAX_SENTENCE or self._ends(tokens, i, start):
                yield self._sentence(tokens, (start, i), held, paragraph)
                start, held = i + 1, []

    def _sentence(
        self, tokens: list[Token], bounds: tuple[int, int], marked: list[int], paragraph: int
    ) -> Sentence | None:
        """Make one sentence of the tokens from the first to the last of the bounds, if any."""
        first, last = bounds
        inner = tokens[first : last + 1]
        while inner and inner[-1].kind == "mark" and inner[-1].low in ENDS:
            inner.pop()
        if not inner:
            return None
        places = tuple([i - first for i in marked if i - first < len(inner)])
        self.capitals.lower(inner, places)
        quotes = tuple([i for i in places if inner[i].kind == "quote"])
        begin = self._outer(inner[0])[0]
        end = max(self._outer(inner[-1])[1], tokens[last].end)
        return Sentence(tuple(inner), paragraph, begin, end, places, quotes)

    def _outer(self, token: Token) -> tuple[int, int]:
        """Return the bounds of a token, marks included where it is a stretch."""
        if token.kind != "quote":
            return token.start, token.end
        stretch = self.stretches[token.number]
        return stretch.outer_start, stretch.outer_end

    def _ends(self, tokens: list[Token], i: int, start: int) -> bool:
        """Tell whether a sentence ends with token `i`."""
        token, following = tokens[i], tokens[i + 1]
        if token.kind == "word" and token.low[-1] != ".":
            return False
        if following.kind == "mark":
            return token.kind == "mark" and token.low in ENDS and following.low in "•–—"
        starts = following.kind != "word"
        if token.kind == "mark":
            return token.low in ENDS and starts
        if token.kind == "quote":
            return starts and self._ends_in_quote(tokens, i)
        opens = following.kind == "name" and following.low in self.words.openers
        opener = following.kind == "quote" or opens
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
