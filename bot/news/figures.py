"""What articles state in numbers: quantities, figures, and where the reports of a story differ."""

from collections.abc import Iterator
from typing import Literal

from bot.news.articles import Passage
from bot.news.values import Value, require

Standing = Literal["stated", "confirmed", "unconfirmed"]
"""Whether the article calls its figure or claim confirmed, unconfirmed, or neither."""

FigureRole = Literal["current", "previous", "part", "change", "history", "projected"]
"""What a figure says of its subject: how many now; before now; of a part of it; by how many it
changed; in another event; what is expected. Only current figures are compared."""

Agreement = Literal["same", "updated", "differing", "sources", "standing"]
"""What the figures of one subject are to one another: the same within rounding; the older replaced
by the newer; different in different reports; different by who says so; confirmed here and
unconfirmed there."""


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
