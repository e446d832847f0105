"""Reads and writes articles, inside a transaction that the caller has begun."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import replies, rows, stopped
from bot.adapters.archive.tables import article, revision
from bot.news import Article

CHUNK: Final = 500
"""Ids in one query; SQLite takes 32,766 parameters (SQLITE_MAX_VARIABLE_NUMBER)."""


async def read(connection: AsyncConnection, ids: list[str]) -> dict[str, Article]:
    """Return by id those of the articles that are stored, with all their revisions.

    As they are stored, for whoever writes them again; what is given out is
    `stopped.as_given_out`.
    """
    found: dict[str, Article] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        some = await _select(connection, article.c.id.in_(chunk), revision.c.article_id.in_(chunk))
        found |= {one.id: one for one in some}
    return found


async def read_since(connection: AsyncConnection, since: datetime) -> tuple[Article, ...]:
    """Return the articles dated at or after `since`, as given out, oldest first, then by id."""
    recent = article.c.dated_at >= rows.to_text(since)
    texts = revision.c.article_id.in_(select(article.c.id).where(recent))
    return await stopped.as_given_out(connection, await _select(connection, recent, texts))


def require_kept(key: str, before: Article | None, after: Article) -> None:
    """Raise `ValueError` unless the changed article has its id and all its stored revisions."""
    if after.id != key:
        raise ValueError(f"Article {after.id} was given as a change of article {key}.")
    if before and not set(before.revisions) <= set(after.revisions):
        raise ValueError(f"A stored revision of article {key} was dropped or altered.")


async def write(
    connection: AsyncConnection, stored: Mapping[str, Article], revised: Iterable[Article]
) -> None:
    """Write what of the revised articles differs from what is stored.

    What models wrote from those that are held now, or were until a time, is forgotten with it.
    """
    changed = [after for after in revised if after != stored.get(after.id)]
    old = {kept for before in stored.values() for kept in before.revisions}
    new = [text for after in changed for text in after.revisions if text not in old]
    made = [rows.to_article_row(after) for after in changed if after.id not in stored]
    mended = [
        rows.to_article_row(after) | {"key": after.id} for after in changed if after.id in stored
    ]
    for statement, values in (
        (insert(article), made),
        (update(article).where(article.c.id == bindparam("key")), mended),
        (insert(revision), [rows.to_revision_row(text) for text in new]),
    ):
        if values:
            await connection.execute(statement, values)
    stopped_now = await stopped.mark(connection, new, {one.id: one.language for one in changed})
    held = {one.id for one in changed if one.withdrawn or one.embargoed_until}
    await replies.forget(connection, sorted(held | stopped_now))


async def _select(
    connection: AsyncConnection, which: ColumnElement[bool], texts: ColumnElement[bool]
) -> tuple[Article, ...]:
    """Return the articles that the first clause selects; the second selects their revisions."""
    found = await connection.execute(
        select(article).where(which).order_by(article.c.dated_at, article.c.id)
    )
    revisions = await connection.execute(
        select(revision).where(texts).order_by(revision.c.article_id, revision.c.number)
    )
    return rows.to_articles(found.mappings(), revisions.mappings())
