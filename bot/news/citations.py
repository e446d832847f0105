"""How what a posted briefing cites stands on its page now."""

from typing import Literal

from bot.news.articles import Span
from bot.news.values import Instant, Value, require, require_utc

CitationState = Literal["stands", "unseen", "missing", "vanished", "unreadable"]


class Citation(Value, frozen=True):
    """A cited span, and what was found when its page was last read again.

    stands: the words are on the page. unseen: they never were, the feed words it otherwise.
    missing: one reading did not find them; vanished: two did not. unreadable: the page shows its
    text no more, and `reason` says why, a clause without a full stop; nobody knows whether the
    words still stand. `since` is when the state began, `read_at` the last reading.
    """

    span: Span
    state: CitationState
    since: Instant
    read_at: Instant
    reason: str = ""

    def __post_init__(self) -> None:
        """Check the instants and that only what is unreadable has a reason."""
        require_utc(self.since, "since")
        require_utc(self.read_at, "read_at")
        require(
            bool(self.reason) == (self.state == "unreadable"), "What is unreadable has a reason."
        )

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing speaks against it."""
        return self.state in ("stands", "unseen")


class CitationHealth(Value, frozen=True):
    """A citation that is not sound, with its article; of a held one neither words nor address."""

    citation: Citation
    outlet: str
    address: str = ""
    words: str = ""
