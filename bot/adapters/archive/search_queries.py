"""Asks SQLite's full-text index, with what is held left out and all that narrows a search."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, RowMapping, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.search_plans import Asked
from bot.ports.searching import Limits

ENOUGH: Final = 40
"""Matches from which no wider window is asked."""
POOL: Final = 3
"""How many times as many texts are ranked as wanted: held texts and older revisions fall out."""
ABOVE: Final = 20.0
"""What it is worth to answer an earlier question, beside ranks of BM25, which seldom reach it."""
UNLIMITED: Final = Limits()

RANKED: Final = """
SELECT t.article_id AS id, -w.rank AS rank FROM (
    SELECT rowid, rank FROM wording WHERE wording MATCH :question AND rowid > :after
    ORDER BY rank LIMIT :pool
) AS w"""
NEWEST: Final = """
SELECT t.article_id AS id, 0.0 AS rank FROM (
    SELECT rowid FROM wording WHERE wording MATCH :question AND rowid > :after
    ORDER BY rowid DESC LIMIT :pool
) AS w"""
SHOWN: Final = """
JOIN worded_text t ON t.id = w.rowid
JOIN article a ON a.id = t.article_id
WHERE a.withdrawn IS NULL AND a.stopped IS NULL
AND (a.embargoed_until IS NULL OR a.embargoed_until <= :now)
AND NOT EXISTS (SELECT 1 FROM revision r
                WHERE r.article_id = t.article_id AND r.number > t.revision)
"""
NARROWED: Final = {
    "since": "AND a.dated_at >= :since",
    "until": "AND a.dated_at < :until",
    "outlets": "AND json_extract(a.source, '$.outlet.name') COLLATE NOCASE IN :outlets",
    "sources": "AND json_extract(a.source, '$.address') IN :sources",
    "language": "AND (a.language = :language OR a.language LIKE :language || '-%')",
    "story_id": "AND a.id IN (SELECT article_id FROM placement WHERE story_id = :story_id)",
}
"""What each limit adds to the query."""


async def ask(
    connection: AsyncConnection,
    plan: Sequence[Asked],
    limits: Limits,
    *,
    now: datetime,
    total: int,
    limit: int,
) -> dict[str, float]:
    """Return ids with their ranks; questions asked first rank above those asked after them."""
    found: dict[str, float] = {}
    for turn, asked in enumerate(plan):
        above = (len(plan) - turn - 1) * ABOVE
        for window in asked.windows:
            query = {"question": asked.question, "now": rows.to_text(now), "limit": limit}
            query["after"] = max(0, total - window) if window else 0
            query["pool"] = limit * POOL if limits == UNLIMITED else -1
            for row in await _match(connection, query, limits, ranked=asked.ranked):
                found.setdefault(row["id"], row["rank"] + above)
            if len(found) >= ENOUGH or window >= total:
                break
        if len(found) >= limit:
            break
    return dict(sorted(found.items(), key=lambda item: -item[1])[:limit])


async def _match(
    connection: AsyncConnection, values: dict[str, Any], limits: Limits, *, ranked: bool
) -> Sequence[RowMapping]:
    query, narrowed = (RANKED if ranked else NEWEST) + SHOWN, dict(values)
    expanding: list[BindParameter[Any]] = []
    for name, clause in NARROWED.items():
        value = getattr(limits, name)
        if not value:
            continue
        query += clause + "\n"
        narrowed[name] = rows.to_text(value) if isinstance(value, datetime) else value
        if isinstance(value, tuple):
            expanding.append(bindparam(name, expanding=True))
    order = "w.rank" if ranked else "w.rowid DESC"
    statement = text(f"{query}ORDER BY {order} LIMIT :limit").bindparams(*expanding)
    return (await connection.execute(statement, narrowed)).mappings().all()
