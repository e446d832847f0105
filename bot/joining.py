"""Keeps back with a story that editors stopped what is told of it later, before it is printed."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.news import Article
from bot.stories import group_articles
from bot.tools import Tools


async def without_joining(
    articles: Sequence[Article], tools: Tools, standing: Mapping[str, str], *, now: datetime
) -> tuple[Article, ...]:
    """Return the articles, those stopped that tell a stopped story, in the store as well.

    `standing` says in which stories articles stand; what it does not name is grouped for this.
    Without a stopped article among them nothing is looked for.

    Raises:
        ArchiveError: the store cannot be read or written. Nothing may be printed then.
    """
    if tools.stops is None or not any(a.stopped in {"held", "killed"} for a in articles):
        return tuple(articles)
    open_ones = [a for a in articles if not a.is_held_by_outlet(now) and a.stopped != "purged"]
    stories = await asyncio.to_thread(
        group_articles,
        open_ones,
        tools.weights,
        tools.story_words,
        tools.publishers,
        standing=standing,
    )
    joined = await tools.stops.join({i: story.id for story in stories for i in story.article_ids})
    if not joined:
        return tuple(articles)
    return tuple([await _again(a, tools) if a.id in joined else a for a in articles])


async def _again(article: Article, tools: Tools) -> Article:
    """Return the article as the archive gives it out by now."""
    return await tools.archive.find_article(article.id) or replace(article, stopped="held")
