"""`nutgraf run`: opens the newsroom, keeps its loops going, and stays on the line."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import uuid4

from bot.adapters.archive import SqliteArchive
from bot.adapters.parsing import Workers
from bot.app import (
    build_desk,
    clock,
    list_sources,
    open_documents,
    open_links,
    open_writing,
    source_desk_beside,
)
from bot.chat.client import NewsClient
from bot.chat.client import run as run_client
from bot.chat.parts import Parts
from bot.chat.progress import told_progress
from bot.chat.suggestions import Suggestions
from bot.desk import Desk
from bot.errors import SettingsError
from bot.leases import LENGTH
from bot.listening import Pulse, open_web
from bot.ports import Documents
from bot.posting import Desks
from bot.schedule import in_words, next_runs, parse_times
from bot.schedule_desk import TimingWords
from bot.service import Service
from bot.settings import Settings

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
    path = Path(settings.archive.database)
    async with (
        SqliteArchive.open(path, exclusive=True) as archive,
        open_documents(settings, allowed) as documents,
        open_links(settings, allowed) as links,
        Workers() as reader,
        open_writing(settings, archive) as writing,
    ):
        await list_sources(settings, archive)
        desk = build_desk(
            settings, archive, documents, told_progress, writing=writing, reader=reader
        )
        await _serve(settings, token, archive, desk, links, now=now, check_seconds=check_seconds)


async def _serve(  # noqa: PLR0913, PLR0917 - the parts of a newsroom, each by its name
    settings: Settings,
    token: str,
    archive: SqliteArchive,
    desk: Desk,
    links: Documents,
    *,
    now: Callable[[], datetime],
    check_seconds: float,
) -> None:
    sources = len(await desk.subscriptions.subscriptions())
    if not sources:
        raise SettingsError(NO_SOURCES)
    service, client = build_service(
        archive, desk, now, check_seconds=check_seconds, settings=settings, links=links
    )
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS))
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, service.stop)
    spare_the_collector()
    log.info("started", extra={"database": settings.archive.database, "sources": sources})
    pulse = Pulse(now(), client.signed_in.is_set)
    async with open_web(settings, desk, archive.pushes, pulse, clock=now):
        await _work_while_connected(service, client, token)
    log.info("stopped")


def spare_the_collector() -> None:
    """Take what is loaded by now out of Python's garbage collection, for good.

    It stays as long as the process does, and looking through it again and again stops the event
    loop for a tenth of a second each time.
    """
    gc.collect()
    gc.freeze()


def build_service(  # noqa: PLR0913 - what a newsroom is joined from, each by its name
    archive: SqliteArchive,
    desk: Desk,
    now: Callable[[], datetime],
    *,
    check_seconds: float,
    lease: timedelta = LENGTH,
    settings: Settings | None = None,
    links: Documents | None = None,
) -> tuple[Service, NewsClient]:
    """Return the loops and the client of a newsroom, joined on one archive and desk.

    Without `links` members may name whatever the desk itself may read.
    """
    suggestions = Suggestions(desk, archive.timetable)
    desk.tools.listeners.append(suggestions.note)

    async def on_schedules_changed() -> None:
        await service.waker.catch_up()
        await suggestions.refresh_schedules()

    async def suggest() -> float:
        started = perf_counter()
        await suggestions.refresh(now=now())
        return max(SUGGEST_SECONDS, SUGGEST_REST * (perf_counter() - started))

    timing = TimingWords(parse_times, in_words, next_runs)
    client = NewsClient(
        Parts(
            desk,
            archive.posts,
            archive.timetable,
            now,
            timing,
            on_schedules_changed,
            archive.operations,
            source_desk_beside(desk, settings or Settings()),
            links or desk.tools.documents,
            suggestions,
        )
    )
    desks = Desks(
        desk,
        archive,
        archive.jobs,
        archive.posts,
        archive.timetable,
        client.channels,
        archive.operations,
        client.teller,
    )
    worker = f"{os.getpid()}@{uuid4().hex[:8]}"
    also = {"making suggestions": suggest}
    service = Service(desks, now, worker, check_seconds, lease, also)
    return service, client


async def _work_while_connected(service: Service, client: NewsClient, token: str) -> None:
    """Run both until the service is stopped or the connection fails for good."""
    connected = asyncio.create_task(run_client(client, token))
    working = asyncio.create_task(_work_once_signed_in(service, client))
    stopping = asyncio.create_task(service.stopped())
    try:
        ends = {working, connected, stopping}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        service.stop()
        if client.signed_in.is_set():
            await asyncio.wait({working}, timeout=STOP_SECONDS)
    finally:
        for task in (working, connected, stopping):
            task.cancel()
        ended = await asyncio.gather(working, connected, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _work_once_signed_in(service: Service, client: NewsClient) -> None:
    await client.signed_in.wait()
    await service.run()
