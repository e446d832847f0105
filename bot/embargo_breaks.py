"""Tells operations when an outlet publishes what another has under embargo, and no word of it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.delivery.phrases import short_hour
from bot.desk import Desk
from bot.news import Article, Notice
from bot.notices import notice_jobs
from bot.ports import Operations
from bot.stories import group_articles

LOOK_SECONDS: Final = 20.0
"""How often is looked while something is under embargo: the articles are grouped anew for it."""


@dataclass
class BreakWatch:
    """Compares what is under embargo with what others published.

    Args:
        desk: whose articles, and whose clock a notice shows.
        operations: who is told, once for each article under embargo and outlet.
    """

    desk: Desk
    operations: Operations
    _seen_until: datetime | None = None

    async def step(self, *, now: datetime) -> float:
        """Tell of what was broken, and return in how many seconds to look again.

        Nothing is compared while nothing is under embargo, or nothing has come since.

        Raises:
            ArchiveError: the store cannot be read or written.
        """
        stops = self.desk.tools.stops
        if stops is None or await stops.next_embargo_end(now) is None:
            return LOOK_SECONDS
        recent = await self.desk.tools.archive.articles_since(now - self.desk.window)
        newest = max((article.latest.seen_at for article in recent), default=None)
        if newest is not None and newest != self._seen_until:
            for held, other in await asyncio.to_thread(self._breaks, recent, now):
                await self._tell(held, other, now)
            self._seen_until = newest
        return LOOK_SECONDS

    def _breaks(self, recent: Sequence[Article], now: datetime) -> list[tuple[Article, Article]]:
        tools = self.desk.tools
        held = {a.id: a for a in recent if _is_embargoed(a, now)}
        others = {a.id: a for a in recent if not a.is_held(now)}
        if not held or not others:
            return []
        both = [*held.values(), *others.values()]
        stories = group_articles(both, tools.weights, tools.story_words, tools.publishers)

        def found() -> Iterator[tuple[Article, Article]]:
            for story in stories:
                for one in (held[i] for i in story.article_ids if i in held):
                    for other in (others[i] for i in story.article_ids if i in others):
                        if other.outlet != one.outlet:
                            yield one, other

        return list(found())

    async def _tell(self, held: Article, other: Article, now: datetime) -> None:
        until = short_hour(held.embargoed_until or now, self.desk.zone)
        where = f": {other.address}" if other.address else ""
        text = (
            f"{other.outlet} published what seems to be under embargo at {held.outlet} until "
            f"{until}{where}. It stays held here until then."
        )
        for newsroom_id in await self.operations.newsrooms():
            key = f"broken/{held.id}/{other.outlet}/{newsroom_id}"
            notice = Notice(key, newsroom_id, text, now, 0)
            await self.operations.note(notice, then=notice_jobs(notice))


def _is_embargoed(article: Article, now: datetime) -> bool:
    ours = article.withdrawn is None and article.stopped is None
    return ours and article.embargoed_until is not None and now < article.embargoed_until
