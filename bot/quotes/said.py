"""Says where in an article words are somebody's, whose, and how their sentence goes on."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.news import Difference, Passage, Place, Quote, Revision, TextField
from bot.quotes.lexicon import Lexicon
from bot.quotes.qualifiers import Qualifiers, lower_words
from bot.quotes.same_speaker import is_same_speaker, last_name
from bot.text import Bounds, fold, paragraphs

SENTENCE_END: Final = re.compile(
    r"(?<![\[(.])[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[]*(?:[A-ZÀ-Þ0-9]|[^\x00-\u024f\u2000-\u206f]))"
)
BEFORE_POINT: Final = re.compile(r"([^\W\d_]+)$")
STOPS: Final = ".!?…"
CLOSING: Final = STOPS + "\"'”’»)]"
AROUND: Final = "\"'“”‘’„‟‚‛«»‹›`´ \n\t\xa0"
"""What may stand around words without being part of them: marks and white space."""
REACH: Final = 600
"""Characters on either side within which a sentence is read."""
DENIAL: Final = 4
"""Words of the article right before a woven quotation in which a denial denies it."""


class Said:
    """What is said in one revision."""

    def __init__(self, revision: Revision, quotes: Sequence[Quote], lexicon: Lexicon) -> None:
        self.revision = revision
        self.lexicon = lexicon
        self.quotes = quotes
        self._pieces = sorted(
            (
                (piece.span.start, piece.span.end, number, index)
                for index, quote in enumerate(quotes)
                for number, piece in enumerate(quote.pieces)
                if piece.span.field == "body"
            ),
        )
        self._starts = [piece[0] for piece in self._pieces]

    @cached_property
    def paragraphs(self) -> tuple[Bounds, ...]:
        """The paragraphs of the body."""
        return paragraphs(self.revision.body)

    @cached_property
    def _full_names(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = defaultdict(set)
        for quote in self.quotes:
            if quote.speaker:
                last = last_name(quote.speaker, self.lexicon)
                names[last].add(fold(quote.speaker.name.words))
        return names

    def home(self, field: TextField, start: int, end: int) -> "Home":
        """Return where the bounds lie; marks and points at their ends may lie outside."""
        if field == "title":
            return Home(self, self.revision.title, 0, len(self.revision.title))
        body = self.revision.body
        while start < end and body[start] in AROUND:
            start += 1
        while end > start and body[end - 1] in AROUND + ",.;:":
            end -= 1
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and end <= self._pieces[at][1]:
            first, last, number, index = self._pieces[at]
            return Home(self, body, first, last, self.quotes[index], number)
        which = self.paragraph(start)
        first, last = self.paragraphs[which] if which >= 0 else (0, len(body))
        return Home(self, body, first, max(last, end))

    def paragraph(self, at: int) -> int:
        """Return the number of the paragraph of the body that an offset lies in; -1 for none."""
        return bisect_right(self.paragraphs, (at, len(self.revision.body))) - 1

    def is_by(self, place: Place, claimed: str) -> bool:
        """Tell whether the article gives the words to the speaker who is claimed.

        Where two speakers of the article share a last name, only a whole name will do.
        """
        if not place.said or place.speaker is None:
            return False
        last = last_name(place.speaker, self.lexicon)
        shared = bool(last) and len(self._full_names[last]) > 1
        return is_same_speaker(claimed, place.speaker, self.lexicon, whole=shared)


@dataclass(frozen=True)
class Home:
    """The piece of a quote or, for the article's own words, the paragraph of a stretch."""

    said: Said
    source: str
    start: int
    end: int
    quote: Quote | None = None
    number: int = 0

    @property
    def key(self) -> tuple[str, int, int, int]:
        """What tells one home from another."""
        revision = self.said.revision
        return revision.article_id, revision.number, self.start, self.end

    def place(self, passage: Passage) -> Place:
        """Return the place of a passage in this home."""
        if self.quote is None or self.quote.use != "statement":
            return Place(passage)
        attribution = self.quote.attribution
        return Place(passage, said=True, speaker=attribution.speaker, certain=attribution.certain)

    def rest(self, start: int, end: int) -> tuple[str, str]:
        """Return the rest of the sentence before and behind a stretch.

        Where a piece does not end the sentence, it goes on in the next piece of the statement;
        what stands there follows on a line of its own.
        """
        head, opened = self._before(max(self.start, start - REACH), start)
        tail, closed = self._behind(start, end, max(end, min(self.end, end + REACH)))
        pieces = self.quote.pieces if self.quote else ()
        if not opened and self.number and self._goes_on(self.number - 1):
            span = pieces[self.number - 1].span
            before, _ = self._before(max(span.start, span.end - REACH), span.end)
            head = f"{before}\n{head}"
        if not closed and self.number + 1 < len(pieces) and self._goes_on(self.number):
            span = pieces[self.number + 1].span
            limit = min(span.end, span.start + REACH)
            tail = f"{tail}\n{self._behind(span.start, span.start, limit)[0]}"
        return head, tail

    def ends_at(self, start: int, end: int) -> bool:
        """Tell whether the piece, or the article's sentence, has no word behind the stretch."""
        tail, _ = self._behind(start, end, max(end, min(self.end, end + REACH)))
        return not any(map(str.isalnum, tail))

    def denied(self, known: Qualifiers) -> Difference | None:
        """Return what the article says before a woven quotation to deny it."""
        if self.quote is None or self.quote.kind != "partial" or self.number:
            return None
        before, _ = self._before(max(0, self.start - REACH), self.start)
        words = lower_words(before)[-DENIAL:]
        if not any(known.is_denial(word) for word in words):
            return None
        return Difference("trimmed head", "", before.strip(AROUND)[-REACH // 3 :])

    def _goes_on(self, number: int) -> bool:
        """Tell whether a sentence runs from one piece of the statement into the next."""
        pieces = self.quote.pieces if self.quote else ()
        before, behind = pieces[number].span, pieces[number + 1].span
        if self.said.paragraph(before.start) != self.said.paragraph(behind.start):
            return False
        between = self.source[before.end : behind.start].strip(AROUND)
        return self.source[before.end - 1] not in STOPS and between[-1:] not in tuple(STOPS)

    def _before(self, first: int, start: int) -> tuple[str, bool]:
        """Return what stands before a stretch in its sentence, and whether one ends before it."""
        ends = [m for m in SENTENCE_END.finditer(self.source, first, start + 2) if m.end() <= start]
        for match in reversed(ends):
            if self._is_end(match.start()):
                return self.source[match.end() : start], True
        return self.source[first:start], False

    def _behind(self, start: int, end: int, limit: int) -> tuple[str, bool]:
        """Return what stands behind a stretch in its sentence, and whether it ends there."""
        at = end
        while at > start and self.source[at - 1] in CLOSING:
            at -= 1
        for match in SENTENCE_END.finditer(self.source, at, limit):
            if self._is_end(match.start()):
                return self.source[end : max(end, match.end())], True
        return self.source[end:limit], self.source[limit - 1] in STOPS

    def _is_end(self, at: int) -> bool:
        """Tell a sentence's end from the point of an abbreviation or initial."""
        if self.source[at] != ".":
            return True
        before = BEFORE_POINT.search(self.source, max(0, at - 20), at)
        if before is None:
            return True
        word = before[1]
        return len(word) > 1 and word.lower() not in self.said.lexicon.abbreviations
