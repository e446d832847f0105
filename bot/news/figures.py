"""What articles state in numbers: quantities, figures, and where the reports of a story differ."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal, get_args

from bot.news.articles import Passage
from bot.news.speech import is_free_of_marks
from bot.news.values import Value, require

Standing = Literal["stated", "confirmed", "unconfirmed"]
"""Whether the article calls its figure or claim confirmed, unconfirmed, or neither."""

FigureRole = Literal["current", "previous", "part", "change", "history", "projected"]
"""What a figure says of its subject: how many now; before now; of a part of it; by how many it
changed; in another event; what is expected. Only current figures are compared."""

Agreement = Literal["same", "updated", "differing", "sources", "standing", "apart"]
"""What the figures of one subject are to one another: the same within rounding; the older replaced
by the newer; different in different reports; different by who says so; confirmed here and
unconfirmed there; of different days, and so not compared."""

DisagreementKind = Literal["differing", "sources", "standing"]
"""The agreements that a brief prints as "Reports differ"."""


FigureTopic = Literal[
    "dead",
    "injured",
    "missing",
    "arrested",
    "evacuated",
    "displaced",
    "rescued",
    "infected",
    "hospitalised",
    "aboard",
    "attending",
    "trapped",
]
"""What may be told of the people that a figure counts; the words are in `figures-en.toml`."""

Told = Literal["", "claim", FigureTopic]
"""What a disagreement is about where its figures do not say it, or that it is about a claim."""

TOLD: Final = frozenset(get_args(Told))


class Quantity(Value, frozen=True):
    """From `low` to `high` of a unit, either open when `None`; equal for one number.

    `unit` is a count (``), a currency in lower case (`eur`), `share` (0 to 1), `points`, a
    dimension in its base unit (`length` in metres), `score`, `magnitude` or `date` (day number of
    the proleptic Gregorian calendar). `step` is the place the number is rounded to, in that unit:
    100 for 9,400. `about` marks a number given as near.
    """

    low: float | None
    high: float | None
    unit: str = ""
    step: float = 1.0
    about: bool = False

    def __post_init__(self) -> None:
        """Check that the quantity says something."""
        require(self.low is not None or self.high is not None, "A quantity without a bound.")
        ordered = self.low is None or self.high is None or self.low <= self.high
        require(ordered, f"A quantity from {self.low} to {self.high}.")

    @property
    def point(self) -> float:
        """The number that stands for the quantity: the only bound, or the middle of two."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return sum(bounds) / len(bounds)


class Figure(Value, frozen=True):
    """A number as an article states it.

    `words` are the number with its bound and unit, and what is counted where that stands beside
    it. `subject` is a topic (`dead`) or the stem of what is counted; `counted` those words.
    `place` and `time` are qualifiers in the article's words, `speaker` who is said to say so.
    """

    words: Passage
    quantity: Quantity
    subject: str
    counted: Passage | None = None
    role: FigureRole = "current"
    standing: Standing = "stated"
    place: Passage | None = None
    time: Passage | None = None
    speaker: Passage | None = None

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the figure stands on."""
        yield self.words
        for passage in (self.counted, self.place, self.time, self.speaker):
            if passage is not None:
                yield passage


def _require_no_marks(passages: Iterable[Passage]) -> None:
    for passage in passages:
        require(is_free_of_marks(passage.words), f"“{passage.words}” holds a quotation mark.")


class FigureReport(Value, frozen=True):
    """One outlet's figure or claim in a disagreement, with who is said to say so."""

    words: Passage
    outlet: str
    speaker: Passage | None = None
    standing: Standing = "stated"

    def __post_init__(self) -> None:
        """Check that no words bring a quotation mark along: they are printed as no quotation."""
        _require_no_marks(self.passages())

    def passages(self) -> Iterator[Passage]:
        """Return the figure, and the words that name who says so."""
        yield self.words
        if self.speaker is not None:
            yield self.speaker


class Disagreement(Value, frozen=True):
    """Where the reports of a story differ in a figure or a claim, in order of time.

    `topic` is what is told of people (`dead`), `claim` where the words are no figure but what one
    outlet calls confirmed and another does not, empty where the figures say what they count;
    `subject` are the first article's words for what a sum, a measure or a date is for.
    """

    kind: DisagreementKind
    reports: tuple[FigureReport, ...]
    topic: Told = ""
    subject: Passage | None = None

    def __post_init__(self) -> None:
        """Check that it takes two to disagree, and that no words of ours are printed but known."""
        require(len(self.reports) > 1, "A disagreement needs two reports.")
        require(self.topic in TOLD, f"A disagreement about “{self.topic}” is not known.")
        _require_no_marks([self.subject] if self.subject else [])

    def passages(self) -> Iterator[Passage]:
        """Return every passage that the disagreement stands on."""
        for report in self.reports:
            yield from report.passages()
        if self.subject is not None:
            yield self.subject


class FigureCheck(Value, frozen=True):
    """What comparing a story's figures gave the writer.

    `outdated` are figures that newer ones have replaced, `current` the newer ones.
    """

    disagreements: tuple[Disagreement, ...] = ()
    outdated: tuple[Passage, ...] = ()
    current: tuple[Passage, ...] = ()
