"""Which briefings that stand in a channel cite an article."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive.tables import briefing_source, post


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
