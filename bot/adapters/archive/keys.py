"""Reads and writes what articles are known by, inside a transaction that the caller has begun."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive.articles import CHUNK
from bot.adapters.archive.tables import article_key
from bot.ports import Sighting


async def read(connection: AsyncConnection, sightings: Sequence[Sighting]) -> dict[str, str]:
    """Return the ids of the articles that are known by a key of the sightings, by key."""
    keys = list(dict.fromkeys(key for sighting in sightings for key in sighting.keys))
    known: dict[str, str] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = article_key.c.key.in_(keys[start : start + CHUNK])
        found = await connection.execute(
            select(article_key.c.key, article_key.c.article_id).where(chunk)
        )
        known |= {row.key: row.article_id for row in found}
    return known


async def write(connection: AsyncConnection, new: Mapping[str, str]) -> None:
    """Note under which keys articles were seen for the first time."""
    if new:
        rows = [{"key": key, "article_id": article_id} for key, article_id in new.items()]
        await connection.execute(insert(article_key), rows)
