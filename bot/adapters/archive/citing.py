"""Which briefings that stand in a channel cite an article, and the jobs when it changes."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive.jobs import enqueue_missing
from bot.adapters.archive.post_tables import post
from bot.adapters.archive.tables import briefing_source
from bot.news import Article
from bot.news.rechecks import recheck_job


async def read(connection: AsyncConnection, article_id: str) -> tuple[str, ...]:
    """Return the ids of briefings with posts of which some version rests on the article."""
    posted = select(post.c.briefing_id)
    query = (
        select(briefing_source.c.briefing_id)
        .where(
            briefing_source.c.article_id == article_id, briefing_source.c.briefing_id.in_(posted)
        )
        .distinct()
        .order_by(briefing_source.c.briefing_id)
    )
    return tuple(await connection.scalars(query))


async def enqueue(
    connection: AsyncConnection, stored: Mapping[str, Article], revised: Iterable[Article]
) -> None:
    """Enqueue a job for each article that changed and that a posted briefing cites."""
    for after in revised:
        job = recheck_job(stored.get(after.id), after)
        if job and await read(connection, after.id):
            await enqueue_missing(connection, [job])
