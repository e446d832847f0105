"""A Discord server that belongs to the newsroom, and what its chiefs set for it."""

from bot.news.values import Instant, Value, require, require_utc


class Server(Value, frozen=True):
    """A server of the newsroom; what is empty is as the settings file has it.

    `readers`, `editors` and `chiefs` are ids of roles of Discord's. Where a kind has none, the
    members' permissions decide. `zone` is a name of the IANA database; `language` is that of the
    articles that the server reads, as ISO 639 writes it.
    """

    id: int
    added_at: Instant
    zone: str = ""
    language: str = ""
    readers: tuple[int, ...] = ()
    editors: tuple[int, ...] = ()
    chiefs: tuple[int, ...] = ()
    welcomed: bool = False
    """Whether the setup card was posted."""

    def __post_init__(self) -> None:
        """Check the id and the instant."""
        require(self.id > 0, "A server needs an id.")
        require_utc(self.added_at, "added_at")
