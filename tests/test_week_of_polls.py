"""A week of polls on a clock moved by hand, against servers in memory that count what is asked.

Shown with `-s`: requests and bytes of each kind of source.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random
from typing import Final

import pytest

from bot.errors import FetchError
from bot.news import Subscription
from bot.polls import Polls
from bot.ports import Caching, Document, NotModified, Validators
from bot.tools import Tools
from tests.fakes import FakeArchive
from tests.fakes_subscriptions import FakeSubscriptions
from tests.laws.desks import a_desk

MONDAY: Final = datetime(2026, 3, 2, tzinfo=UTC)
WEEK: Final = timedelta(days=7)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
HEADER_BYTES: Final = 300
"""What an answer costs beside its body, as a round figure."""
LIFETIME: Final = timedelta(minutes=40)

KINDS: Final = {
    "ETag": 40,
    "Last-Modified": 40,
    "neither": 30,
    "ETag, max-age": 20,
    "Expires": 10,
    "ttl": 20,
    "ETag, urgent": 5,
    "flapping": 10,
    "429 Retry-After": 10,
    "503 for two days": 5,
    "moved": 5,
    "gone": 5,
}
OFFERING: Final = frozenset({"ETag", "Last-Modified", "ETag, max-age", "ETag, urgent", "moved"})
"""Kinds whose servers answer with 304 when nothing has changed, and always answer."""


@dataclass
class Server:
    """One source's server: what it says when, and what it was asked."""

    address: str
    kind: str
    changes: tuple[datetime, ...]
    not_before: datetime = MONDAY
    last_served: int = -1
    asked: list[datetime] = field(default_factory=list)
    early: list[datetime] = field(default_factory=list)
    sent_bytes: int = 0
    unchanged: int = 0
    not_modified: int = 0

    def answer(self, known: Validators, now: datetime) -> Document | NotModified:
        """Answer a request, and note whether it came too early."""
        self.asked.append(now)
        self.sent_bytes += HEADER_BYTES
        if now < self.not_before:
            self.early.append(now)
        self._refuse(now)
        version = sum(change <= now for change in self.changes)
        given = self._validators(version)
        caching = self._caching(now)
        moved_to = f"{self.address}/new" if self.kind == "moved" and now > MONDAY + HOUR else ""
        self.unchanged += version == self.last_served
        if version == self.last_served and known == given and (given.etag or given.last_modified):
            self.not_modified += 1
            return NotModified(self.address, caching, moved_to)
        self.last_served = version
        content = self.content(version)
        self.sent_bytes += len(content)
        return Document(self.address, content, moved_to=moved_to, validators=given, caching=caching)

    def _refuse(self, now: datetime) -> None:
        hours = (now - MONDAY) / HOUR
        if self.kind == "gone" and hours > 50:
            raise FetchError(self.address, "answered 410 Gone", status=410)
        if self.kind == "flapping" and int(hours) % 3 == 1:
            raise FetchError(self.address, "the connection broke off in the middle")
        if self.kind == "429 Retry-After" and len(self.asked) % 5 == 0:
            self.not_before = now + 3 * HOUR
            raise FetchError(self.address, "answered 429", status=429, retry_after="10800")
        if self.kind == "503 for two days" and 24 <= hours < 72:
            until = now + 2 * HOUR
            self.not_before = until.replace(microsecond=0)
            line = format_datetime(until, usegmt=True)
            raise FetchError(self.address, "answered 503", status=503, retry_after=line)

    def _validators(self, version: int) -> Validators:
        if self.kind == "Last-Modified":
            date = format_datetime((MONDAY, *self.changes)[version], usegmt=True)
            return Validators(self.address, last_modified=date)
        offers = self.kind.startswith("ETag") or self.kind in {"moved", "gone", "flapping"}
        return Validators(self.address, etag=f'"{version}"' if offers else "")

    def _caching(self, now: datetime) -> Caching:
        if self.kind in {"ETag, max-age", "ETag, urgent", "Expires", "ttl"}:
            self.not_before = now + LIFETIME
        if self.kind.startswith("ETag, "):
            return Caching(cache_control=f"public, max-age={LIFETIME.seconds + 60}", age="60")
        if self.kind == "Expires":
            expires = now + LIFETIME + HOUR  # by a clock that is an hour fast
            return Caching(
                expires=format_datetime(expires, usegmt=True),
                date=format_datetime(now + HOUR, usegmt=True),
            )
        return Caching()

    def content(self, version: int) -> bytes:
        titles = [f"Report {n} from {self.address}" for n in range(version, version + 5)]
        text = "The ferry to Tern Island stops for a month from Monday, the Sound Line said. " * 9
        if self.kind == "ttl":
            items = [
                f"<item><guid>{t}</guid><title>{t}</title><description>{text}</description></item>"
                for t in titles
            ]
            ttl = f"<title>Courier</title><ttl>{LIFETIME.seconds // 60}</ttl>"
            return f"<rss version='2.0'><channel>{ttl}{''.join(items)}</channel></rss>".encode()
        return json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Courier",
                "items": [{"id": t, "title": t, "content_text": text} for t in titles],
            }
        ).encode()


class Servers:
    """The port `Documents` on these servers and a clock."""

    def __init__(self, servers: Iterable[Server], clock: Callable[[], datetime]) -> None:
        self.servers = {server.address: server for server in servers}
        self.clock = clock

    async def fetch(self, address: str) -> Document:
        """Return what stands there."""
        found = await self.fetch_if_changed(address, Validators())
        assert isinstance(found, Document)
        return found

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        """Return what stands there if it is not known."""
        server = self.servers[address.removesuffix("/new")]
        return server.answer(known, self.clock())


def a_town() -> list[Server]:
    """Return 200 servers; each changes at random, on the average every 4 to 48 hours."""
    random = Random(7)  # noqa: S311 - the same every time
    servers: list[Server] = []
    for kind, number in KINDS.items():
        for n in range(number):
            mean = random.uniform(4, 48)
            hours = [random.expovariate(1 / mean) for _ in range(200)]
            times = [MONDAY + timedelta(hours=sum(hours[: i + 1])) for i in range(200)]
            changes = tuple(t.replace(microsecond=0) for t in times if t < MONDAY + WEEK)
            address = f"https://{kind.split()[0].strip(',').lower()}{len(servers)}-{n}.example/feed"
            servers.append(Server(address, kind, changes))
    return servers


async def a_week(servers: list[Server]) -> FakeSubscriptions:
    """Poll the servers for a week, looking once a minute for what is due."""
    now = MONDAY
    urgent = {server.address for server in servers if "urgent" in server.kind}
    listed = [Subscription(s.address, MONDAY, urgent=s.address in urgent) for s in servers]
    subscriptions = FakeSubscriptions(listed)
    plain = a_desk({}).tools
    tools = Tools(
        Servers(servers, lambda: now), FakeArchive(), plain.progress, plain.read_lexicon,
        plain.weights, plain.reader, plain.robots, plain.folders,
    )  # fmt: skip
    polls = Polls(tools, subscriptions)
    while now < MONDAY + WEEK:
        await polls.read_due(now=now)
        next_at = [s.poll.next_at for s in subscriptions.kept.values() if s.is_read]
        soonest = min(at for at in next_at if at)
        now = max(now + MINUTE, soonest)
    return subscriptions


def report(servers: list[Server]) -> str:
    """Return requests and bytes of each kind, these as a share of full answers each time, too."""
    lines = [f"{'kind':<18}{'sources':>8}{'requests':>10}{'304':>8}{'kB':>8}{'of full':>10}"]
    for kind in KINDS:
        ours = [server for server in servers if server.kind == kind]
        requests = sum(len(server.asked) for server in ours)
        not_modified = sum(server.not_modified for server in ours)
        sent = sum(server.sent_bytes for server in ours) / 1_000
        full = requests * (HEADER_BYTES + len(ours[0].content(0))) / 1_000
        line = f"{kind:<18}{len(ours):>8}{requests:>10}{not_modified:>8}{sent:>8.0f}"
        lines.append(f"{line}{sent / full:>10.0%}")
    return "\n".join(lines) + "\n"


@pytest.mark.soak
async def test_in_a_week_nobody_is_asked_too_early_and_nothing_is_sent_twice() -> None:
    servers = a_town()
    subscriptions = await a_week(servers)
    sys.stdout.write("\n" + report(servers))

    assert sum(KINDS.values()) == len(servers) == 200
    assert [(s.address, s.early) for s in servers if s.early] == []
    offering = [server for server in servers if server.kind in OFFERING]
    unchanged = sum(server.unchanged for server in offering)
    assert unchanged > 1_000
    assert sum(server.not_modified for server in offering) >= 0.95 * unchanged
    for server in servers:
        longest = max(b - a for a, b in zip(server.asked, server.asked[1:], strict=False))
        assert longest <= timedelta(days=1, minutes=1)
    polls = {server.address: subscriptions.kept[server.address].poll for server in servers}
    for server in (server for server in servers if server.kind == "moved"):
        assert polls[server.address].moved_to == f"{server.address}/new"
    for server in (server for server in servers if server.kind == "gone"):
        assert polls[server.address].gone
        assert sum(at > MONDAY + 50 * HOUR for at in server.asked) == 1
