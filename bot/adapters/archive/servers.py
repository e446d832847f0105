"""Keeps the newsroom's Discord servers with their settings, and who chose it."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.server_tables import newsroom_choice as chosen
from bot.adapters.archive.server_tables import server as kept
from bot.news import Server, to_json


class SqliteServers:
    """The port `Servers` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def servers(self) -> tuple[Server, ...]:
        """Return all of them, in the order in which they came."""
        query = select(kept.c.id, kept.c.content).order_by(kept.c.added_at, kept.c.id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).all()
        return tuple(_server(server_id, content) for server_id, content in found)

    async def find_server(self, server_id: int) -> Server | None:
        """Return the server, if it belongs to the newsroom."""
        async with self._database.reading() as connection:
            return await _find(connection, server_id)

    async def claim_first(self, server_id: int, *, now: datetime) -> bool:
        """Let the server belong to the newsroom if none does yet; tell whether it does now."""
        async with self._database.writing() as connection:
            if not await connection.scalar(select(exists(select(kept.c.id)))):
                await _add(connection, Server(server_id, now))
            return await _find(connection, server_id) is not None

    async def add_server(self, server_id: int, *, now: datetime) -> bool:
        """Let the server belong to the newsroom; false if it did already."""
        async with self._database.writing() as connection:
            return await _add(connection, Server(server_id, now))

    async def remove_server(self, server_id: int) -> bool:
        """Let it belong no longer, and forget its settings; false if it did not."""
        async with self._database.writing() as connection:
            gone = await connection.execute(delete(kept).where(kept.c.id == server_id))
            return gone.rowcount == 1

    async def change_server(
        self, server_id: int, change: Callable[[Server], Server]
    ) -> Server | None:
        """Change what is set for a server of the newsroom, while the write lock is held."""
        async with self._database.writing() as connection:
            before = await _find(connection, server_id)
            if before is None:
                return None
            after = change(before)
            if after.id != server_id:
                raise ValueError("A change may not give another server.")
            to = {"content": to_json(after)}
            await connection.execute(update(kept).where(kept.c.id == server_id).values(to))
            return after

    async def choose(self, member_id: int, *, now: datetime) -> None:
        """Note that the member wants this newsroom to answer in direct messages."""
        row = {"member_id": member_id, "chosen_at": rows.to_text(now)}
        choice = insert(chosen).values(row)
        choice = choice.on_conflict_do_update(index_elements=["member_id"], set_=row)
        async with self._database.writing() as connection:
            await connection.execute(choice)

    async def chosen_at(self, member_id: int) -> datetime | None:
        """Return when the member last chose this newsroom, if ever."""
        query = select(chosen.c.chosen_at).where(chosen.c.member_id == member_id)
        async with self._database.reading() as connection:
            found = await connection.scalar(query)
        return datetime.fromisoformat(found) if found else None


async def _find(connection: AsyncConnection, server_id: int) -> Server | None:
    content = await connection.scalar(select(kept.c.content).where(kept.c.id == server_id))
    return None if content is None else _server(server_id, content)


async def _add(connection: AsyncConnection, server: Server) -> bool:
    row = {
        "id": server.id,
        "added_at": rows.to_text(server.added_at),
        "content": to_json(server),
    }
    added = await connection.execute(insert(kept).values(row).on_conflict_do_nothing())
    return added.rowcount == 1


def _server(server_id: int, content: str) -> Server:
    with rows.damage_named(f"server {server_id}"):
        return msgspec.json.decode(content, type=Server)
