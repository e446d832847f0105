"""The truth about schedules and what of them was due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.news import NewJob, Occurrence, OccurrenceState, Schedule


@dataclass(frozen=True)
class Planned:
    """A schedule as it is kept: up to when what was due is recorded, and its revision.

    Each change of any schedule has a greater revision than all before it.
    """

    schedule: Schedule
    seen_until: datetime
    revision: int


class Timetable(Protocol):
    """Keeps schedules and their occurrences; the truth about what is due and who has it.

    Several processes may use one timetable at the same time.
    """

    async def save_schedule(self, schedule: Schedule, *, seen_until: datetime) -> None:
        """Keep the schedule, in place of an earlier one of its id.

        From `seen_until` on its instants count, so that a changed or resumed schedule does not make
        up for hours that it had not or slept through. Record what is due before you save. What was
        recorded ahead, for instants after `seen_until`, is taken back with the posts made for it,
        unless one of them was tried already.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def pause_schedule(self, schedule_id: str, *, because: str, now: datetime) -> bool:
        """Pause the schedule and tell whether it ran until now; what was recorded ahead goes.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def changed_schedules(self, after: int, *, limit: int = 200) -> tuple[Planned, ...]:
        """Return up to `limit` schedules changed after that revision (0: all), in its order."""
        ...

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        """Return the schedule."""
        ...

    async def schedules(self, newsroom_id: int | None = None) -> tuple[Schedule, ...]:
        """Return all schedules, or those of one newsroom, the oldest first; paused ones too."""
        ...

    async def remove_schedule(self, schedule_id: str) -> bool:
        """Forget the schedule and tell whether it was there. Its occurrences stay for ever."""
        ...

    async def seen_until(self, schedule_id: str) -> datetime | None:
        """Return up to when what was due is recorded; `None` for an unknown schedule."""
        ...

    async def record_due(
        self,
        schedule_id: str,
        due_at: datetime,
        *,
        late: bool = False,
        then: Sequence[NewJob] = (),
    ) -> bool:
        """Add the occurrence with state `due` and enqueue its jobs, in one transaction.

        False, and no change, if it was ever recorded: one occurrence, one set of jobs.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def mark_seen(self, schedule_id: str, until: datetime) -> None:
        """Note that all that was due up to the instant is recorded; never goes back.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def finish_occurrence(
        self,
        schedule_id: str,
        due_at: datetime,
        state: OccurrenceState,
        *,
        outcome: str = "",
        at: datetime | None = None,
    ) -> None:
        """Set the state of an occurrence (`posted`, `quiet`, `skipped`, `failed`), why and when.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: the occurrence was never recorded.
        """
        ...

    async def find_occurrence(self, schedule_id: str, due_at: datetime) -> Occurrence | None:
        """Return what was recorded of that instant."""
        ...

    async def last_occurrence(self, schedule_id: str) -> Occurrence | None:
        """Return the latest occurrence that has come to an end."""
        ...

    async def occurrences(self, schedule_id: str, since: datetime) -> tuple[Occurrence, ...]:
        """Return what was recorded as due at or after `since`, in order of time."""
        ...
