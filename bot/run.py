"""`nutgraf run`: opens the newsrooms, keeps their loops going, and stays on the line."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from bot.adapters.archive import SqliteArchive
from bot.adapters.parsing import Workers
from bot.app import clock, open_documents, open_links, source_desk_beside
from bot.chat.client import NewsClient
from bot.chat.client import run as run_client
from bot.chat.parts import Parts
from bot.chat.privileges import may_read_messages
from bot.chat.suggestions import Suggestions
from bot.desk import Desk
from bot.errors import SettingsError
from bot.leases import LENGTH
from bot.listening import Pulse, open_web
from bot.opened import Newsroom, keep_apart, open_newsroom
from bot.posting import Desks
from bot.schedule import in_words, next_runs, parse_times
from bot.schedule_desk import TimingWords
from bot.service import Service
from bot.settings import Settings, newsrooms_of
from bot.waking import Waker

log = logging.getLogger(__name__)

THREADS: Final = 2
"""Threads that stages compute in: each more costs memory and, under one interpreter lock, no time
is won.
"""

STOP_SECONDS: Final = 8.0
"""How long work under way may go on after SIGTERM: with the closing of all doors, below 10 s."""

SUGGEST_SECONDS: Final = 5.0
"""How often is looked whether what autocompletion suggests is still as it was."""
SUGGEST_REST: Final = 20
"""So many times as long as the last look took: it may not take more than a twentieth of a core."""

NO_SOURCES: Final = (
    "No source is listed, so there would be nothing to post. Add at least one with "
    "`nutgraf sources add ADDRESS`, or list it as [[source]] in config/nutgraf.toml; "
    "`nutgraf demo` shows a newsroom with sources."
)


async def run_newsroom(
    settings: Settings,
    token: str,
    *,
    now: Callable[[], datetime] = clock,
    check_seconds: float = 30,
    allowed: frozenset[str] = frozenset(),
) -> None:
    """Run until SIGTERM or SIGINT, and then end within ten seconds.

    Raises:
        SettingsError: there is no source, or Discord refuses the token.
        ArchiveError: the archive cannot be opened, or another process runs on it.
        DeliveryError: Discord cannot be reached.
    """
    async with AsyncExitStack() as stack:
        documents = await stack.enter_async_context(open_documents(settings, allowed))
        links = await stack.enter_async_context(open_links(settings, allowed))
        reader = await stack.enter_async_context(Workers())
        rooms = [
            await stack.enter_async_context(open_newsroom(one, own, documents, links, reader))
            for one, own in newsrooms_of(settings)
        ]
        await keep_apart(rooms, now())
        await _serve(settings, token, rooms, now=now, check_seconds=check_seconds)


async def _serve(
    settings: Settings,
    token: str,
    rooms: Sequence[Newsroom],
    *,
    now: Callable[[], datetime],
    check_seconds: float,
) -> None:
    sources = sum([len(await room.desk.subscriptions.subscriptions()) for room in rooms])
    if not sources:
        raise SettingsError(NO_SOURCES)
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS))
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    log.info("signing in")
    reads_messages = await _unless_told(stopping, may_read_messages(token))
    if reads_messages is None:
        return
    services, client = build_services(
        rooms, now, check_seconds=check_seconds, reads_messages=reads_messages
    )
    spare_the_collector()
    names = ", ".join(room.name for room in rooms)
    log.info("started", extra={"newsrooms": names, "sources": sources})
    pulse = Pulse(now(), client.signed_in.is_set)
    desks = [room.desk for room in rooms]
    async with open_web(settings, desks, rooms[0].archive.pushes, pulse, clock=now):
        await _work_while_connected(services, client, token, stopping)
    log.info("stopped")


async def _unless_told(stopping: asyncio.Event, asking: Coroutine[Any, Any, bool]) -> bool | None:
    """Return what Discord answers, or `None` when told to stop before it did."""
    answer, told = asyncio.create_task(asking), asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({answer, told}, return_when=asyncio.FIRST_COMPLETED)
        return answer.result() if answer.done() else None
    finally:
        for task in (answer, told):
            task.cancel()
        await asyncio.gather(answer, told, return_exceptions=True)


def spare_the_collector() -> None:
    """Take what is loaded by now out of Python's garbage collection, for good.

    It stays as long as the process does, and looking through it again and again stops the event
    loop for a tenth of a second each time.
    """
    gc.collect()
    gc.freeze()


def build_services(
    rooms: Sequence[Newsroom],
    now: Callable[[], datetime],
    *,
    check_seconds: float,
    lease: timedelta = LENGTH,
    reads_messages: bool = True,
) -> tuple[tuple[Service, ...], NewsClient]:
    """Return the loops of each newsroom, and the client that they share."""
    wakers: dict[str, Waker] = {}
    parts = [_parts(room, now, wakers) for room in rooms]
    client = NewsClient(*parts, reads_messages=reads_messages)
    worker = f"{os.getpid()}@{uuid4().hex[:8]}"
    services = tuple(
        Service(_desks(room, client, own), now, worker, check_seconds, lease, _also(own))
        for room, own in zip(rooms, parts, strict=True)
    )
    wakers |= {room.name: service.waker for room, service in zip(rooms, services, strict=True)}
    return services, client


def _also(parts: Parts) -> Mapping[str, Callable[[], Awaitable[float]]]:
    """Return the loop that keeps what autocompletion suggests as it is."""

    async def suggest() -> float:
        started = perf_counter()
        await parts.suggestions.refresh(now=parts.clock())
        return max(SUGGEST_SECONDS, SUGGEST_REST * (perf_counter() - started))

    return {"making suggestions": suggest}


def build_service(
    archive: SqliteArchive,
    desk: Desk,
    now: Callable[[], datetime],
    *,
    check_seconds: float,
    lease: timedelta = LENGTH,
) -> tuple[Service, NewsClient]:
    """Return the loops and the client of the only newsroom, on its archive and desk.

    Members may name whatever addresses the desk itself may read.
    """
    sources = source_desk_beside(desk, Settings())
    room = Newsroom("newsroom", archive, desk, sources, desk.tools.documents)
    (service,), client = build_services((room,), now, check_seconds=check_seconds, lease=lease)
    return service, client


def _parts(room: Newsroom, now: Callable[[], datetime], wakers: Mapping[str, Waker]) -> Parts:
    suggestions = Suggestions(room.desk, room.archive.timetable)
    room.desk.tools.listeners.append(suggestions.note)

    async def on_schedules_changed() -> None:
        await wakers[room.name].catch_up()
        await suggestions.refresh_schedules()

    archive = room.archive
    return Parts(
        room.desk,
        archive.posts,
        archive.timetable,
        now,
        TimingWords(parse_times, in_words, next_runs),
        on_schedules_changed,
        archive.operations,
        room.sources,
        room.links,
        suggestions,
        archive.reviews,
        archive.servers,
        archive.threads,
        room.name,
    )


async def _suggest(suggestions: Suggestions, now: Callable[[], datetime]) -> float:
    """Make the suggestions anew if something has changed; return how many seconds to wait."""
    started = perf_counter()
    await suggestions.refresh(now=now())
    return max(SUGGEST_SECONDS, SUGGEST_REST * (perf_counter() - started))


def _desks(room: Newsroom, client: NewsClient, parts: Parts) -> Desks:
    archive = room.archive
    return Desks(
        room.desk,
        archive,
        archive.jobs,
        archive.posts,
        archive.timetable,
        client.channels_of(parts),
        archive.operations,
        client.teller,
        archive.reviews,
    )


async def _work_while_connected(
    services: Sequence[Service], client: NewsClient, token: str, stopping: asyncio.Event
) -> None:
    """Run all until told to stop or the connection fails for good."""
    connected = asyncio.create_task(run_client(client, token))
    working = asyncio.create_task(_work_once_signed_in(services, client))
    told = asyncio.create_task(stopping.wait())
    try:
        ends = {working, connected, told}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for service in services:
            service.stop()
        if client.signed_in.is_set():
            await asyncio.wait({working}, timeout=STOP_SECONDS)
    finally:
        for task in (working, connected, told):
            task.cancel()
        ended = await asyncio.gather(working, connected, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _work_once_signed_in(services: Sequence[Service], client: NewsClient) -> None:
    await client.signed_in.wait()
    async with asyncio.TaskGroup() as group:
        for service in services:
            group.create_task(service.run())
