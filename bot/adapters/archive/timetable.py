"""Keeps schedules and their occurrences, by which it is settled once what is due."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.jobs import enqueue
from bot.adapters.archive.tables import occurrence as recorded
from bot.adapters.archive.tables import schedule as saved
from bot.news import NewJob, Occurrence, OccurrenceState, Schedule

BY_AGE: Final = (saved.c.created_at, saved.c.id)


class SqliteTimetable:
    """The port `Timetable` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_schedule(self, schedule: Schedule, *, seen_until: datetime) -> None:
        """Keep the schedule, in place of an earlier one of its id; its instants count from then."""
        row = rows.to_row(schedule) | {"seen_until": rows.to_text(seen_until)}
        kept = insert(saved).values(row).on_conflict_do_update(index_elements=["id"], set_=row)
        async with self._database.writing() as connection:
            await connection.execute(kept)

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        """Return the schedule."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(saved).where(saved.c.id == schedule_id))
            row = found.mappings().first()
        return None if row is None else _to_schedule(row)

    async def schedules(self, newsroom_id: int | None = None) -> tuple[Schedule, ...]:
        """Return all schedules, or those of one newsroom, the oldest first, then by id."""
        query = select(saved).order_by(*BY_AGE)
        if newsroom_id is not None:
            query = query.where(saved.c.newsroom_id == newsroom_id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(map(_to_schedule, found))

    async def remove_schedule(self, schedule_id: str) -> bool:
        """Forget the schedule and tell whether it was there. Its occurrences stay for ever."""
        async with self._database.writing() as connection:
            removed = await connection.execute(delete(saved).where(saved.c.id == schedule_id))
            return removed.rowcount == 1

    async def seen_until(self, schedule_id: str) -> datetime | None:
        """Return up to when what was due is recorded; `None` for an unknown schedule."""
        query = select(saved.c.seen_until).where(saved.c.id == schedule_id)
        async with self._database.reading() as connection:
            text: str | None = await connection.scalar(query)
        return None if text is None else datetime.fromisoformat(text).astimezone(UTC)

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
        """
        new = rows.to_row(Occurrence(schedule_id, due_at.astimezone(UTC), late=late))
        async with self._database.writing() as connection:
            added = await connection.execute(insert(recorded).values(new).on_conflict_do_nothing())
            if is_new := added.rowcount == 1:
                await enqueue(connection, then)
        return is_new

    async def mark_seen(self, schedule_id: str, until: datetime) -> None:
        """Note that all that was due up to the instant is recorded; never goes back."""
        text = rows.to_text(until)
        behind = (saved.c.id == schedule_id, saved.c.seen_until < text)
        seen = update(saved).where(*behind).values(seen_until=text)
        async with self._database.writing() as connection:
            await connection.execute(seen)

    async def finish_occurrence(
        self, schedule_id: str, due_at: datetime, state: OccurrenceState
    ) -> None:
        """Set the state of an occurrence.

        Raises:
            ValueError: it was never recorded.
        """
        own = (recorded.c.schedule_id == schedule_id, recorded.c.due_at == rows.to_text(due_at))
        async with self._database.writing() as connection:
            set_ = await connection.execute(update(recorded).where(*own).values(state=state))
            if not set_.rowcount:
                raise ValueError(f"Schedule {schedule_id} has no occurrence at {due_at}.")

    async def occurrences(self, schedule_id: str, since: datetime) -> tuple[Occurrence, ...]:
        """Return what was recorded as due at or after `since`, in order of time."""
        query = (
            select(recorded)
            .where(recorded.c.schedule_id == schedule_id, recorded.c.due_at >= rows.to_text(since))
            .order_by(recorded.c.due_at)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(
            rows.to_value(row, Occurrence, f"occurrence {schedule_id} of {row['due_at']}")
            for row in found
        )


def _to_schedule(row: RowMapping) -> Schedule:
    return rows.to_value(row, Schedule, f"schedule {row['id']}", json=("timing",))
