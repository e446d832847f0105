"""What was said: quotes with their speakers and attribution, and reports taken at second hand."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal

from bot.news.articles import Passage
from bot.news.values import Value, require

QuoteKind = Literal["direct", "partial", "block"]
Standing = Literal["on record", "anonymous", "document", "unknown"]
QuoteUse = Literal["statement", "scare", "term", "title", "slogan", "caption", "repeat"]
SecondHandKind = Literal["outlet", "document", "body"]

MARKS: Final = frozenset('"“”„‟«»‹›＂「」『』〝〞〟❝❞')
"""Characters that open or close a quotation, without those that also serve as apostrophes.

Source: Unicode 16, property Quotation_Mark, less U+0027 and U+2018 to U+201B, plus U+275D, U+275E.
"""

APOSTROPHES: Final = frozenset("'‘’‚‛`´")
"""Characters that open or close a quotation in some texts and are apostrophes in others."""


WITHIN_WORDS: Final = re.compile(r"(?<=[^\W_])['’](?=[^\W_])|(?<=s)['’](?=\s+[^\W_])")
"""An apostrophe that is part of a word: "don't", "the miners' union"."""


def is_free_of_marks(words: str) -> bool:
    """Tell whether no character of the words opens or closes a quotation, or may do so.

    Such words can stand outside quotation marks without a lone mark and without a cut quotation.
    """
    return not (MARKS | APOSTROPHES).intersection(WITHIN_WORDS.sub("", words))


class Speaker(Value, frozen=True):
    """Who speaks, in the article's own words: the name where it stands, the role of that day."""

    name: Passage
    role: Passage | None = None


class SecondHand(Value, frozen=True):
    """Somebody else's report that an article relies on: its name, and the sentence that does so."""

    name: Passage
    kind: SecondHandKind
    claim: Passage


class Attribution(Value, frozen=True):
    """Who is said to have said it, by which word, through whom, and how sure the extractor is.

    `via` is the chain of those who reported it first, nearest to the article first. `confidence`
    is a probability from 0 to 1 that the speaker is right; below the extractor's threshold
    `certain` is false and every rendering says so. `corrected`: an editor said who spoke, or that
    it is not known; every rendering says that too.
    """

    speaker: Speaker | None = None
    cue: Passage | None = None
    via: tuple[Passage, ...] = ()
    confidence: float = 0.0
    certain: bool = False
    corrected: bool = False

    def __post_init__(self) -> None:
        """Check that only a named speaker is certain."""
        require(0 <= self.confidence <= 1, "A confidence lies between 0 and 1.")
        require(self.speaker or not self.certain, "Nobody can be certain of an unknown speaker.")

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the attribution stands on."""
        if self.speaker:
            yield self.speaker.name
            if self.speaker.role:
                yield self.speaker.role
        if self.cue:
            yield self.cue
        yield from self.via


class Quote(Value, frozen=True):
    """One statement: its pieces in order, all of one revision, without their quotation marks.

    `kind` is direct (the statement is nothing but quoted words), partial (woven into the article's
    sentence) or block (set apart without marks). `use` is `statement` for what somebody said; all
    other uses are kept and are no statements. `language` is the BCP 47 tag of words that are not
    English, which stay as they are and are printed with it; else empty.
    """

    id: str
    pieces: tuple[Passage, ...]
    attribution: Attribution
    kind: QuoteKind = "direct"
    standing: Standing = "unknown"
    use: QuoteUse = "statement"
    language: str = ""

    def __post_init__(self) -> None:
        """Check that the pieces are in order and that all of the quote stands in one revision."""
        require(self.pieces, f"Quote {self.id} has no words.")
        for before, after in pairwise(self.pieces):
            require(before.span.end <= after.span.start, f"The pieces of quote {self.id} overlap.")
        home = (self.article_id, self.pieces[0].span.revision)
        for passage in self.passages():
            require(
                (passage.span.article_id, passage.span.revision) == home,
                f"Quote {self.id} is put together from two revisions.",
            )

    @property
    def article_id(self) -> str:
        """The article that it was found in."""
        return self.pieces[0].span.article_id

    @property
    def speaker(self) -> Speaker | None:
        """Who said it, as far as is known."""
        return self.attribution.speaker

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the quote stands on: pieces first, then its attribution."""
        yield from self.pieces
        yield from self.attribution.passages()
