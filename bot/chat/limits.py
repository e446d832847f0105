"""How often a member may ask for what is costly: a sliding window for each, kept in memory.

A restart forgets who asked; nothing that a member can cause restarts us. Chiefs are counted too:
what is costly is so whoever asks.
"""

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from bot.chat.texts import door as texts
from bot.delivery.phrases import count
from bot.errors import OftenError


@dataclass(frozen=True)
class Limit:
    """So many times within the time."""

    times: int
    within: timedelta


MINUTE: Final = timedelta(minutes=1)
BRIEFINGS: Final = Limit(20, 10 * MINUTE)
"""Reads what is due, groups a day and may ask a model for each story: seconds of work."""
ANSWERS: Final = Limit(30, 10 * MINUTE)
"""Searches the archive, and may ask a model once."""
FETCHES: Final = Limit(15, 10 * MINUTE)
"""Reads addresses that the member names, from our own address."""
SEARCHES: Final = Limit(60, 10 * MINUTE)
"""Searches the archive for each page that is turned."""
EXPORTS: Final = Limit(10, 10 * MINUTE)
"""Uploads files."""
LIMITS: Final[Mapping[str, Limit]] = {
    "brief": BRIEFINGS,
    "story": BRIEFINGS,
    "quotes": BRIEFINGS,
    "schedule preview": BRIEFINGS,
    "schedule run": BRIEFINGS,
    "setup preview": BRIEFINGS,
    "ask": ANSWERS,
    "question": ANSWERS,
    "search": SEARCHES,
    "Check quotes": ANSWERS,
    "link": FETCHES,
    "sources add": FETCHES,
    "sources test": FETCHES,
    "sources import": FETCHES,
    "export": EXPORTS,
    "sources export": EXPORTS,
}
"""From a key of `RIGHTS` to how often a member may do it.

Somebody who works through a morning stays far below; a script or a stuck finger does not.
"""
REMEMBERED: Final = 10_000
"""Members and commands that are kept in memory; those that were idle longest are forgotten."""


class Limits:
    """Counts what members do."""

    def __init__(self, limits: Mapping[str, Limit] = LIMITS) -> None:
        self._limits = limits
        self._asked: OrderedDict[tuple[int, str], deque[datetime]] = OrderedDict()

    def count(self, member_id: int, doing: str, *, now: datetime) -> None:
        """Count that the member does it now.

        Raises:
            OftenError: they did so too often; this time is not counted.
        """
        limit = self._limits.get(doing)
        if limit is None:
            return
        asked = self._asked.setdefault((member_id, doing), deque())
        self._asked.move_to_end((member_id, doing))
        while asked and asked[0] <= now - limit.within:
            asked.popleft()
        if len(asked) >= limit.times:
            raise _too_often(limit, asked[0] + limit.within - now)
        asked.append(now)
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)


def _too_often(limit: Limit, wait: timedelta) -> OftenError:
    seconds = ceil(wait.total_seconds())
    said = count(seconds, "second") if wait < MINUTE else count(ceil(wait / MINUTE), "minute")
    minutes = limit.within // MINUTE
    return OftenError(texts.OFTEN.format(count=limit.times, minutes=minutes, wait=said))
