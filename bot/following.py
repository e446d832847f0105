"""Puts the stories that somebody follows first in an edition, while they have something new."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec.structs import replace as struct_replace

from bot.errors import ArchiveError
from bot.news import Briefing, Story
from bot.pipeline import Newsday
from bot.ports import Stories
from bot.stories.timeline import new_since, tell_timeline
from bot.tools import Tools

log = logging.getLogger(__name__)

Followed = Mapping[str, Mapping[str, datetime]]
"""By the ids of stories as they stand: the ids that are followed, each with an instant."""


async def followed_first(day: Newsday, tools: Tools, *, since: datetime, now: datetime) -> Newsday:
    """Return the day with the stories first that are followed and have something new.

    New is what was first seen after an edition last told of the story, or else after it was
    followed. A followed story without news stays where its worth puts it. `since` is when the day's
    window begins.
    """
    if tools.stories is None:
        return day
    followed = await tools.stories.followed_by_any()
    found = await find_followed(tools.stories, day.stories, followed, since=since)
    if not found:
        return day
    news = await asyncio.to_thread(_count_news, day, found, tools, now)
    values = {
        story_id: struct_replace(value, followed=news.get(story_id))
        for story_id, value in day.values.items()
    }
    ordered = sorted(day.stories, key=lambda story: not news.get(story.id))
    return replace(day, stories=tuple(ordered), values=values)


async def note_told(briefing: Briefing, tools: Tools) -> None:
    """Remember which of the followed stories an edition told, so that they are not told as new.

    The edition is stored by now: if this cannot be, it is logged, and they come first once more.
    """
    if tools.stories is None:
        return
    try:
        await _note_told(briefing, tools.stories)
    except ArchiveError as error:
        log.warning("followed stories not noted", extra={"reason": str(error)})


async def _note_told(briefing: Briefing, store: Stories) -> None:
    stories = [brief.story for brief in briefing.briefs]
    since = briefing.coverage.since or briefing.made_at
    followed = await store.followed_by_any()
    found = await find_followed(store, stories, followed, since=since)
    ids = [story_id for sinces in found.values() for story_id in sinces]
    await store.note_told(ids, now=briefing.made_at)


async def find_followed(
    store: Stories,
    stories: Sequence[Story],
    followed: Mapping[str, datetime],
    *,
    since: datetime,
) -> Followed:
    """Return which of the stories are followed, under whatever ids they were when that was said.

    A story that has become part of another is followed as that one. What was placed before `since`
    is not looked at.
    """
    standing = await store.standing(since) if followed else {}
    found: dict[str, dict[str, datetime]] = {}
    for story_id, at in followed.items():
        story = _standing_as(await store.current_id(story_id), stories, standing)
        if story is not None:
            found.setdefault(story.id, {})[story_id] = at
    return found


def _standing_as(
    story_id: str, stories: Sequence[Story], standing: Mapping[str, str]
) -> Story | None:
    """Return the story of that id, or, after an editor's correction, the one its reports are in."""
    of_id = {article_id for article_id, story in standing.items() if story == story_id}
    holding = (story for story in stories if of_id.intersection(story.article_ids))
    return next((s for s in stories if s.id == story_id), next(holding, None))


def _count_news(day: Newsday, followed: Followed, tools: Tools, now: datetime) -> dict[str, int]:
    """Return how many sentences of each story are new to those who follow it."""
    by_id = {story.id: story for story in day.stories}
    counts = {}
    for story_id, sinces in followed.items():
        articles = [day.articles[i] for i in by_id[story_id].article_ids]
        told = tell_timeline(articles, tools.weights, now=now)
        counts[story_id] = len(new_since(told, min(sinces.values())))
    return counts
