"""Keeps each newsroom's operations channel, and what was noted for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.jobs import enqueue
from bot.adapters.archive.server_tables import notice as noted
from bot.adapters.archive.server_tables import operations_channel as chosen
from bot.news import NewJob, Notice


class SqliteOperations:
    """The port `Operations` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def channel_of(self, newsroom_id: int) -> int | None:
        """Return the newsroom's operations channel."""
        query = select(chosen.c.channel_id).where(chosen.c.newsroom_id == newsroom_id)
        async with self._database.reading() as connection:
            found: int | None = await connection.scalar(query)
        return found

    async def newsrooms(self) -> tuple[int, ...]:
        """Return the newsrooms that have an operations channel, by id."""
        query = select(chosen.c.newsroom_id).order_by(chosen.c.newsroom_id)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))

    async def set_channel(self, newsroom_id: int, channel_id: int) -> None:
        """Keep the newsroom's operations channel, in place of an earlier one."""
        row = {"newsroom_id": newsroom_id, "channel_id": channel_id}
        kept = insert(chosen).values(row)
        kept = kept.on_conflict_do_update(index_elements=["newsroom_id"], set_=row)
        async with self._database.writing() as connection:
            await connection.execute(kept)

    async def note(self, notice: Notice, *, then: Sequence[NewJob] = ()) -> bool:
        """Keep the notice and enqueue the jobs that tell it, unless its key was ever noted."""
        new = insert(noted).values(rows.to_row(notice)).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            if is_new := (await connection.execute(new)).rowcount == 1:
                await enqueue(connection, then)
        return is_new

    async def was_noted(self, key: str) -> bool:
        """Tell whether a notice of that key was ever noted."""
        query = select(noted.c.key).where(noted.c.key == key)
        async with self._database.reading() as connection:
            return await connection.scalar(query) is not None

    async def notices(self, newsroom_id: int, since: datetime) -> tuple[Notice, ...]:
        """Return what was noted at or after `since`, in order of time."""
        query = (
            select(noted)
            .where(noted.c.newsroom_id == newsroom_id, noted.c.noted_at >= rows.to_text(since))
            .order_by(noted.c.noted_at, noted.c.key)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(rows.to_value(row, Notice, f"notice {row['key']}") for row in found)
