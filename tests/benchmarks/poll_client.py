"""Polls the sources of a loopback server as `nutgraf run` does, in a process of its own.

usage: python -m tests.benchmarks.poll_client DATABASE PORT HOSTS SOURCES SHARE FETCHES_AT_ONCE

SHARE is the part of the sources that hang, and as many each that fail and are broken; -1 reads all
in full first. Prints figures as JSON, one line for each round.
"""

import asyncio
import json
import logging
import resource
import socket
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.adapters.archive import SqliteArchive
from bot.adapters.documents import AnyDocuments
from bot.adapters.web import Web
from bot.app import build_desk
from bot.console.progress import no_progress
from bot.news import PollState, Subscription
from bot.polls import Polls
from bot.ports import Document, NotModified, Validators
from bot.run import THREADS
from bot.settings import ArchiveSettings, Settings

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Loopback(AbstractResolver):
    """All names are this machine; numbers are themselves."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the loopback address."""
        return [
            ResolveResult(
                hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        """Close nothing."""


class Timed:
    """Documents that note when each fetch began, and when it ended well."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.ended: list[float] = []
        self.seconds: list[float] = []

    async def fetch(self, address: str) -> Document:
        """Fetch."""
        return await self.web.fetch(address)

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        """Fetch and note it."""
        began = time.perf_counter()
        found = await self.web.fetch_if_changed(address, known)
        self.ended.append(time.perf_counter())
        self.seconds.append(self.ended[-1] - began)
        return found


def sources(port: int, hosts: int, number: int, share: float) -> list[Subscription]:
    """Return the sources, spread over the hosts, the bad ones among the good."""
    found = []
    every = round(1 / share) if share > 0 else number + 3
    for n in range(number):
        kind = {0: "hang", 1: "fail", 2: "broken"}.get(n % every, "ok") if share > 0 else "ok"
        names = hosts > 125
        host = f"h{n % hosts}.feeds.example" if names else f"127.0.1.{1 + n % hosts}"
        address = f"http://{host}:{port}/{kind}/{n}"
        seeded = PollState(etag='"1"', validated_address=address, interval_seconds=300)
        poll = seeded if share >= 0 else PollState()
        found.append(Subscription(address, NOW, "Courier", poll=poll))
    return found


def at(values: Sequence[float], share: float) -> float:
    """Return the quantile."""
    return sorted(values)[int(share * (len(values) - 1))]


async def poll_all(polls: Polls, timed: Timed, now: datetime) -> dict[str, float]:
    """Poll what is due as a briefing waits for it; return the figures."""
    began, cpu = time.perf_counter(), time.process_time()
    await polls.read_due(now=now)
    wall, used = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    return {
        "wall_seconds": wall,
        "cpu_seconds": used,
        "fetch_p95_seconds": at(timed.seconds, 0.95),
        "done_p50_seconds": at(timed.ended, 0.5) - began,
        "done_p95_seconds": at(timed.ended, 0.95) - began,
        "answered": len(timed.ended),
        "peak_megabytes": peak,
    }


async def main() -> None:
    """Run one round, or two when everything is read in full first."""
    database, port, hosts, number, share, at_once = sys.argv[1:]
    logging.disable(logging.ERROR)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    listed = sources(int(port), int(hosts), int(number), float(share))
    allowed = frozenset(one.address.split("/")[2] for one in listed)
    settings = Settings(archive=ArchiveSettings(database=database))
    async with (
        SqliteArchive.open(Path(database), exclusive=True) as archive,
        Web(allowed=allowed, resolver=Loopback()) as web,
    ):
        timed = Timed(web)
        desk = build_desk(
            settings,
            archive,
            AnyDocuments(max_bytes=1, timeout_seconds=1, allowed=allowed),
            no_progress,
        )
        await archive.subscriptions.configure(listed)
        tools = replace(desk.tools, documents=timed, fetches_at_once=int(at_once))
        polls = Polls(tools, desk.subscriptions)
        sys.stdout.write(json.dumps(await poll_all(polls, timed, NOW)) + "\n")
        if float(share) < 0:
            timed.ended, timed.seconds = [], []
            later = NOW + timedelta(hours=12)
            sys.stdout.write(json.dumps(await poll_all(polls, timed, later)) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
