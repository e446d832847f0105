"""The fake of the port `Reports`, in memory."""

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace

from bot.news import Ruling, RulingState, WrongReport


class FakeReports:
    """Reports in memory."""

    def __init__(self) -> None:
        self.kept: dict[int, Ruling] = {}

    async def add(self, report: WrongReport) -> Ruling:
        """Keep the report under the next number."""
        ruling = Ruling(len(self.kept) + 1, report)
        self.kept[ruling.id] = ruling
        return ruling

    async def find(self, report_id: int) -> Ruling | None:
        """Return the report."""
        return self.kept.get(report_id)

    async def decide(
        self,
        report_id: int,
        state: RulingState,
        *,
        instead_of: Collection[RulingState],
        by: str,
        now: datetime,
    ) -> Ruling | None:
        """Set the state."""
        known = self.kept.get(report_id)
        if known is None or known.state not in instead_of:
            return None
        self.kept[report_id] = replace(known, state=state, decided_by=by, decided_at=now)
        return self.kept[report_id]

    async def rulings(
        self, states: Collection[RulingState] = (), *, limit: int = 1000
    ) -> tuple[Ruling, ...]:
        """Return the reports, the newest first."""
        found = [r for r in self.kept.values() if not states or r.state in states]
        return tuple(reversed(found))[:limit]
