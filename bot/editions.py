"""Editions that are made once, however many channels have ordered the same one."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from bot.desk import Desk
from bot.news import Dossier, EditionOrder
from bot.pipeline import NOTHING
from bot.updates import Told

FRESH: Final = timedelta(minutes=2)
"""How long an edition is given to others who order the same: the time to make those of an instant.

Longer than it lies ready before it is posted; what is held since then, its posting leaves out.
"""


Key = tuple[EditionOrder, frozenset[tuple[str, datetime]]]
"""What is ordered, and what the channel was told before."""


class Editions:
    """Makes editions of one desk, and remembers for a moment what it made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: dict[Key, tuple[datetime, Dossier]] = {}
        self._making: dict[Key, asyncio.Lock] = {}

    async def make(self, order: EditionOrder, *, told: Told = NOTHING, now: datetime) -> Dossier:
        """Return the edition that is ordered, perhaps as it was made for another channel.

        Channels that were `told` the same before, or nothing, share the next.

        Raises:
            UnknownError: the desk has no sources.
        """
        key = order, frozenset(told.items())
        turn = self._making.setdefault(key, asyncio.Lock())
        async with turn:  # several who order the same wait for the first
            if key not in self._made or abs(now - self._made[key][0]) > FRESH:
                self._made[key] = now, await self._desk.edition(order, now=now, told=told)
        dossier = self._made[key][1]
        self._forget(now)
        return dossier

    def _forget(self, now: datetime) -> None:
        self._made = {k: kept for k, kept in self._made.items() if abs(now - kept[0]) <= FRESH}
        self._making = {k: turn for k, turn in self._making.items() if turn.locked()}
