"""What verification says of words that somebody claims to have found: where they stand, or not."""

from typing import Literal

from bot.news.articles import Passage
from bot.news.speech import Speaker
from bot.news.values import Value, require

VerdictKind = Literal["exact", "typographic", "altered", "misattributed", "stitched", "not found"]
DifferenceKind = Literal[
    "quotation marks",
    "spaces",
    "dashes",
    "ellipsis",
    "end punctuation",
    "first letter",
    "encoding",
    "negation",
    "number",
    "added",
    "dropped",
    "changed",
    "case",
    "look-alike",
    "punctuation",
    "trimmed head",
    "trimmed tail",
    "joined",
    "speaker",
]


class Difference(Value, frozen=True):
    """One thing that differs: what was given, and what the source has; either may be empty.

    For `trimmed head` and `trimmed tail` the source's words are those left out that change what
    was said; for `speaker` they are the name that the article gives, empty if it gives none.
    """

    kind: DifferenceKind
    given: str
    found: str


class Place(Value, frozen=True):
    """Where words stand, and who says them there.

    `said` is false for the article's own words, which nobody is quoted as saying. The speaker is
    unknown when the article names none; below the extractor's threshold `certain` is false.
    """

    passage: Passage
    said: bool = False
    speaker: Speaker | None = None
    certain: bool = False


class Verdict(Value, frozen=True):
    """What became of the words.

    exact: they stand in every place, character for character. typographic: they do but for marks,
    spaces, dashes, dots, end punctuation or encoding. misattributed: they stand there, but the
    article gives them to somebody else, to nobody it names, or to nobody at all. altered: the place
    is the nearest one, and the differences say word by word what is not the same. stitched: the
    places are the fragments, in the order of the words. not found: there is no place.
    """

    kind: VerdictKind
    places: tuple[Place, ...] = ()
    differences: tuple[Difference, ...] = ()

    def __post_init__(self) -> None:
        """Check that the verdict says what it must, and no more."""
        require(
            bool(self.places) == (self.kind != "not found"), "Words that are found have a place."
        )
        plain = self.kind in ("exact", "not found")
        require(plain != bool(self.differences), "Words that differ have a difference, no others.")
