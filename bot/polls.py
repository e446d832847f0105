"""Polls the sources that are due, many at the same time, and keeps how it went.

A slow source holds one of the places at once and nobody else up. How polls went is saved together,
again and again: a crash loses the states of the last moment, and no article.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from bot.errors import ExtractError, SourceError
from bot.intake import read_folder, receive
from bot.news import PollState, Subscription, Unread, is_folder, is_web
from bot.ports import Document, NotModified, Subscriptions
from bot.reading import take_in
from bot.sources import (
    Read,
    after_failure,
    after_look,
    after_no_change,
    after_push,
    after_reading,
    after_refusal,
    body_digest,
    validators,
)
from bot.tools import Listed, Tools

log = logging.getLogger(__name__)

SAVE_SECONDS: Final = 0.1
"""How often what is done is saved while somebody waits for the rest."""

SLOW_SECONDS: Final = 2.0
"""A poll that takes longer gives its place to another: servers that hang hold nobody up."""

MAX_SLOW: Final = 10
"""So many times the places there are may be under way with the slow ones."""

PATIENCE_SECONDS: Final = 60.0
"""How long a briefing waits for one source. Its poll goes on."""

NOT_READ: Final = "was not taken, its source is paused or was removed"

Task = asyncio.Task[tuple[str, ...]]
Clock = Callable[[], datetime]
Polled = tuple[tuple[str, ...], PollState]
"""The ids of the articles that were read, and how the source stands now."""


class Polls:
    """The polls of one newsroom: each source is asked by one at a time, whoever wants it read.

    Args:
        tools: what the flow works with; `fetches_at_once` polls are under way at most, and slow
            ones besides.
        subscriptions: what is read, and how it went.
        patience_seconds: how long `read_due` waits for one source.
    """

    def __init__(
        self,
        tools: Tools,
        subscriptions: Subscriptions,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._patience_seconds = patience_seconds
        self._tools = tools
        self._subscriptions = subscriptions
        self._pages = asyncio.Semaphore(tools.fetches_at_once)
        self._starting = asyncio.Lock()
        self._under_way: dict[str, Task] = {}
        self._begun: dict[str, float] = {}
        self._done: dict[str, PollState] = {}

    async def start_due(self, *, now: datetime) -> bool:
        """Save what is done and start what is due, as far as there is room; wait for none of it.

        Tells whether something was due.

        Raises:
            ArchiveError: the store cannot be read or written; what is done is saved the next time.
        """
        started, left = await self._start_due(now)
        return bool(started or left)

    async def read_due(
        self, *, now: datetime, besides: Iterable[Subscription] = ()
    ) -> tuple[str, ...]:
        """Poll what is due now, and what is given besides, and return when all of it is saved.

        Polls that are under way already are waited for, too; none of them longer than patience
        lasts, and if it is over by now, a tenth of that. `late` names them then.

        Returns the ids of the articles that stand in what was read; of a source that answered that
        nothing has changed, none.

        Raises:
            ArchiveError: the store cannot be read or written.
        """
        loop = asyncio.get_running_loop()
        grace_until = loop.time() + self._patience_seconds / 10
        begun = [task for task in self._under_way.values() if not task.done()]
        ours = dict.fromkeys([*begun, *(self._start(source, now) for source in besides)])
        while True:
            started, left = await self._start_due(now)
            ours |= dict.fromkeys(started)
            self._tools.progress("reading sources", sum(task.done() for task in ours), len(ours))
            late = (
                {self._under_way[a] for a in self.late()} if grace_until <= loop.time() else set()
            )
            waited_for = {task for task in ours if not task.done()} - late
            if not waited_for and not left:
                break
            # whoever else has them read may take all the room
            if waited_for := waited_for or set(self._under_way.values()):
                await asyncio.wait(waited_for, timeout=SAVE_SECONDS)
        await self.save()
        done = (task.result() for task in ours if task.done())
        return tuple(dict.fromkeys(id_ for ids in done for id_ in ids))

    def late(self) -> frozenset[str]:
        """Return the addresses whose polls are under way for longer than patience lasts."""
        since = asyncio.get_running_loop().time() - self._patience_seconds
        return frozenset(address for address, began in self._begun.items() if began <= since)

    async def receive(self, document: Document, *, now: datetime) -> tuple[str, ...]:
        """Take in a document that was pushed to us under the address of a source; return its ids.

        That one was refused is kept with the source, as what cannot be read of it.

        Raises:
            ArchiveError: the store cannot be read or written.
            ExtractError: nothing that we can read, no article, too many of them, or the source is
                paused.
        """
        source = await self._subscriptions.find_subscription(document.address)
        if source is None or not source.is_read:
            raise ExtractError(document.address, NOT_READ)
        try:
            intake = await receive(document, _entry(source), self._tools, now=now)
        except ExtractError as error:
            refused = after_refusal(source, error, now=now)
            await self._subscriptions.save_polls({source.address: refused})
            raise
        state = after_push(source, unread=intake.unread, now=now)
        await self._subscriptions.save_polls({source.address: state})
        return intake.article_ids

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

    def _room(self) -> int:
        """Return how many polls may be started now."""
        at_once = self._tools.fetches_at_once
        since = asyncio.get_running_loop().time() - SLOW_SECONDS
        quick = sum(began > since for began in self._begun.values())
        return max(0, min(at_once - quick, MAX_SLOW * at_once - len(self._under_way)))

    async def _start_due(self, now: datetime) -> tuple[list[Task], bool]:
        """Return what was started, and whether something that is due found no room."""
        async with self._starting:
            await self._save()
            room = self._room()
            busy = {a for a, task in self._under_way.items() if not task.done()} | set(self._done)
            found = await self._subscriptions.due(now, room + 1, without=busy)
            return [self._start(source, now) for source in found[:room]], len(found) > room

    def _start(self, source: Subscription, now: datetime) -> Task:
        """Return the poll of the source, which may be under way already."""
        task = self._under_way.get(source.address)
        if state := self._done.get(source.address):
            # how its last poll went is not saved yet, so that the caller cannot know
            source = replace(source, poll=state)
        if task is None or task.done():
            task = asyncio.create_task(self._poll(source, now))
            self._under_way[source.address] = task
            self._begun[source.address] = asyncio.get_running_loop().time()
            task.add_done_callback(lambda done: self._end(source.address, done))
        return task

    def _end(self, address: str, task: Task) -> None:
        # the next one may have begun before the loop came to tell of this one's end
        if self._under_way.get(address) is task:
            del self._under_way[address], self._begun[address]

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
        read = self._look if is_folder(source.address) else self._ask
        try:
            ids, state = await read(source, now, answered)
        except SourceError as error:
            state = after_failure(source, error, now=answered())
        except Exception:  # whatever it was, it must not come again at once
            log.exception("poll failed", extra={"address": source.address})
            ours = ExtractError(source.address, "could not be read for a reason of our own")
            state = after_failure(source, ours, now=answered())
        _tell(source, state)
        self._done[source.address] = state
        return ids

    async def _look(self, source: Subscription, now: datetime, answered: Clock) -> Polled:
        found = await read_folder(_entry(source), self._tools, self._pages, now=now)
        # files are named by each look while they stand; pages of their items only by the one that
        # read them, and told of until something else was dropped
        pages = () if found.article_ids else tuple(filter(_is_page, source.poll.unread))
        state = after_look(
            source,
            Read(found.new, unread=(*found.unread, *pages), unfinished=not found.is_all),
            began=now,
            now=answered(),
        )
        if found.article_ids:
            facts = {"folder": source.address, "articles": len(found.article_ids)}
            log.info("files read", extra=facts)
        return found.article_ids, state

    async def _ask(self, source: Subscription, now: datetime, answered: Clock) -> Polled:
        robots = self._tools.robots
        robots.recall(source.read_from)
        answer = await self._tools.documents.fetch_if_changed(source.read_from, validators(source))
        at = answered()
        if isinstance(answer, NotModified) or _is_same(source, answer):
            return (), after_no_change(source, answer, now=at)
        reading = await self._tools.reader.read(answer, now=now)
        if reading.kind == "page":
            # that it is a page and no feed, only its bytes tell: asked before any is used
            await robots.permit(source.read_from)
        ids, read = await take_in(
            _entry(source),
            [reading],
            self._tools,
            self._pages,
            known=source.poll.read_items,
            now=now,
        )
        return ids, after_reading(source, answer, read, now=at)


def _entry(source: Subscription) -> Listed:
    return Listed(source.address, source.outlet, source.publisher)


def _is_page(unread: Unread) -> bool:
    return is_web(unread.address)


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
