"""The memory of what members reported as wrong, and what editors decided."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.news import Ruling, RulingState, WrongReport


class Reports(Protocol):
    """Keeps reports with their rulings; nothing is ever deleted."""

    async def add(self, report: WrongReport) -> Ruling:
        """Keep a new report, open.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def find(self, report_id: int) -> Ruling | None:
        """Return the report of that number."""
        ...

    async def decide(
        self,
        report_id: int,
        state: RulingState,
        *,
        instead_of: Collection[RulingState],
        by: str,
        now: datetime,
    ) -> Ruling | None:
        """Set the state if it is one of `instead_of` by now; `None` and no change otherwise."""
        ...

    async def rulings(
        self, states: Collection[RulingState] = (), *, limit: int = 1000
    ) -> tuple[Ruling, ...]:
        """Return reports in these states, or in any, the newest first."""
        ...
