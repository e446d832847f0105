"""What was asked of the archive, as it is kept so that a button can ask it again."""

from hashlib import sha256
from typing import Final

from bot.news.values import Instant, Value, require, require_utc

MAX_QUERY_CHARS: Final = 2_000
"""Characters of a question, or of a search, that are kept."""
KEY_CHARS: Final = 24
"""Hexadecimal digits of a query's key: 96 bits, so that no two queries share one."""


class Query(Value, frozen=True):
    """Words that the archive is asked: a question or a search, or what a speaker said about them.

    `previous` are the questions that this one goes on from.
    """

    words: str
    asked_at: Instant
    previous: str = ""
    speaker: str = ""

    def __post_init__(self) -> None:
        """Check lengths and instant."""
        texts = (self.words, self.previous, self.speaker)
        require(all(len(text) <= MAX_QUERY_CHARS for text in texts), "A query is that long.")
        require_utc(self.asked_at, "asked_at")

    @property
    def key(self) -> str:
        """What the query is found by: the same for the same words, whenever they are asked."""
        said = f"{self.words}\0{self.previous}\0{self.speaker}"
        return sha256(said.encode()).hexdigest()[:KEY_CHARS]
