"""What a newsroom's own editors stop, and who did what to it: kills, holds, releases, purges."""

from typing import Literal

from bot.news.values import Instant, Value, require, require_utc

StopKind = Literal["story", "quote"]
DeedKind = Literal["kill", "hold", "release", "purge"]


class StopOrder(Value, frozen=True):
    """What an editor wants stopped.

    A `story` is the articles that tell it now (`article_ids`); what is grouped with them later is
    stopped with them. A `quote` is its words as they were said (`wordings`, one for each piece):
    they are taken out of every text that has them, wherever it was printed. `name` is how people
    are told of it: of a killed quote never its words. `killed` is false for a hold.
    """

    kind: StopKind
    killed: bool
    name: str
    by: str
    at: Instant
    reason: str = ""
    article_ids: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that something is stopped, by somebody, and the instant."""
        require_utc(self.at, "at")
        require(self.by.strip(), "A stop needs somebody who orders it.")
        stops = self.article_ids if self.kind == "story" else self.wordings
        others = self.wordings if self.kind == "story" else self.article_ids
        require(stops and not others, f"A {self.kind} that is stopped without what it is.")


class Stop(Value, frozen=True):
    """An order that stands until it is released; `id` is counted from 1.

    `article_ids` are all articles whose text it keeps back, whole or in part: those of the order,
    those that joined its story since, and those that have its words.
    """

    id: int
    order: StopOrder
    article_ids: tuple[str, ...]
    released_at: Instant | None = None

    def __post_init__(self) -> None:
        """Check number and instant."""
        require(self.id >= 1, "Stops are counted from 1.")
        require_utc(self.released_at, "released_at")


class Deed(Value, frozen=True):
    """A line of the audit: who did what to which stop or text, when, and why. Never any text."""

    at: Instant
    by: str
    did: DeedKind
    what: str
    reason: str = ""

    def __post_init__(self) -> None:
        """Check the instant, and that somebody did something."""
        require_utc(self.at, "at")
        require(self.by.strip() and self.what.strip(), "A deed without who did it to what.")
