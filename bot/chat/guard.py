"""Stands before every request to Discord: its rate over all routes, and whether it may be sent.

discord.py sends a request again by itself after a fault of Discord's. For a message that has a
nonce that is harmless within the nonce's window; a post of a forum would stand there twice. So a
guarded request goes out once, and what failed is the job's to try again: it looks first.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Final

import aiohttp

from bot.errors import DeliveryError, LeaseLostError

REQUESTS_PER_SECOND: Final = 45.0
"""Over all routes. Discord takes 50 of a bot (API, "Rate Limits", Global Rate Limit); a few are
left to `nutgraf schedule` in a shell. One process posts: it holds the archive alone.
"""
OWN_LIMIT: Final = ("/interactions/", "/webhooks/")
"""Requests that do not count. Source: the same."""
TOO_MANY: Final = 429


@dataclass
class _Once:
    may_send: Callable[[], bool]
    went_out: bool = False


_once: ContextVar[_Once | None] = ContextVar("_once", default=None)


@contextmanager
def sent_once(may_send: Callable[[], bool]) -> Iterator[None]:
    """Let one request out within this context, if it may be sent when its turn comes.

    Raises:
        LeaseLostError: it may not any more; nothing was sent.
        DeliveryError: it was sent, and discord.py wanted to send it again.
    """
    token = _once.set(_Once(may_send))
    try:
        yield
    finally:
        _once.reset(token)


class Guard:
    """The requests of one client.

    Args:
        per_second: how many may begin in a second.
    """

    def __init__(self, per_second: float = REQUESTS_PER_SECOND) -> None:
        self._interval = 1 / per_second
        self._next_at = 0.0
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_start.append(self._on_start)
        self.trace.on_request_end.append(self._on_end)

    async def _on_start(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        if not any(part in request.url.path for part in OWN_LIMIT):
            await self._wait_for_turn()
        once = _once.get()
        if once is None:
            return
        if once.went_out:
            raise DeliveryError("Discord did not take the post at once.")
        if not once.may_send():
            raise LeaseLostError
        once.went_out = True

    async def _on_end(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        once = _once.get()
        if once and request.response.status == TOO_MANY:  # it was not taken: it may go out again
            once.went_out = False

    async def _wait_for_turn(self) -> None:
        now = asyncio.get_running_loop().time()
        turn = max(self._next_at, now)
        self._next_at = turn + self._interval
        if turn > now:
            await asyncio.sleep(turn - now)
