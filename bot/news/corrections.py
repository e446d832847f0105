"""Why a briefing has a next version, and what is told of it where the briefing stands."""

from collections.abc import Iterator

from bot.news.articles import Passage
from bot.news.values import Instant, Value, require, require_utc


class Correction(Value, frozen=True):
    """One thing that was put right in a posted briefing, with what stood there before and after.

    `key` names what happened, for ever: it makes one version of a briefing. `what` says it in our
    own words. `about` are the pieces of the quote that it is about; `before` and `after` are words
    of sources, pieces of quotes if they are `quoted`. `outlet` is whose words these are. `by` is
    the member who decided; empty where a source changed. `version` is the one that it made, 0 as
    long as there is none.
    """

    key: str
    at: Instant
    what: str
    story_id: str = ""
    outlet: str = ""
    about: tuple[Passage, ...] = ()
    before: tuple[Passage, ...] = ()
    after: tuple[Passage, ...] = ()
    quoted: bool = False
    by: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        """Check the key, the sentence and the instant."""
        require(self.key, "A correction needs a key.")
        require(self.what.strip(), "A correction without words.")
        require_utc(self.at, "at")
        require(self.outlet or not self.words(), "Words of a source without their outlet.")

    def words(self) -> tuple[Passage, ...]:
        """Return every passage that is printed of it."""
        return (*self.about, *self.before, *self.after)

    def passages(self) -> Iterator[Passage]:
        """Return every passage that it stands on."""
        yield from self.words()
