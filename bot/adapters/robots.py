"""Reads what sites ask of programs in their robots.txt, and keeps to it.

Sources: RFC 9309, section 2.3.1 (redirects, what a missing or unreachable file means) and 2.4
(kept for 24 hours at most), 2.5 (500 KiB at least are read). `Crawl-delay` is in no standard, and
widely written.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, NoReturn
from urllib.parse import urlsplit

from protego import Protego

from bot.errors import FetchError, RobotsError
from bot.ports import Document

AGENT: Final = "nutgraf"
"""Our product token, as it begins the User-Agent of `bot.adapters.web`."""
MAX_BYTES: Final = 512_000
KEPT_SECONDS: Final = 24 * 3600.0
UNREACHABLE_SECONDS: Final = 3600.0
"""How long a site whose robots.txt could not be had is left alone before it is asked again."""
MAX_KEPT_BYTES: Final = 5_000_000
"""Of all the files that are kept; what is asked for least goes first."""
MAX_DELAY_SECONDS: Final = 10.0
MAX_QUEUE_SECONDS: Final = 30.0
"""How long a page may wait for its turn; what would wait longer is left for the next reading."""
MAX_REFUSALS: Final = 10_000
TOKEN: Final = re.compile(r"[a-z_-]+")
"""Source: RFC 9309, section 2.2.1, "product-token"."""
AGENT_LINE: Final = re.compile(r"\s*user[- ]?agent\b\s*:?\s*([^#]*)", re.IGNORECASE)

Fetch = Callable[[str], Awaitable[Document]]


@dataclass
class _Site:
    """What one site asks for. Without `rules`, everything or nothing may be read."""

    until: float
    size: int = 0
    rules: Protego | None = None
    reason: str = ""
    delay_seconds: float = 0
    next_at: float = 0
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class SiteRobots:
    """The port `Robots`, on a fetcher that cuts what is longer than `MAX_BYTES`.

    Args:
        fetch: fetches an address; a `FetchError` with a status is what its server answered.
        ticks: seconds of a clock that never goes back.
        pause: waits for so many seconds.
    """

    def __init__(
        self,
        fetch: Fetch,
        *,
        ticks: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._fetch = fetch
        self._ticks = ticks
        self._pause = pause
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._refusals: OrderedDict[str, tuple[FetchError, float]] = OrderedDict()

    async def permit(self, address: str) -> None:
        """Return when the page may be fetched, after the pause that its site asks for.

        A site without robots.txt (any answer from 400 to 499) asks for nothing. One whose server
        fails or cannot be reached is left alone, and asked again after an hour.

        Raises:
            FetchError: the site asks not to, its wishes cannot be known, or too many pages of it
                wait already.
        """
        origin = _origin(address)
        if not origin:
            return  # no web address, and whoever fetches it says so
        site = await self._site(origin)
        if site.reason:
            self._refuse(FetchError(address, site.reason), site.until)
        if site.rules is not None and not site.rules.can_fetch(address, AGENT):
            reason = f"the robots.txt of {origin} asks programs not to read this page"
            self._refuse(RobotsError(address, reason), site.until)
        await self._wait(site, address, origin)

    def recall(self, address: str) -> None:
        """Refuse again, without asking anybody, what `permit` refused.

        Raises:
            FetchError: as `permit` did.
        """
        error, until = self._refusals.get(address, (None, 0.0))
        if error and self._ticks() < until:
            raise type(error)(address, error.reason)

    async def _site(self, origin: str) -> _Site:
        site = self._sites.setdefault(origin, _Site(until=-1))
        self._sites.move_to_end(origin)
        async with site.asking:
            if site.until < self._ticks():
                await self._ask(origin, site)
        while sum(s.size for s in self._sites.values()) > MAX_KEPT_BYTES and len(self._sites) > 1:
            self._sites.popitem(last=False)
        return site

    async def _ask(self, origin: str, site: _Site) -> None:
        site.rules, site.reason, site.size, site.delay_seconds = None, "", 1_000, 0
        site.until = self._ticks() + KEPT_SECONDS
        try:
            document = await self._fetch(f"{origin}/robots.txt")
        except FetchError as error:
            if not 400 <= error.status < 500:  # noqa: PLR2004 - RFC 9309
                site.reason = f"the robots.txt of {origin} could not be had: it {error.reason}"
                site.until = self._ticks() + UNREACHABLE_SECONDS
            return
        site.size += len(document.content)
        text = document.content[:MAX_BYTES].decode("utf-8-sig", "replace")
        site.rules = await asyncio.to_thread(Protego.parse, fold_others(text))
        delay = site.rules.crawl_delay(AGENT) or 0
        site.delay_seconds = min(delay, MAX_DELAY_SECONDS)

    async def _wait(self, site: _Site, address: str, origin: str) -> None:
        """Take the next of the site's turns, which are `delay_seconds` apart, and wait for it."""
        now = self._ticks()
        turn = max(site.next_at, now)
        if turn - now > MAX_QUEUE_SECONDS:
            seconds = f"{site.delay_seconds:g} seconds"
            reason = f"the robots.txt of {origin} asks for {seconds} between pages; left for later"
            raise FetchError(address, reason)
        site.next_at = turn + site.delay_seconds
        if turn > now:
            await self._pause(turn - now)

    def _refuse(self, error: FetchError, until: float) -> NoReturn:
        self._refusals[error.address] = (error, until)
        if len(self._refusals) > MAX_REFUSALS:
            self._refusals.popitem(last=False)
        raise error


def fold_others(text: str) -> str:
    """Return the file with all programs but ours under one name, "*" apart.

    A parser keeps the rules of a group once for each program that the group names: half a megabyte
    can name ten thousand programs and ten thousand rules. Versions go: "Nutgraf/1.0" are we.
    """
    return "\n".join(map(_folded, text.splitlines()))


def _folded(line: str) -> str:
    match = AGENT_LINE.match(line)
    if match is None:
        return line
    name = match[1].strip().lower()
    token = TOKEN.match(name)
    if token is not None:
        name = AGENT if token[0] == AGENT else "another"
    # a program named without a value stays: it ends the group before it
    return f"User-agent: {name if name in {'', '*', AGENT} else 'another'}"


def _origin(address: str) -> str:
    """Return scheme, host and port of a web address, or nothing."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}" if host and parts.scheme in {"http", "https"} else ""
