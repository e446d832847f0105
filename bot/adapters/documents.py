"""Fetches from wherever an address points: the web, a file, or standard input."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from bot.adapters.files import Files
from bot.adapters.robots import MAX_BYTES, SiteRobots
from bot.errors import FetchError
from bot.news import is_web
from bot.ports import Document, Documents, NotModified, Validators


class AnyDocuments:
    """Addresses that start with http or https are fetched from the web, all others are files.

    The web client is imported and opened when the first web address comes, so that a desk which
    reads files only does not wait for it.

    Args:
        max_bytes: largest document, unpacked.
        timeout_seconds: longest time for one web address.
        allowed: private addresses that may be read, each as "host:port".
        contact: where whoever minds being read can write to.
        advises: a refusal says how the settings allow the address.
    """

    def __init__(
        self,
        *,
        max_bytes: int,
        timeout_seconds: float,
        allowed: frozenset[str],
        contact: str = "",
        advises: bool = True,
    ) -> None:
        self._files = Files(max_bytes=max_bytes)
        self._limits = (max_bytes, timeout_seconds, allowed, contact)
        self._advises = advises
        self._web: Documents | None = None
        self._robots_web: Documents | None = None
        self.robots = SiteRobots(self._fetch_robots)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Open nothing yet."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the web client if there is one."""
        await self._stack.aclose()

    async def fetch(self, address: str) -> Document:
        """Return what stands at the address.

        Raises:
            FetchError: missing, refused, too large, too slow.
        """
        if is_web(address):
            return await (await self._opened()).fetch(address)
        if "://" in address or not address:
            raise FetchError(address, "is neither a path nor an http or https address")
        return await self._files.fetch(address)

    async def fetch_if_changed(self, address: str, known: Validators) -> Document | NotModified:
        """Return what stands at the address, unless it is what `known` came with; files always.

        Raises:
            FetchError: as `fetch`.
        """
        if is_web(address):
            return await (await self._opened()).fetch_if_changed(address, known)
        return await self.fetch(address)

    async def _opened(self) -> Documents:
        if self._web is None:
            self._web = await self._open_web(self._limits[0])
        return self._web

    async def _fetch_robots(self, address: str) -> Document:
        if self._robots_web is None:
            self._robots_web = await self._open_web(MAX_BYTES, cuts=True)
        return await self._robots_web.fetch(address)

    async def _open_web(self, max_bytes: int, *, cuts: bool = False) -> Documents:
        from bot.adapters.web import Web  # noqa: PLC0415 - aiohttp takes 0.1 s to import

        _, timeout_seconds, allowed, contact = self._limits
        return await self._stack.enter_async_context(
            Web(
                max_bytes=max_bytes,
                timeout_seconds=timeout_seconds,
                allowed=allowed,
                contact=contact,
                cuts=cuts,
                advises=self._advises,
            )
        )
