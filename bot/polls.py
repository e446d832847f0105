"""Polls the sources that are due, many at the same time, and keeps how it went.

A slow source holds one of the places at once and nobody else up. How polls went is saved together,
again and again: a crash loses the states of the last moment, and no article.
"""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ExtractError, SourceError
from bot.news import PollState, Subscription
from bot.pipeline import Listed, Tools, parse, take_in
from bot.ports import Document, NotModified, Subscriptions
from bot.sources import (
    after_failure,
    after_no_change,
    after_reading,
    body_digest,
    validators,
)

log = logging.getLogger(__name__)

SAVE_SECONDS: Final = 0.2
"""How often what is done is saved while somebody waits for the rest."""

Task = asyncio.Task[tuple[str, ...]]


class Polls:
    """The polls of one newsroom: each source is asked by one at a time, whoever wants it read.

    Args:
        tools: what the flow works with; `fetches_at_once` polls are under way at most.
        subscriptions: what is read, and how it went.
    """

    def __init__(self, tools: Tools, subscriptions: Subscriptions) -> None:
        self._tools = tools
        self._subscriptions = subscriptions
        self._pages = asyncio.Semaphore(tools.fetches_at_once)
        self._starting = asyncio.Lock()
        self._under_way: dict[str, Task] = {}
        self._done: dict[str, PollState] = {}

    async def start_due(self, *, now: datetime) -> tuple[Task, ...]:
        """Save what is done and start what is due, as far as there is room; wait for none of it.

        Returns the polls under way of sources that are due, or whoever takes their room; empty if
        nothing is due.

        Raises:
            ArchiveError: the store cannot be read or written; what is done is saved the next time.
        """
        async with self._starting:
            found = await self._due(now)
            for source in found:
                if len(self._under_way) < self._tools.fetches_at_once:
                    self._start(source, now)
            ours = [self._under_way[s.address] for s in found if s.address in self._under_way]
            return tuple(ours or (self._under_way.values() if found else ()))

    async def read_due(
        self, *, now: datetime, besides: Iterable[Subscription] = ()
    ) -> tuple[str, ...]:
        """Poll what is due now, and what is given besides, and return when all of it is saved.

        Returns the ids of the articles that stand in what was read; of a source that answered that
        nothing has changed, none.

        Raises:
            ArchiveError: the store cannot be read or written.
        """
        ours = dict.fromkeys(self._start(source, now) for source in besides)
        while waited_for := await self.start_due(now=now) or [t for t in ours if not t.done()]:
            ours |= dict.fromkeys(waited_for)
            self._tools.progress("reading sources", sum(t.done() for t in ours), len(ours))
            await asyncio.wait(waited_for, timeout=SAVE_SECONDS)
        await self.save()
        self._tools.progress("reading sources", len(ours), len(ours))
        return tuple(dict.fromkeys(id_ for task in ours for id_ in task.result()))

    async def save(self) -> None:
        """Keep what is done.

        Raises:
            ArchiveError: the store cannot be written.
        """
        async with self._starting:
            await self._save()

    async def stop(self) -> None:
        """End what is under way, and keep what is done."""
        under_way = tuple(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.save()

    async def _due(self, now: datetime) -> list[Subscription]:
        """Return what is due; not what was read while we looked, and is not saved yet."""
        while True:
            await self._save()
            limit = len(self._under_way) + self._tools.fetches_at_once
            found = await self._subscriptions.due(now, limit)
            left = [source for source in found if source.address not in self._done]
            if left or not found:
                return left

    def _start(self, source: Subscription, now: datetime) -> Task:
        """Return the poll of the source, which may be under way already."""
        task = self._under_way.get(source.address)
        if task is None:
            task = asyncio.create_task(self._poll(source, now))
            self._under_way[source.address] = task
            task.add_done_callback(lambda _: self._under_way.pop(source.address))
        return task

    async def _save(self) -> None:
        states, self._done = self._done, {}
        try:
            if states:
                await self._subscriptions.save_polls(states)
        except BaseException:
            self._done = states | self._done
            raise

    async def _poll(self, source: Subscription, now: datetime) -> tuple[str, ...]:
        loop = asyncio.get_running_loop()
        began = loop.time()

        def answered() -> datetime:
            return now + timedelta(seconds=loop.time() - began)

        ids: tuple[str, ...] = ()
        try:
            answer = await self._tools.documents.fetch_if_changed(
                source.read_from, validators(source)
            )
            at = answered()
            if isinstance(answer, NotModified) or _is_same(source, answer):
                state = after_no_change(source, answer, now=at)
            else:
                ids, state = await self._take_in(source, answer, now=now, answered_at=at)
        except SourceError as error:
            state = after_failure(source, error, now=answered())
        except Exception:  # whatever it was, it must not come again at once
            log.exception("poll failed", extra={"address": source.address})
            ours = ExtractError(source.address, "could not be read for a reason of our own")
            state = after_failure(source, ours, now=answered())
        _tell(source, state)
        self._done[source.address] = state
        return ids

    async def _take_in(
        self, source: Subscription, document: Document, *, now: datetime, answered_at: datetime
    ) -> tuple[tuple[str, ...], PollState]:
        reading = await parse(document, now=now)
        entry = Listed(source.address, source.outlet, source.publisher)
        ids, read = await take_in(
            entry, reading, self._tools, self._pages, known=source.poll.read_items, now=now
        )
        return ids, after_reading(source, document, read, now=answered_at)


def _is_same(source: Subscription, document: Document) -> bool:
    return body_digest(document) == source.poll.body_sha256


def _tell(source: Subscription, state: PollState) -> None:
    """Log what changes for a source: that it fails, is gone, has moved, or is back."""
    facts = {"address": source.address}
    before = source.poll
    if state.gone:
        log.warning("source gone", extra=facts | {"reason": state.reason})
    elif state.failures == 1:
        log.warning("source fails", extra=facts | {"reason": state.reason})
    elif before.failures and not state.failures:
        log.info("source back", extra=facts)
    if state.moved_to and state.moved_to != before.moved_to:
        log.warning("source moved", extra=facts | {"to": state.moved_to})
