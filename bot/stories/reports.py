"""A figure as one article of a story reports it: whose it is, when, of which day and place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.news import Article, Figure, Origin
from bot.stories.comparing import is_compatible, is_same
from bot.stories.figures import Stated
from bot.text import fold

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Report:
    """A figure as one article of the story has it, with whose it is and when it was said.

    `voice` is the outlet whose text it is: a reprint speaks with its original's voice, at its
    original's hour.
    """

    stated: Stated
    article_id: str
    outlet: str
    voice: str
    at: datetime
    reprint: bool = False

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.stated.figure

    @property
    def is_exact(self) -> bool:
        """Whether it is one number without a bound."""
        quantity = self.stated.quantity
        return quantity.low == quantity.high and not quantity.about

    def says_same(self, other: "Report") -> bool:
        """Tell whether both say the same number within rounding and conversion."""
        converted = self.stated.written != other.stated.written
        return is_same(
            self.stated.quantity,
            other.stated.quantity,
            converted=_measured(self, converted=converted),
        )

    def agrees(self, other: "Report") -> bool:
        """Tell whether both can be true."""
        converted = self.stated.written != other.stated.written
        return is_compatible(
            self.stated.quantity,
            other.stated.quantity,
            converted=_measured(self, converted=converted),
        )


def _measured(report: Report, *, converted: bool) -> bool:
    return converted and report.stated.kind == "measure"


def originals(articles: Iterable[Article], origins: Sequence[Origin]) -> dict[str, Article]:
    """Return the article whose text each article has, by id: itself unless it is a reprint."""
    by_id = {article.id: article for article in articles}
    first = {i: origin.article_ids[0] for origin in origins for i in origin.article_ids}
    return {i: by_id.get(first.get(i, i), article) for i, article in by_id.items()}


def speaker_key(report: Report) -> str:
    """Return who says so in a form that can be compared; empty for the article itself."""
    speaker = report.figure.speaker
    if speaker is None:
        return ""
    return fold(speaker.words.split()[-1]).removesuffix("s")


def same_place(some: Report, other: Report) -> bool:
    """Tell whether two figures may be of one place: the same, or one that is not named."""
    places = [r.figure.place for r in (some, other)]
    if places[0] is None or places[1] is None:
        return True
    named = [set(fold(p.words).split()) for p in places if p]
    return bool(named[0] & named[1])


def same_day(some: Report, other: Report) -> bool:
    """Tell whether two figures speak of one day, or do not say of which."""
    days = [_day(r) for r in (some, other)]
    return "" in days or days[0] == days[1]


def _day(report: Report) -> str:
    time = report.figure.time
    if time is None:
        return ""
    word = fold(time.words.split()[-1])
    if word in WEEKDAYS:
        return word
    if word in {"today", "tonight"}:
        return WEEKDAYS[report.at.weekday()]
    if word == "yesterday":
        return WEEKDAYS[(report.at - timedelta(days=1)).weekday()]
    return ""
