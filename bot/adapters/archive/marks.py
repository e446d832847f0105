"""Keeps how far each reader has read."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.reader_tables import reader_mark


class SqliteMarks:
    """The port `Marks` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mark_of(self, reader: str) -> datetime | None:
        """Return up to when the reader has read."""
        query = select(reader_mark.c.read_until).where(reader_mark.c.reader == reader)
        async with self._database.reading() as connection:
            found: str | None = await connection.scalar(query)
        return datetime.fromisoformat(found) if found else None

    async def move_mark(self, reader: str, to: datetime) -> datetime:
        """Move the mark forward, never back, and return where it stands.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: the instant is not aware.
        """
        new = insert(reader_mark).values(reader=reader, read_until=rows.to_text(to))
        later = func.max(reader_mark.c.read_until, new.excluded.read_until)
        moved = new.on_conflict_do_update(index_elements=["reader"], set_={"read_until": later})
        async with self._database.writing() as connection:
            stands: str | None = await connection.scalar(moved.returning(reader_mark.c.read_until))
        return datetime.fromisoformat(stands) if stands else to
