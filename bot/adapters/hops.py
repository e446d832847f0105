"""The way of one fetch through the web: hop by hop, and what a socket may be opened to.

The guard sits on the connecting socket, so it sees the address that is really connected to:
literals in any notation, names that change their address, and redirects all pass it.
"""

import asyncio
import socket
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from yarl import URL

from bot.adapters.addresses import METADATA_KIND, forbidden_kind
from bot.errors import FetchError
from bot.ports import Validators

PERMANENT: Final = frozenset({301, 308})
"""Redirects that are there to stay. Source: RFC 9110, section 15.4."""

MAX_ADDRESS_CHARS: Final = 4_000


@dataclass
class Hop:
    """One request on the way: where it goes, and what the guard said of it."""

    target: str
    is_allowed: bool
    refusals: list[str] = field(default_factory=list)
    is_metadata: bool = False
    advises: bool = True


@dataclass
class Way:
    """One fetch on its way: what was asked for, what was known, and how long it may take yet."""

    address: str
    url: URL
    known: Validators
    limit: asyncio.Timeout
    moved_to: str = ""
    is_permanent: bool = True

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for changes only; validators count where they were given."""
        if str(self.url) != self.known.address:
            return {}
        lines = {"If-None-Match": self.known.etag, "If-Modified-Since": self.known.last_modified}
        return {name: line for name, line in lines.items() if line}

    def redirect(self, status: int, location: str) -> None:
        """Go where an answer points to.

        Raises:
            FetchError: no address that we fetch.
        """
        self.url = parse_address(self.address, location, base=self.url)
        self.is_permanent &= status in PERMANENT
        if self.is_permanent:
            self.moved_to = str(self.url.with_fragment(None))


current_hop: ContextVar[Hop] = ContextVar("current_hop")
"""The request that a socket is opened for; the library tells the guard no more than an address."""


def parse_address(address: str, location: str, base: URL | None = None) -> URL:
    """Return the URL that is asked for, or redirected to, if it is one that we fetch.

    Raises:
        FetchError: too long, no web address, or with a password.
    """
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


def host_port(url: URL) -> str:
    """Return where the URL connects to, as an allow-list names it: "host:port"."""
    host = (url.host or "").lower()
    return f"[{host}]:{url.port}" if ":" in host else f"{host}:{url.port}"


def open_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for a connection that may be made; the library calls it for each one."""
    family, kind, protocol, _, (host, *_) = info
    hop = current_hop.get()
    forbidden = forbidden_kind(str(host))
    if forbidden and (forbidden == METADATA_KIND or not hop.is_allowed):
        # what a cloud tells this machine alone is no source, whatever the settings say
        hop.is_metadata = hop.is_metadata or forbidden == METADATA_KIND
        article = "an" if forbidden[0] in "aeiou" else "a"
        hop.refusals.append(f"{host} is {article} {forbidden} address")
        raise PermissionError(hop.refusals[-1])
    return socket.socket(family, kind, protocol)
