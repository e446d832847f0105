"""Fetches web addresses with aiohttp: public hosts only, and limits of time, size, redirects."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from errno import ECONNREFUSED
from math import ceil
from types import TracebackType
from typing import Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver

from bot import __version__
from bot.adapters.hops import Hop, Way, current_hop, host_port, open_socket, parse_address
from bot.adapters.names import SystemNames
from bot.adapters.turns import Turns
from bot.adapters.unpacking import BadEncodingError, Unpacker
from bot.errors import FetchError
from bot.ports import MAX_REDIRECTS, Caching, Document, NotModified, Validators
from bot.sources.freshness import http_date, retry_seconds
from bot.text import squeeze

ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5"
)
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
OK: Final = 200
UNCHANGED: Final = 304
TOO_MANY: Final = 429
MAX_PER_HOST: Final = 2
"""Connections to one host at once: outlets take more for an attack."""

TURN_SECONDS: Final = 0.5
"""From one request until the next in the same connection's place: at most four a second for a
host. Hosts that the newsroom itself allows are its own, and are not waited for.
"""
MAX_HEADER_BYTES: Final = 65_536
"""Some outlets' security headers are longer than the 8 kB that the library allows."""
CHUNK_BYTES: Final = 65_536
MAX_REASON_CHARS: Final = 60


CLAUSES: Final = (
    (aiohttp.ClientConnectorDNSError, "no host has the name {host}"),
    (aiohttp.ClientConnectorCertificateError, "the TLS certificate of {host} cannot be trusted"),
    (aiohttp.ClientSSLError, "{host} does not speak TLS as it should"),
    (aiohttp.ClientConnectorError, "{host} cannot be reached"),
    (aiohttp.InvalidURL, "is not a valid web address"),
    (aiohttp.ClientPayloadError, "the connection broke off in the middle"),
    (aiohttp.ServerDisconnectedError, "the connection broke off in the middle"),
    (aiohttp.ClientResponseError, "answered with something that is not HTTP"),
)
"""What to tell an editor of the library's errors; the first that fits."""


class Web:
    """Fetches http and https addresses. An async context manager; safe for many fetches at once.

    Args:
        allowed: hosts that may be read though they are not public, each exactly as "host:port".
        timeout_seconds: longest time for one address, redirects included.
        connect_seconds: longest time for one connection.
        max_bytes: largest document, unpacked.
        max_redirects: longest chain of redirects.
        contact: where whoever minds being read can write to; it is sent with every request.
        resolver: finds the addresses of names; the system if not given.
        cuts: a larger document is cut at `max_bytes`, not refused.
        advises: a refusal says how the settings allow the address.
    """

    def __init__(  # noqa: PLR0913 - each by its name, each a limit of its own
        self,
        *,
        allowed: frozenset[str] = frozenset(),
        timeout_seconds: float = 20,
        connect_seconds: float = 10,
        max_bytes: int = 20_000_000,
        max_redirects: int = MAX_REDIRECTS,
        contact: str = "",
        resolver: AbstractResolver | None = None,
        cuts: bool = False,
        advises: bool = True,
    ) -> None:
        self._allowed = frozenset(entry.lower() for entry in allowed)
        self._timeout_seconds = timeout_seconds
        self._connect_seconds = connect_seconds
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._user_agent = user_agent(contact)
        self._resolver = resolver
        self._turns = Turns(MAX_PER_HOST, TURN_SECONDS)
        self._cuts = cuts
        self._advises = advises
        self._closed_until: dict[str, float] = {}
        """Hosts that asked to be left alone, by the loop's clock."""
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the client."""
        self._session = aiohttp.ClientSession(
            # a connection that is kept could be used by a request that the guard never saw
            connector=aiohttp.TCPConnector(
                socket_factory=open_socket,
                force_close=True,
                limit=0,  # the turns of the hosts, and whoever fetches, are the limit
                resolver=self._resolver or SystemNames(),
            ),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_seconds),
            headers={
                "User-Agent": self._user_agent,
                "Accept": ACCEPT,
                # what we can unpack with bounded memory
                "Accept-Encoding": "gzip, deflate",
            },
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the client."""
        if self._session is not None:
            await self._session.close()

    async def fetch(self, address: str) -> Document:
        """Return what stands at the address, after redirects, unpacked.

        Raises:
            FetchError: refused, missing, too large, too slow.
            ValueError: the client is not open.
        """
        found = await self.fetch_if_changed(address, Validators())
        if isinstance(found, NotModified):
            # nothing was known: a server that says so all the same is mistaken
            raise FetchError(address, "answered 304 Not Modified", status=UNCHANGED)
        return found

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        """Return what stands at the address, unless it is what `known` came with.

        Raises:
            FetchError: as `fetch`.
            ValueError: the client is not open.
        """
        session = self._session
        if session is None:
            raise ValueError("Open the client first: async with Web() as web.")
        url = parse_address(address, address)
        try:
            async with asyncio.timeout(self._timeout_seconds) as limit:
                return await self._follow(session, Way(address, url, known, limit))
        except aiohttp.ConnectionTimeoutError as error:
            seconds = f"{self._connect_seconds:g} seconds"
            raise FetchError(address, f"did not connect within {seconds}") from error
        except TimeoutError as error:
            seconds = f"{self._timeout_seconds:g} seconds"
            raise FetchError(address, f"took longer than {seconds}") from error
        except BadEncodingError as error:
            raise FetchError(address, str(error)) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(address, _explain(error)) from error

    async def _follow(self, session: aiohttp.ClientSession, way: Way) -> Document | NotModified:
        for _ in range(self._max_redirects + 1):
            target = host_port(way.url)
            hop = Hop(target, target in self._allowed, advises=self._advises)
            current_hop.set(hop)
            async with (
                self._turn(way, hop),
                session.get(way.url, allow_redirects=False, headers=way.conditions) as response,
            ):
                if response.status not in REDIRECTS:
                    return await self._answer(way, response)
                location = response.headers.get("Location", "")
            if not location:
                raise FetchError(way.address, "redirects to nowhere")
            way.redirect(response.status, location)
        raise FetchError(way.address, f"redirects more than {self._max_redirects} times")

    @asynccontextmanager
    async def _turn(self, way: Way, hop: Hop) -> AsyncIterator[None]:
        """Wait for the host's turn, which does not count as time that the host took."""
        loop = asyncio.get_running_loop()
        left = (way.limit.when() or 0) - loop.time()
        way.limit.reschedule(None)
        async with self._turns.taken(hop.target, hurried=hop.is_allowed):
            way.limit.reschedule(loop.time() + left)
            closed = ceil(self._closed_until.get(hop.target, 0) - loop.time())
            if closed > 0:
                reason = "was not asked: its server answered that it gets too many requests"
                line = str(closed)
                raise FetchError(way.address, reason, status=TOO_MANY, retry_after=line)
            yield

    def _note_closed(self, response: aiohttp.ClientResponse) -> None:
        """Leave a whole host alone that answers 429, as long as it says."""
        now = asyncio.get_running_loop().time()
        # a date counts from the server's own clock, and not at all if it does not show that
        at = http_date(_line(response, "Date")) or datetime.max.replace(tzinfo=UTC)
        seconds = retry_seconds(_line(response, "Retry-After"), now=at)
        kept = {host: until for host, until in self._closed_until.items() if until > now}
        self._closed_until = kept | {host_port(response.url): now + seconds}

    async def _answer(self, way: Way, response: aiohttp.ClientResponse) -> Document | NotModified:
        if response.status == UNCHANGED and way.conditions:
            return NotModified(way.address, _caching(response), way.moved_to)
        if response.status == TOO_MANY:
            self._note_closed(response)
        if response.status != OK:
            reason = squeeze(response.reason or "")[:MAX_REASON_CHARS]
            raise FetchError(
                way.address,
                f"answered {response.status} {reason}".strip(),
                status=response.status,
                retry_after=_line(response, "Retry-After"),
            )
        return Document(
            way.address,
            await self._content(way.address, response),
            media_type=response.content_type if "Content-Type" in response.headers else "",
            charset=response.charset or "",
            final_address=str(response.url),
            moved_to=way.moved_to,
            validators=Validators(
                str(way.url), _line(response, "ETag"), _line(response, "Last-Modified")
            ),
            caching=_caching(response),
        )

    async def _content(self, address: str, response: aiohttp.ClientResponse) -> bytes:
        length = response.content_length
        if length is not None and length > self._max_bytes and not self._cuts:
            raise self._too_large(address)
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""))
        content = bytearray()
        async for piece in _pieces(response, unpacker):
            content += piece
            if len(content) > self._max_bytes and self._cuts:
                break
            if len(content) > self._max_bytes:
                raise self._too_large(address)
        return bytes(content[: self._max_bytes])

    def _too_large(self, address: str) -> FetchError:
        return FetchError(address, f"is larger than {self._max_bytes / 1e6:g} MB")


def user_agent(contact: str = "") -> str:
    """Return how we name ourselves to servers, with where to write to if that is given."""
    return f"Nutgraf/{__version__} (+newsroom bot{f'; {contact}' if contact else ''})"


def _caching(response: aiohttp.ClientResponse) -> Caching:
    names = ("Cache-Control", "Expires", "Date", "Age")
    return Caching(*(_line(response, name) for name in names))


def _line(response: aiohttp.ClientResponse, name: str) -> str:
    """Return the header's lines as one, or nothing if it could not be sent back as it is."""
    line = ", ".join(response.headers.getall(name, ()))
    return line if line.isascii() and line.isprintable() else ""


async def _pieces(response: aiohttp.ClientResponse, unpacker: Unpacker) -> AsyncIterator[bytes]:
    async for packed in response.content.iter_chunked(CHUNK_BYTES):
        for piece in unpacker.feed(packed):
            yield piece
    unpacker.finish()


def _explain(error: Exception) -> str:
    """Return the clause that tells an editor what went wrong on the way."""
    hop = current_hop.get()
    if hop.refusals and hop.is_metadata:
        return f"refused: {hop.refusals[0]}, which is never read"
    if hop.refusals and not hop.advises:
        return f"refused: {hop.refusals[0]}, and only public addresses are read here"
    if hop.refusals:
        how = f'allow it with allow = ["{hop.target}"] under [reading] in the settings'
        return f"refused: {hop.refusals[0]}; {how}"
    if isinstance(error, OSError) and error.errno == ECONNREFUSED:
        return "connection refused"
    host = error.host if isinstance(error, aiohttp.ClientConnectorError) else ""
    for kind, clause in CLAUSES:
        if isinstance(error, kind):
            return clause.format(host=host)
    return "the connection failed"
