"""Editions that are made once, however many channels have ordered the same one."""

from datetime import datetime, timedelta
from typing import Final

from bot.desk import Desk
from bot.news import Dossier, EditionOrder

FRESH: Final = timedelta(minutes=2)
"""How long an edition is given to others who order the same: the time to make those of an instant.

Longer than it lies ready before it is posted; what is held since then, its posting leaves out.
"""


class Editions:
    """Makes editions of one desk, and remembers for a moment what it made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: dict[EditionOrder, tuple[datetime, Dossier]] = {}

    async def make(self, order: EditionOrder, *, now: datetime) -> Dossier:
        """Return the edition that is ordered, perhaps as it was made for another channel.

        Raises:
            UnknownError: the desk has no sources.
        """
        made = {o: found for o, found in self._made.items() if abs(now - found[0]) <= FRESH}
        if order not in made:
            made[order] = now, await self._desk.edition(order, now=now)
        self._made = made
        return made[order][1]
