"""Places articles in stories as they arrive, and stores where they stand."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ArchiveError
from bot.news import Article
from bot.ports import Stories
from bot.stories import Arrivals, TraitsReader, place_arrivals
from bot.stories.group import WINDOW_DAYS

log = logging.getLogger(__name__)

LEAST_WINDOW: Final = timedelta(days=WINDOW_DAYS)
FORGET_EVERY: Final = timedelta(hours=1)


class Placer:
    """The stories of a newsroom, kept in memory for the window and in the store for good.

    Held articles stand nowhere: they are placed when they may be printed, and taken away when they
    no longer may be. Another process may place on the same store: what it did is read again before
    the next article is placed here.

    Args:
        stories: where placements are kept.
        reader: reads what articles are compared by.
        window: how far back editions look; at least the days in which likeness halves are kept.
    """

    def __init__(self, stories: Stories, reader: TraitsReader, *, window: timedelta) -> None:
        self._stories = stories
        self._reader = reader
        self._window = max(window, LEAST_WINDOW)
        self._arrivals: Arrivals | None = None
        self._forgotten_at: datetime | None = None
        self._turn = asyncio.Lock()

    async def arrive(self, articles: Sequence[Article], *, now: datetime) -> None:
        """Place what came in. If the store cannot be written, the next edition places it."""
        try:
            await self.catch_up(articles, now=now)
        except ArchiveError as error:
            facts = {"articles": len(articles), "reason": str(error)}
            log.warning("articles not placed", extra=facts)

    async def catch_up(self, articles: Iterable[Article], *, now: datetime) -> Mapping[str, str]:
        """Place those that are new or changed, and return where those of the window stand.

        From the ids of articles to those of their stories. Held articles are not among them, and of
        those dated before the window only what stood there already.

        Raises:
            ArchiveError: the store cannot be read or written.
        """
        since = now - self._window
        async with self._turn:
            try:
                return await self._catch_up(tuple(articles), since, now)
            except BaseException:
                self._arrivals = None  # it may be ahead of the store
                raise

    async def _catch_up(
        self, articles: Sequence[Article], since: datetime, now: datetime
    ) -> Mapping[str, str]:
        arrivals = await self._current(since)
        held = [a.id for a in articles if a.is_held(now) and arrivals.stands(a.id)]
        if held:
            arrivals.withdraw(held)
            await self._stories.displace(held)
        recent = [a for a in articles if a.dated() >= since and not a.is_held(now)]
        new = [article for article in recent if not arrivals.is_current(article)]
        if new:
            new.sort(key=lambda article: (article.dated(), article.id))
            await place_arrivals(new, arrivals, self._stories, now=now)
        await self._forget(arrivals, since, now)
        return arrivals.standing()

    async def _current(self, since: datetime) -> Arrivals:
        """Return what stands in the store, read anew if that is not what we know."""
        arrivals = self._arrivals
        if arrivals is None or not arrivals.agrees(await self._stories.standing(since)):
            arrivals = Arrivals(self._reader, window_days=WINDOW_DAYS)
            await asyncio.to_thread(arrivals.restore, await self._stories.window(since))
            self._arrivals = arrivals
        return arrivals

    async def _forget(self, arrivals: Arrivals, since: datetime, now: datetime) -> None:
        if self._forgotten_at is None or now - self._forgotten_at >= FORGET_EVERY:
            arrivals.forget(since)
            await self._stories.forget_evidence(since)
            self._forgotten_at = now
