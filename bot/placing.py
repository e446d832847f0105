"""Places articles in stories as they arrive, and stores where they stand."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ArchiveError
from bot.news import Article
from bot.ports import Stops, Stories
from bot.stories import Arrivals, TraitsReader, place_arrivals
from bot.stories.group import WINDOW_DAYS

log = logging.getLogger(__name__)

LEAST_WINDOW: Final = timedelta(days=WINDOW_DAYS)
FORGET_EVERY: Final = timedelta(hours=1)


class Placer:
    """The stories of a newsroom, kept in memory for the window and in the store for good.

    What its outlet holds stands nowhere: it is placed when it may be printed, and taken away when
    it no longer may be. What the newsroom itself stops keeps its place, so that what is told of it
    later is known for the same story and stopped with it. Another process may place on the same
    store: what it did is read again before the next article is placed here, and while nobody else
    places, nothing is read.

    Args:
        stories: where placements are kept.
        reader: reads what articles are compared by.
        window: how far back editions look; at least the days in which likeness halves are kept.
        stops: what editors stop; what arrives in a stopped story is kept back at once.
    """

    def __init__(
        self,
        stories: Stories,
        reader: TraitsReader,
        *,
        window: timedelta,
        stops: Stops | None = None,
    ) -> None:
        self._stories = stories
        self._stops = stops
        self._reader = reader
        self._window = max(window, LEAST_WINDOW)
        self._arrivals: Arrivals | None = None
        self._version = 0  # of the store, as we read or left it
        self._forgotten_at: datetime | None = None
        self._turn = asyncio.Lock()

    async def arrive(self, articles: Sequence[Article], *, now: datetime) -> None:
        """Place what came in. What fails is logged, and placed by the next edition.

        The articles are stored by then, so that nothing that fails here is their source's fault.
        """
        await self._try("articles not placed", articles, now=now)

    async def stand(self, articles: Sequence[Article], *, now: datetime) -> Mapping[str, str]:
        """Return what `catch_up` does, and nothing where it fails, which is logged.

        An edition then groups the articles by itself: it is never missing for want of places.
        """
        arrivals = await self._try("stories not caught up", articles, now=now)
        return arrivals.standing() if arrivals else {}

    async def catch_up(self, articles: Iterable[Article], *, now: datetime) -> Mapping[str, str]:
        """Place those that are new or changed, and return where those of the window stand.

        From the ids of articles to those of their stories. Held articles are not among them, and of
        those dated before the window only what stood there already.

        Raises:
            ArchiveError: the store cannot be read or written.
        """
        return (await self._placed(articles, now=now)).standing()

    async def _try(
        self, event: str, articles: Sequence[Article], *, now: datetime
    ) -> Arrivals | None:
        """Place the articles; log what fails, with its trace if nobody expected it."""
        facts = {"articles": len(articles)}
        try:
            return await self._placed(articles, now=now)
        except ArchiveError as error:
            log.warning(event, extra=facts | {"reason": str(error)})
        except Exception:  # whatever it was, an edition or a poll must not be lost by it
            log.exception(event, extra=facts)
        return None

    async def _placed(self, articles: Iterable[Article], *, now: datetime) -> Arrivals:
        since = now - self._window
        async with self._turn:
            try:
                return await self._place(tuple(articles), since, now)
            except BaseException:
                self._arrivals = None  # it may be ahead of the store
                raise

    async def _place(self, articles: Sequence[Article], since: datetime, now: datetime) -> Arrivals:
        arrivals = await self._current(since)
        held = [a.id for a in articles if _stands_nowhere(a, now) and arrivals.stands(a.id)]
        if held:
            arrivals.withdraw(held)
            await self._stories.displace(held)
            self._version += 1
        recent = [a for a in articles if a.dated() >= since and not _stands_nowhere(a, now)]
        new = [article for article in recent if not arrivals.is_current(article)]
        if new:
            new.sort(key=lambda article: (article.dated(), article.id))
            await place_arrivals(new, arrivals, self._stories, now=now)
            self._version += 1
            if self._stops:
                await self._stops.join(arrivals.standing())
        await self._forget(arrivals, since, now)
        return arrivals

    async def _current(self, since: datetime) -> Arrivals:
        """Return what stands in the store, read anew if somebody else has placed since."""
        version = await self._stories.version()
        if self._arrivals is None or version != self._version:
            arrivals = Arrivals(self._reader, window_days=WINDOW_DAYS)
            await asyncio.to_thread(arrivals.restore, await self._stories.window(since))
            # what was written since the version was read makes it differ the next time
            self._arrivals, self._version = arrivals, version
        return self._arrivals

    async def _forget(self, arrivals: Arrivals, since: datetime, now: datetime) -> None:
        if self._forgotten_at is None or now - self._forgotten_at >= FORGET_EVERY:
            arrivals.forget(since)
            await self._stories.forget_evidence(since)
            self._forgotten_at = now


def _stands_nowhere(article: Article, now: datetime) -> bool:
    return article.stopped == "purged" or article.is_held_by_outlet(now)
