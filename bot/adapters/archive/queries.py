"""Keeps what was asked of the archive, for the buttons that ask it again."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.query_tables import query as table
from bot.news import Query
from bot.ports.queries import MAX_QUERIES


class SqliteQueries:
    """The port `Queries` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, query: Query) -> None:
        """Keep the query by its key, and forget all but the newest `MAX_QUERIES`.

        Raises:
            ArchiveError: the store cannot be written.
        """
        new = insert(table).values(rows.to_row(query) | {"key": query.key})
        again = {"asked_at": new.excluded.asked_at}
        kept = new.on_conflict_do_update(index_elements=["key"], set_=again)
        old = select(table.c.key).order_by(table.c.asked_at.desc(), table.c.key)
        old = old.limit(-1).offset(MAX_QUERIES)
        async with self._database.writing() as connection:
            await connection.execute(kept)
            await connection.execute(delete(table).where(table.c.key.in_(old)))

    async def find(self, key: str) -> Query | None:
        """Return the query of the key; `None` if it was forgotten, or never asked here.

        Raises:
            ArchiveError: the store cannot be read.
        """
        found = select(table).where(table.c.key == key)
        async with self._database.reading() as connection:
            row = (await connection.execute(found)).mappings().first()
        return rows.to_value(row, Query, f"query {key}") if row else None
