"""`nutgraf run`: reads the sources, wakes for what is due, does the jobs, and stays on the line.

Every loop here survives what nobody expected: it is logged with its trace, and the loop goes on.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from bot.adapters.archive import SqliteArchive
from bot.app import build_desk, clock, open_documents
from bot.chat.client import NewsClient
from bot.chat.client import run as run_client
from bot.chat.parts import Parts, TimingWords
from bot.console.progress import no_progress
from bot.desk import Desk
from bot.errors import NutgrafError, ScheduleError, SettingsError
from bot.news import Schedule
from bot.posting import Desks, edition_job, work
from bot.schedule import Timers, due_between, in_words, next_runs, parse_times
from bot.settings import Settings

log = logging.getLogger(__name__)

TOKEN_VARIABLE: Final = "NUTGRAF_DISCORD_TOKEN"  # noqa: S105 - a name, not a token
LEASE: Final = timedelta(minutes=2)
IDLE_SECONDS: Final = 0.5
"""How often an idle worker looks for a job; also the longest that an edition waits for one."""

THREADS: Final = 2
"""Threads that stages compute in: each more costs memory and, under one interpreter lock, no time
is won.
"""

STOP_SECONDS: Final = 8.0
"""How long work under way may go on after SIGTERM: with the closing of all doors, below 10 s."""

NO_SOURCES: Final = (
    "No source is listed, so there would be nothing to post. List at least one as [[source]] in "
    "config/nutgraf.toml; `nutgraf demo` shows a newsroom with sources."
)


def load_token(settings: Settings) -> str:
    """Return Discord's token for the bot, from the environment or its file.

    Raises:
        SettingsError: there is none, or the file cannot be read; the sentence says what to do.
    """
    if token := os.environ.get(TOKEN_VARIABLE, "").strip():
        return token
    path = settings.discord.token_file
    if not path:
        raise SettingsError(
            f"There is no Discord token. Set {TOKEN_VARIABLE}, or name a file as "
            f"discord.token_file in config/nutgraf.toml; the README says where a token comes "
            f"from. Without one, `nutgraf demo` shows what Nutgraf does."
        )
    try:
        token = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"discord.token_file: {path} cannot be read ({error}).") from error
    if not token:
        raise SettingsError(f"discord.token_file: {path} is empty.")
    return token


@dataclass
class Service:
    """The loops of a running newsroom, on parts that somebody else opens and closes.

    Args:
        parts: the desk and what its editions need.
        clock: says what time it is; aware, UTC.
        worker: names this process in leases.
        poll_every: how often the sources are read.
        check_seconds: how often, in real seconds, the clock is compared with the timetable.
    """

    parts: Desks
    clock: Callable[[], datetime]
    worker: str
    poll_every: timedelta
    check_seconds: float = 30

    def __post_init__(self) -> None:
        """Wind up the alarm clock, which starts to go in `run`."""
        self._stopping = asyncio.Event()
        self._reloading = asyncio.Lock()
        self._timers = Timers(self.on_due, self.clock, check_seconds=self.check_seconds)

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is finished first."""
        self._timers.start()
        try:
            await self.reload_schedules()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._again("reading sources", self._poll))
                group.create_task(self._again("doing jobs", self._do_jobs))
        finally:
            await self._timers.stop()

    def stop(self) -> None:
        """Let every loop end after what it is doing."""
        self._stopping.set()

    async def stopped(self) -> None:
        """Return when `stop` is called."""
        await self._stopping.wait()

    async def reload_schedules(self) -> None:
        """Take the timetable as it is now; what fell due while nobody looked wakes at once.

        One reload at a time, so that an older list never overwrites a newer one.
        """
        timetable = self.parts.timetable
        async with self._reloading:
            self._timers.set(())
            for schedule in await timetable.schedules():
                await self._set_alarm(schedule, await timetable.seen_until(schedule.id))

    async def _set_alarm(self, schedule: Schedule, since: datetime | None) -> None:
        if schedule.paused:
            return
        try:
            self._timers.add(schedule, since)
        except ScheduleError as error:
            log.warning("schedule left out", extra={"id": schedule.id, "reason": str(error)})

    async def on_due(self, schedule_id: str) -> None:
        """Record what is due, each occurrence with its job, once for ever.

        Of several that were missed, while the bot was down, the last one is made, marked late.
        """
        timetable, now = self.parts.timetable, self.clock()
        schedule = await timetable.find_schedule(schedule_id)
        if schedule is None or schedule.paused:
            return
        since = await timetable.seen_until(schedule_id) or now
        missed = due_between(schedule, since, now)
        for due_at in missed[-1:]:
            late = now - due_at > timedelta(minutes=5)
            jobs = (edition_job(schedule, due_at),)
            await timetable.record_due(schedule_id, due_at, late=late, then=jobs)
            log.info("edition due", extra={"schedule": schedule_id, "due": due_at.isoformat()})
        await timetable.mark_seen(schedule_id, now)

    async def _poll(self) -> float:
        await self.parts.desk.read_sources(now=self.clock())
        return self.poll_every.total_seconds()

    async def _do_jobs(self) -> float:
        now = self.clock()
        job = await self.parts.jobs.claim(self.worker, now=now, lease=LEASE)
        if job is None:
            return IDLE_SECONDS
        await work(job, self.worker, self.parts, now=now)
        return 0

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
    if not settings.source:
        raise SettingsError(NO_SOURCES)
    path = Path(settings.archive.database)
    async with (
        SqliteArchive.open(path, exclusive=True) as archive,
        open_documents(settings, allowed) as documents,
    ):
        desk = build_desk(settings, archive, documents, no_progress, stories=archive.stories)
        desk.fresh_for = 2 * timedelta(minutes=settings.reading.poll_minutes)
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
    poll_every = timedelta(minutes=settings.reading.poll_minutes)
    service, client = build_service(archive, desk, now, poll_every, check_seconds=check_seconds)
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS))
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, service.stop)
    log.info("started", extra={"database": settings.archive.database, "sources": len(desk.sources)})
    await _work_while_connected(service, client, token)
    log.info("stopped")


def build_service(
    archive: SqliteArchive,
    desk: Desk,
    now: Callable[[], datetime],
    poll_every: timedelta,
    *,
    check_seconds: float,
) -> tuple[Service, NewsClient]:
    """Return the loops and the client of a newsroom, joined on one archive and desk."""

    async def on_schedules_changed() -> None:
        await service.reload_schedules()

    timing = TimingWords(parse_times, in_words, next_runs)
    client = NewsClient(
        Parts(desk, archive.posts, archive.timetable, now, timing, on_schedules_changed)
    )
    desks = Desks(desk, archive, archive.jobs, archive.posts, archive.timetable, client.channels)
    worker = f"{os.getpid()}@{uuid4().hex[:8]}"
    service = Service(desks, now, worker, poll_every, check_seconds)
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
