"""Writes the brief of a story again from what its articles say now, for a next version."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news import Article, Brief, HowWritten, Origin, Story
from bot.story_writing import story_to_write
from bot.tools import Tools

ANEW: Final = "put together anew after a correction"


@dataclass(frozen=True)
class ToldAnew:
    """The new brief, and the articles that it cites, by id."""

    brief: Brief
    articles: Mapping[str, Article]


async def tell_anew(before: Brief, story: Story, tools: Tools, *, now: datetime) -> ToldAnew | None:
    """Return the story in the sources' own sentences as they are now; `None` if it cannot be told.

    When it was told before and why it was chosen stays as it was. A story of which an article may
    not be printed any more is not told.
    """
    await tools.learn()
    found = [await tools.archive.find_article(article_id) for article_id in story.article_ids]
    articles = {a.id: a for a in found if a and not a.is_held(now)}
    if len(articles) < len(found):
        return None
    try:
        material = await asyncio.to_thread(story_to_write, story, articles, tools)
    except VerificationError:
        return None
    told = replace(
        material.base,
        chosen_for=before.chosen_for,
        how=HowWritten(note=ANEW) if before.how else None,
    )
    return ToldAnew(told, articles)


def without_articles(story: Story, article_ids: Sequence[str]) -> Story | None:
    """Return the story without these articles; `None` if nothing is left of it."""
    left = []
    for origin in story.origins:
        kept = tuple(i for i in origin.article_ids if i not in article_ids)
        if kept:
            left.append(Origin(kept, tuple(i for i in origin.own if i in kept[1:])))
    return replace(story, origins=tuple(left)) if left else None


def joined(one: Story, other: Story) -> Story:
    """Return the story of both; an article that stands in both is told once."""
    own = set(one.article_ids)
    rest = without_articles(other, [i for i in other.article_ids if i in own])
    return replace(one, origins=(*one.origins, *(rest.origins if rest else ())))
