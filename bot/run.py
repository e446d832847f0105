"""`nutgraf run`: reads the sources, wakes for what is due, does the jobs, and stays on the line.

Every loop here survives what nobody expected: it is logged with its trace, and the loop goes on.
"""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from bot.adapters.archive import SqliteArchive
from bot.adapters.parsing import Workers
from bot.app import build_desk, clock, list_sources, open_documents
from bot.chat.client import NewsClient
from bot.chat.client import run as run_client
from bot.chat.parts import Parts
from bot.console.progress import no_progress
from bot.crew import IDLE_SECONDS, Crew
from bot.desk import Desk
from bot.errors import NutgrafError, SettingsError
from bot.leases import LENGTH
from bot.listening import Pulse, open_web
from bot.posting import Desks
from bot.schedule import in_words, next_runs, parse_times
from bot.schedule_desk import TimingWords
from bot.settings import Settings
from bot.waking import Waker

log = logging.getLogger(__name__)

POSTING_HANDS: Final = 16
"""Posts under way at a time: they wait for Discord alone, which takes 50 a second."""
MAKING_HANDS: Final = 4
"""Editions made at a time: they compete for one processor, but a model's answer takes a minute."""
READING_IDLE_SECONDS: Final = 20.0
"""How often is looked for cited pages to read again, which are in no hurry."""

POLL_SECONDS: Final = 0.5
"""How often is looked for sources that are due; every `BUSY_SECONDS` while there are some."""

BUSY_SECONDS: Final = 0.1
"""The same of who reads cited pages again, which are in no hurry."""

THREADS: Final = 2
"""Threads that stages compute in: each more costs memory and, under one interpreter lock, no time
is won.
"""

STOP_SECONDS: Final = 8.0
"""How long work under way may go on after SIGTERM: with the closing of all doors, below 10 s."""

NO_SOURCES: Final = (
    "No source is listed, so there would be nothing to post. Add at least one with "
    "`nutgraf sources add ADDRESS`, or list it as [[source]] in config/nutgraf.toml; "
    "`nutgraf demo` shows a newsroom with sources."
)


@dataclass
class Service:
    """The loops of a running newsroom, on parts that somebody else opens and closes.

    Args:
        parts: the desk and what its editions need.
        clock: says what time it is; aware, UTC.
        worker: names this process in leases.
        check_seconds: how often, in real seconds, the clock is compared with the timetable.
        lease: how long a job is leased at a time.
    """

    parts: Desks
    clock: Callable[[], datetime]
    worker: str
    check_seconds: float = 30
    lease: timedelta = LENGTH

    def __post_init__(self) -> None:
        """Wind up the alarm clock, which starts to go in `run`."""
        self._stopping = asyncio.Event()
        self.waker = Waker(self.parts.timetable, self.clock, check_seconds=self.check_seconds)
        self._crews = {
            "posting": self._crew(("post", "notice"), POSTING_HANDS),
            "making editions": self._crew(("edition",), MAKING_HANDS),
            # beside the editions, which must not wait for slow pages
            "reading cited pages": self._crew(("reread",), 1, READING_IDLE_SECONDS),
        }

    def _crew(self, kinds: Sequence[str], hands: int, idle_seconds: float = IDLE_SECONDS) -> Crew:
        worker = f"{self.worker}/{kinds[0]}"
        return Crew(self.parts, self.clock, worker, kinds, hands, self.lease, idle_seconds)

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is finished first."""
        try:
            await self.waker.start()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._again("reading sources", self._poll))
                group.create_task(self._again("reading the timetable", self.waker.catch_up))
                for doing, crew in self._crews.items():
                    group.create_task(self._again(doing, crew.step))
            for crew in self._crews.values():
                await crew.finish()
        finally:
            await self.waker.stop()
            await self.parts.desk.polls.stop()

    def stop(self) -> None:
        """Let every loop end after what it is doing."""
        self._stopping.set()

    async def stopped(self) -> None:
        """Return when `stop` is called."""
        await self._stopping.wait()

    async def _poll(self) -> float:
        is_busy = await self.parts.desk.polls.start_due(now=self.clock())
        return BUSY_SECONDS if is_busy else POLL_SECONDS

    async def _again(self, doing: str, step: Callable[[], Awaitable[float]]) -> None:
        """Repeat the step until stopped; it returns how many seconds to wait."""
        while not self._stopping.is_set():
            try:
                wait = await step()
            except NutgrafError as error:
                log.warning("step put off", extra={"doing": doing, "reason": str(error)})
                wait = 5
            except Exception:  # whatever it was, the next step must be taken
                log.exception("step failed", extra={"doing": doing})
                wait = 5
            await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), timeout=seconds)
        except TimeoutError:
            return


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
        Workers() as reader,
    ):
        await list_sources(settings, archive)
        desk = build_desk(settings, archive, documents, no_progress, reader=reader)
        await _serve(settings, token, archive, desk, now=now, check_seconds=check_seconds)


async def _serve(
    settings: Settings,
    token: str,
    archive: SqliteArchive,
    desk: Desk,
    *,
    now: Callable[[], datetime],
    check_seconds: float,
) -> None:
    sources = len(await desk.subscriptions.subscriptions())
    if not sources:
        raise SettingsError(NO_SOURCES)
    service, client = build_service(archive, desk, now, check_seconds=check_seconds)
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


def build_service(
    archive: SqliteArchive,
    desk: Desk,
    now: Callable[[], datetime],
    *,
    check_seconds: float,
    lease: timedelta = LENGTH,
) -> tuple[Service, NewsClient]:
    """Return the loops and the client of a newsroom, joined on one archive and desk."""

    async def on_schedules_changed() -> None:
        await service.waker.catch_up()

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
    service = Service(desks, now, worker, check_seconds, lease)
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
