"""Removes texts for good, inside a transaction that the caller has begun; their hashes stay."""

from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from sqlalchemy import RowMapping, bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.story_tables import placement
from bot.adapters.archive.tables import article, briefing, briefing_source, revision, worded_text
from bot.briefing.changing import wordless
from bot.news import REDACTED, Briefing, to_json

UNINDEX: Final = text(
    "INSERT INTO wording (wording, rowid, words) "
    "SELECT 'delete', t.id, r.title || char(10) || r.body FROM worded_text t "
    "JOIN revision r ON r.article_id = t.article_id AND r.number = t.revision "
    "WHERE t.article_id = :article_id"
)
"""The index holds no text, and wants to be told what to forget. Source: SQLite, "FTS5", 6.6."""


async def purge(connection: AsyncConnection, article_id: str, at: datetime) -> int:
    """Remove the texts of an article; return how many there were."""
    mine = (revision.c.article_id == article_id, revision.c.purged_at.is_(None))
    texts = (await connection.execute(select(revision).where(*mine))).mappings().all()
    if not texts:
        return 0
    await connection.execute(UNINDEX, {"article_id": article_id})
    await connection.execute(delete(worded_text).where(worded_text.c.article_id == article_id))
    await connection.execute(delete(placement).where(placement.c.article_id == article_id))
    blanked = update(revision).where(
        revision.c.article_id == article_id, revision.c.number == bindparam("this")
    )
    await connection.execute(
        blanked,
        [
            {
                "this": row["number"],
                "title": REDACTED * len(row["title"]),
                "body": REDACTED * len(row["body"]),
                "purged_at": rows.to_text(at),
            }
            for row in texts
        ],
    )
    gone = update(article).where(article.c.id == article_id)
    await connection.execute(gone.values(stopped="purged", byline=""))
    await _untell(connection, article_id)
    return len(texts)


async def uncited_before(
    connection: AsyncConnection, before: datetime, limit: int
) -> tuple[str, ...]:
    """Return articles dated before that no briefing cites and whose texts are still there."""
    cited = select(briefing_source.c.article_id)
    old = (
        select(article.c.id)
        .where(
            article.c.dated_at < rows.to_text(before),
            article.c.id.not_in(cited),
            article.c.stopped.is_distinct_from("purged"),
        )
        .order_by(article.c.dated_at, article.c.id)
        .limit(limit)
    )
    return tuple(await connection.scalars(old))


async def leave_no_trace(database: Database) -> None:
    """Write the log of changes back into the file, and empty it: it holds what was removed."""
    async with database.writer.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # not inside a transaction


async def _untell(connection: AsyncConnection, article_id: str) -> None:
    """Take the stories that rest on the article out of every version of every briefing."""
    own = (
        briefing_source.c.article_id == article_id,
        briefing_source.c.briefing_id == briefing.c.id,
        briefing_source.c.version == briefing.c.version,
    )
    found = await connection.execute(select(briefing).where(*own))
    for row in found.mappings().all():
        await connection.execute(
            update(briefing)
            .where(briefing.c.id == row["id"], briefing.c.version == row["version"])
            .values(content=to_json(_without(row, article_id)))
        )


def _without(row: RowMapping, article_id: str) -> Briefing:
    with rows.damage_named(f"briefing {row['id']}, version {row['version']},"):
        told = msgspec.json.decode(row["content"], type=Briefing)
    kept = tuple(b for b in told.briefs if article_id not in {r.article_id for r in b.references})
    held = told.coverage.held + len(told.briefs) - len(kept)
    corrections = tuple(
        wordless(c) if article_id in {p.span.article_id for p in c.passages()} else c
        for c in told.corrections
    )
    coverage = replace(told.coverage, held=held)
    return replace(told, briefs=kept, coverage=coverage, corrections=corrections)
