"""Fake of the port `Servers`, in memory."""

from collections.abc import Callable
from datetime import datetime

from bot.news import Server


class FakeServers:
    """Servers and choices in memory."""

    def __init__(self) -> None:
        self.kept: dict[int, Server] = {}
        self.chosen: dict[int, datetime] = {}

    async def servers(self) -> tuple[Server, ...]:
        """Return all, in the order in which they came."""
        return tuple(sorted(self.kept.values(), key=lambda one: (one.added_at, one.id)))

    async def find_server(self, server_id: int) -> Server | None:
        """Return the server."""
        return self.kept.get(server_id)

    async def claim_first(self, server_id: int, *, now: datetime) -> bool:
        """Keep the server if there is none."""
        if not self.kept:
            self.kept[server_id] = Server(server_id, now)
        return server_id in self.kept

    async def add_server(self, server_id: int, *, now: datetime) -> bool:
        """Keep the server, unless it is kept."""
        if server_id in self.kept:
            return False
        self.kept[server_id] = Server(server_id, now)
        return True

    async def remove_server(self, server_id: int) -> bool:
        """Forget the server."""
        return self.kept.pop(server_id, None) is not None

    async def change_server(
        self, server_id: int, change: Callable[[Server], Server]
    ) -> Server | None:
        """Change the server."""
        if server_id not in self.kept:
            return None
        after = change(self.kept[server_id])
        if after.id != server_id:
            raise ValueError("A change may not give another server.")
        self.kept[server_id] = after
        return after

    async def choose(self, member_id: int, *, now: datetime) -> None:
        """Note the choice."""
        self.chosen[member_id] = now

    async def chosen_at(self, member_id: int) -> datetime | None:
        """Return when it was."""
        return self.chosen.get(member_id)
