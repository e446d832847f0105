"""Fetches web addresses with aiohttp: public hosts only, within limits of time, size and redirects.

The guard sits on the connecting socket, so it sees the address that is really connected to:
literals in any notation, names that change their address, and redirects all pass it.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from errno import ECONNREFUSED
from types import TracebackType
from typing import Any, Final, Self

import aiohttp
from yarl import URL

from bot import __version__
from bot.adapters.addresses import forbidden_kind
from bot.adapters.unpacking import BadEncodingError, Unpacker
from bot.errors import FetchError
from bot.ports import Document
from bot.text import squeeze

USER_AGENT: Final = f"Nutgraf/{__version__} (+newsroom bot)"
ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5"
)
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MAX_PER_HOST: Final = 2
"""Connections to one host at once: outlets take more for an attack."""
MAX_HEADER_BYTES: Final = 65_536
"""Some outlets' security headers are longer than the 8 kB that the library allows."""
CHUNK_BYTES: Final = 65_536
MAX_ADDRESS_CHARS: Final = 4_000
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


@dataclass
class _Hop:
    """One request on the way: where it goes, and what the guard said of it."""

    target: str
    is_allowed: bool
    refusals: list[str] = field(default_factory=list)


_hop: ContextVar[_Hop] = ContextVar("_hop")
"""The request that a socket is opened for; the library tells the guard no more than an address."""


class Web:
    """Fetches http and https addresses. An async context manager; safe for many fetches at once.

    Args:
        allowed: hosts that may be read though they are not public, each exactly as "host:port".
        timeout_seconds: longest time for one address, redirects included.
        connect_seconds: longest time for one connection.
        max_bytes: largest document, unpacked.
        max_redirects: longest chain of redirects.
    """

    def __init__(
        self,
        *,
        allowed: frozenset[str] = frozenset(),
        timeout_seconds: float = 20,
        connect_seconds: float = 10,
        max_bytes: int = 20_000_000,
        max_redirects: int = 5,
    ) -> None:
        self._allowed = frozenset(entry.lower() for entry in allowed)
        self._timeout_seconds = timeout_seconds
        self._connect_seconds = connect_seconds
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the client."""
        self._session = aiohttp.ClientSession(
            # a connection that is kept could be used by a request that the guard never saw
            connector=aiohttp.TCPConnector(
                socket_factory=_open_socket, force_close=True, limit_per_host=MAX_PER_HOST
            ),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_seconds),
            headers={
                "User-Agent": USER_AGENT,
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
        session = self._session
        if session is None:
            raise ValueError("Open the client first: async with Web() as web.")
        url = _parse(address, address)
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._follow(session, address, url)
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

    async def _follow(self, session: aiohttp.ClientSession, address: str, url: URL) -> Document:
        for _ in range(self._max_redirects + 1):
            hop = _Hop(_target(url), _target(url) in self._allowed)
            _hop.set(hop)
            async with session.get(url, allow_redirects=False) as response:
                if response.status not in REDIRECTS:
                    return await self._document(address, response)
                location = response.headers.get("Location", "")
            if not location:
                raise FetchError(address, "redirects to nowhere")
            url = _parse(address, location, base=url)
        raise FetchError(address, f"redirects more than {self._max_redirects} times")

    async def _document(self, address: str, response: aiohttp.ClientResponse) -> Document:
        if response.status != 200:  # noqa: PLR2004 - the number that everybody knows
            reason = squeeze(response.reason or "")[:MAX_REASON_CHARS]
            answer = f"answered {response.status} {reason}".strip()
            raise FetchError(address, answer, status=response.status)
        length = response.content_length
        if length is not None and length > self._max_bytes:
            raise self._too_large(address)
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""))
        content = bytearray()
        async for piece in _pieces(response, unpacker):
            content += piece
            if len(content) > self._max_bytes:
                raise self._too_large(address)
        return Document(
            address,
            bytes(content),
            media_type=response.content_type if "Content-Type" in response.headers else "",
            charset=response.charset or "",
            final_address=str(response.url),
        )

    def _too_large(self, address: str) -> FetchError:
        return FetchError(address, f"is larger than {self._max_bytes / 1e6:g} MB")


async def _pieces(response: aiohttp.ClientResponse, unpacker: Unpacker) -> AsyncIterator[bytes]:
    async for packed in response.content.iter_chunked(CHUNK_BYTES):
        for piece in unpacker.feed(packed):
            yield piece
    unpacker.finish()


def _parse(address: str, location: str, base: URL | None = None) -> URL:
    """Return the URL that is asked for, or redirected to, if it is one that we fetch."""
    if len(location) > MAX_ADDRESS_CHARS:
        raise FetchError(address, "is too long for a web address")
    try:
        url = base.join(URL(location)) if base else URL(location)
        host = url.host
    except ValueError as error:
        raise FetchError(address, "is not a valid web address") from error
    where = f"redirects to “{url.human_repr()[:200]}”, which" if base else "which"
    if url.scheme not in {"http", "https"}:
        raise FetchError(address, f"{where} is no http or https address".removeprefix("which "))
    if not host or url.port is None:
        raise FetchError(address, f"{where} is not a valid web address".removeprefix("which "))
    if url.user is not None or url.password is not None:
        reason = f"{where} carries a user name or password; such addresses are not fetched"
        raise FetchError(address, reason.removeprefix("which "))
    return url


def _target(url: URL) -> str:
    host = (url.host or "").lower()
    return f"[{host}]:{url.port}" if ":" in host else f"{host}:{url.port}"


def _open_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for a connection that may be made; the library calls it for each one."""
    family, kind, protocol, _, (host, *_) = info
    hop = _hop.get()
    forbidden = forbidden_kind(str(host))
    if forbidden and not hop.is_allowed:
        article = "an" if forbidden[0] in "aeiou" else "a"
        hop.refusals.append(f"{host} is {article} {forbidden} address")
        raise PermissionError(hop.refusals[-1])
    return socket.socket(family, kind, protocol)


def _explain(error: Exception) -> str:
    """Return the clause that tells an editor what went wrong on the way."""
    hop = _hop.get()
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
