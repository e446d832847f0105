"""Lets requests to one host take turns: a few at once, and not one upon the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Gives each host a number of turns, which come free again some time after they were taken.

    Args:
        at_once: turns of one host.
        seconds: the least time from taking a turn until it can be taken again.
    """

    def __init__(self, at_once: int, seconds: float) -> None:
        self._at_once = at_once
        self._seconds = seconds
        self._hosts: dict[str, tuple[asyncio.Semaphore, int]] = {}
        """With the number of those that have a turn or wait for one; nobody's host is forgotten."""

    @asynccontextmanager
    async def taken(self, host: str, *, hurried: bool = False) -> AsyncIterator[None]:
        """Wait for a turn and hold it during the block; if `hurried` it is free at its end."""
        turn, users = self._hosts.get(host, (asyncio.Semaphore(self._at_once), 0))
        self._hosts[host] = (turn, users + 1)
        try:
            await turn.acquire()
        except asyncio.CancelledError:
            self._leave(host)
            raise
        loop = asyncio.get_running_loop()
        free_at = loop.time() + (0 if hurried else self._seconds)
        try:
            yield
        finally:
            if free_at > loop.time():
                loop.call_at(free_at, self._give_back, host)
            else:
                self._give_back(host)

    def _give_back(self, host: str) -> None:
        turn, _ = self._hosts[host]
        turn.release()
        self._leave(host)

    def _leave(self, host: str) -> None:
        turn, users = self._hosts[host]
        if users > 1:
            self._hosts[host] = (turn, users - 1)
        else:
            del self._hosts[host]
