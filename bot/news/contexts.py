"""Words of an article where they stand: between which others, in which revision, seen when."""

from bot.news.articles import Passage
from bot.news.values import Instant, Value, require, require_utc


class Context(Value, frozen=True):
    """The paragraphs that words stand in, with the words: all of one field of one revision.

    `around` holds the paragraphs in order, `marked` the words. `revisions` counts those that the
    article has by now, of which `number` is the one shown.
    """

    around: tuple[Passage, ...]
    marked: tuple[Passage, ...]
    outlet: str
    title: str
    address: str
    number: int
    revisions: int
    seen_at: Instant
    published_at: Instant | None = None

    def __post_init__(self) -> None:
        """Check that the words stand somewhere, and the instants."""
        require(self.around and self.marked, "A context without words.")
        require_utc(self.seen_at, "seen_at")
        require_utc(self.published_at, "published_at")
