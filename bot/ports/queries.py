"""The queries that buttons lead to, kept through restarts."""

from typing import Final, Protocol

from bot.news import Query

MAX_QUERIES: Final = 10_000
"""Queries that are kept; those that were asked longest ago are forgotten."""


class Queries(Protocol):
    """Remembers what was asked of the archive."""

    async def keep(self, query: Query) -> None:
        """Keep the query by its key, and forget all but the newest `MAX_QUERIES`.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def find(self, key: str) -> Query | None:
        """Return the query of the key; `None` if it was forgotten, or never asked here.

        Raises:
            ArchiveError: the store cannot be read.
        """
        ...
