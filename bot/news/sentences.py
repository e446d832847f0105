"""Sentences of a brief: lists of parts, each with its source (law 2)."""

from collections.abc import Iterator
from typing import Self

from bot.news.articles import Passage
from bot.news.speech import MARKS
from bot.news.values import Value, require


class Taken(Value, frozen=True, tag="taken"):
    """Words taken over from an outlet, marked as that outlet's."""

    passage: Passage
    outlet: str


class Insertion(Value, frozen=True, tag="insertion"):
    """Words that stand elsewhere in a source, put in square brackets where they explain."""

    passage: Passage


class Derivation(Value, frozen=True):
    """Words of a model's sentence that follow from other words of what it cites.

    Such as "12" from "twelve", or "UN" from "United Nations".
    """

    words: str
    source: str

    def __post_init__(self) -> None:
        """Check that something follows from something."""
        require(self.words.strip() and self.source.strip(), "A derivation without words.")


class Written(Value, frozen=True, tag="written"):
    """Words that a model wrote, with the passages that it cites for them.

    `derived` are those of its words that stand in the passages in another form.
    """

    text: str
    cites: tuple[Passage, ...]
    derived: tuple[Derivation, ...] = ()

    def __post_init__(self) -> None:
        """Check that there are citations, and no quotation marks."""
        require(self.text.strip(), "A sentence without words.")
        require(self.cites, f"“{self.text}” cites nothing.")
        require(not MARKS.intersection(self.text), f"“{self.text}” quotes without a source span.")


Part = Taken | Insertion | Written


class Sentence(Value, frozen=True):
    """A sentence is a list of parts, and each part has its source."""

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        """Check that the sentence is not empty."""
        require(self.parts, "A sentence without words.")

    @classmethod
    def taken(cls, passage: Passage, outlet: str) -> Self:
        """Return the sentence that consists of one passage taken over from one outlet."""
        return cls((Taken(passage, outlet),))

    def passages(self) -> Iterator[Passage]:
        """Return the passages that the sentence stands on, in the order of its parts."""
        for part in self.parts:
            if isinstance(part, Written):
                yield from part.cites
            else:
                yield part.passage
