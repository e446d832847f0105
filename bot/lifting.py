"""Lifts embargoes on the minute: what may be told from now on is placed in its story at once."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.ports import Stops
from bot.tools import Tools

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
"""How often is looked at the latest: clocks are set, and embargoes come and change."""
LEAST_SECONDS: Final = 0.01


@dataclass
class Lifter:
    """Finds the embargoes that ended since it last looked.

    That a text is held is asked of the clock wherever it is read, so nothing is told too early if
    this comes late or never. After a start all that ended in the window is looked at again: to
    place what stands in its story already changes nothing.

    Args:
        tools: the placer, and where articles lie.
        stops: knows which embargoes end when.
        window: how far back stories are told.
    """

    tools: Tools
    stops: Stops
    window: timedelta
    _looked_at: datetime | None = None

    async def step(self, *, now: datetime) -> float:
        """Place what was lifted, and return in how many seconds to look again: at the next end.

        Raises:
            ArchiveError: the store cannot be read; what was lifted is found with the next step.
        """
        since = min(self._looked_at or now - self.window, now)
        ids = await self.stops.embargoes_ended(since, now)
        found = [await self.tools.archive.find_article(i) for i in ids]
        lifted = [a for a in found if a and not a.is_held(now)]
        if lifted and self.tools.placer:
            await self.tools.placer.arrive(lifted, now=now)
        if self._looked_at and lifted:
            log.info("embargoes lifted", extra={"articles": len(lifted)})
        self._looked_at = now
        end = await self.stops.next_embargo_end(now)
        wait = (end - now).total_seconds() if end else LOOK_SECONDS
        return max(LEAST_SECONDS, min(wait, LOOK_SECONDS))
