"""Which Discord servers belong to the newsroom, and whose newsroom a member chose."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.news import Server


class Servers(Protocol):
    """Keeps the newsroom's servers with their settings; other servers are shown nothing of it."""

    async def servers(self) -> tuple[Server, ...]:
        """Return all of them, in the order in which they came."""
        ...

    async def find_server(self, server_id: int) -> Server | None:
        """Return the server, if it belongs to the newsroom."""
        ...

    async def claim_first(self, server_id: int, *, now: datetime) -> bool:
        """Let the server belong to the newsroom if none does yet; tell whether it does now.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def add_server(self, server_id: int, *, now: datetime) -> bool:
        """Let the server belong to the newsroom; false if it did already.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def remove_server(self, server_id: int) -> bool:
        """Let it belong no longer, and forget its settings; false if it did not.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def change_server(
        self, server_id: int, change: Callable[[Server], Server]
    ) -> Server | None:
        """Change what is set for a server; no other writer can come between.

        Returns how it stands now; `None`, and no change, for a server of no newsroom of ours.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: the change gives another server.
        """
        ...

    async def choose(self, member_id: int, *, now: datetime) -> None:
        """Note that the member wants this newsroom to answer in direct messages.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def chosen_at(self, member_id: int) -> datetime | None:
        """Return when the member last chose this newsroom, if ever."""
        ...
