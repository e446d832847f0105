"""Keeps which files of watched folders were read, and how they stood then."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.subscription_tables import dropped_file
from bot.ports import TriedFile

KEPT: Final = timedelta(days=90)


class SqliteDroppedFiles:
    """The port `DroppedFiles` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tried_files(self, folder: str) -> tuple[TriedFile, ...]:
        """Return what is remembered of the folder's files, by key."""
        columns = (dropped_file.c[name] for name in ("key", "stamp", "name", "reason"))
        query = select(*columns).where(dropped_file.c.folder == folder)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(dropped_file.c.key))
            return tuple(TriedFile(*row) for row in found)

    async def note_files(self, folder: str, files: Sequence[TriedFile], *, now: datetime) -> None:
        """Keep each file, in place of an earlier one of its key; forget what is 90 days old."""
        if not files:
            return
        new = [{"folder": folder, **vars(f), "noted_at": rows.to_text(now)} for f in files]
        kept = insert(dropped_file)
        changed = {name: kept.excluded[name] for name in ("stamp", "name", "reason", "noted_at")}
        kept = kept.on_conflict_do_update(index_elements=["folder", "key"], set_=changed)
        old = delete(dropped_file).where(dropped_file.c.noted_at < rows.to_text(now - KEPT))
        async with self._database.writing() as connection:
            await connection.execute(old)
            await connection.execute(kept, new)
