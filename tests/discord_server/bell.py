"""Lets a test wait until something has happened in the server, without sleeping and asking."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung whenever something in the server changes."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait, so that they look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, look: Callable[[], T], what: str, seconds: float) -> T:
        """Return what `look` finds as soon as it is true.

        Raises:
            TimeoutError: it was not so within this many real seconds; the message says `what`.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (found := look()):
                    await self._rung.wait()
                return found
        except TimeoutError:
            raise TimeoutError(f"waited {seconds} s in vain: {what}") from None
