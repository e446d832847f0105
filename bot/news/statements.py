"""What several outlets report in the same words: one statement with several sources."""

from bot.news.speech import Quote
from bot.news.values import Value, require
from bot.news.verdicts import Difference


class Version(Value, frozen=True):
    """How one article has a statement, and how its words differ from the longest form.

    No differences: its words are those of the longest form, or a stretch of them.
    """

    quote: Quote
    differences: tuple[Difference, ...] = ()


class Statement(Value, frozen=True):
    """The versions of one statement, the longest first; what only one article has has one."""

    versions: tuple[Version, ...]

    def __post_init__(self) -> None:
        """Check that there is a version, and that the first one is the measure of the others."""
        require(self.versions, "A statement needs a version.")
        require(not self.versions[0].differences, "The longest form differs from itself.")

    @property
    def longest(self) -> Quote:
        """The longest form."""
        return self.versions[0].quote

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles that have it, in the order of the versions, each once."""
        return tuple(dict.fromkeys(version.quote.article_id for version in self.versions))
