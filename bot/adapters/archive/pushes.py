"""Keeps the signatures of messages that were pushed, for as long as these could be sent again."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.subscription_tables import push


class SqlitePushes:
    """The port `Pushes` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def admit(self, signature: str, *, now: datetime, until: datetime) -> bool:
        """Remember the signature up to `until`; false if it is remembered already."""
        new = insert(push).values(signature=signature, until=rows.to_text(until))
        async with self._database.writing() as connection:
            await connection.execute(delete(push).where(push.c.until < rows.to_text(now)))
            added = await connection.execute(new.on_conflict_do_nothing())
            return added.rowcount == 1

    async def forget(self, signature: str) -> None:
        """Let a message that could not be stored come again."""
        async with self._database.writing() as connection:
            await connection.execute(delete(push).where(push.c.signature == signature))
