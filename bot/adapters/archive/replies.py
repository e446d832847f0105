"""Keeps what models replied, as long as every text that a reply rests on may be read."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.model_tables import model_reply, model_reply_source
from bot.adapters.archive.stopped import is_held
from bot.adapters.archive.tables import article
from bot.ports import ModelReply

KEPT: Final = timedelta(days=30)

RESTS_ON: Final = select(model_reply_source.c.key).where(
    model_reply_source.c.article_id == bindparam("article_id")
)
FORGET: Final = delete(model_reply).where(model_reply.c.key.in_(RESTS_ON))


async def forget(connection: AsyncConnection, article_ids: Collection[str]) -> None:
    """Delete the replies that rest on one of the articles, inside the caller's transaction."""
    if article_ids:
        await connection.execute(FORGET, [{"article_id": id_} for id_ in article_ids])


class SqliteReplies:
    """The port `Replies` on SQLite; the archive forgets by itself what rests on a held article."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, key: str, *, now: datetime) -> ModelReply | None:
        """Return the reply, unless it is 30 days old or rests on what is held."""
        held = exists().where(
            model_reply_source.c.key == key,
            model_reply_source.c.article_id == article.c.id,
            is_held(now),
        )
        columns = (model_reply.c[name] for name in ("content", "model", "rung"))
        query = select(*columns).where(
            model_reply.c.key == key, model_reply.c.kept_at > rows.to_text(now - KEPT), ~held
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).first()
        return None if found is None else ModelReply(*found)

    async def keep(
        self, key: str, reply: ModelReply, rests_on: Collection[str], *, now: datetime
    ) -> None:
        """Keep the reply, unless it rests on what is held by now; forget those of 30 days ago."""
        if not rests_on:
            raise ValueError("A reply that rests on no article could never be taken back.")
        row = {
            "key": key,
            "content": reply.content,
            "model": reply.model,
            "rung": reply.rung,
            "kept_at": rows.to_text(now),
        }
        old = delete(model_reply).where(model_reply.c.kept_at <= rows.to_text(now - KEPT))
        held = select(article.c.id).where(article.c.id.in_(rests_on), is_held(now)).limit(1)
        async with self._database.writing() as connection:
            await connection.execute(old)
            await connection.execute(delete(model_reply).where(model_reply.c.key == key))
            if await connection.scalar(held) is None:
                await connection.execute(insert(model_reply), [row])
                await connection.execute(
                    insert(model_reply_source),
                    [{"key": key, "article_id": id_} for id_ in sorted(set(rests_on))],
                )

    async def forget(self, article_ids: Collection[str]) -> None:
        """Forget all replies that rest on one of the articles."""
        async with self._database.writing() as connection:
            await forget(connection, article_ids)
