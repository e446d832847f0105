"""Keeps schedules and their occurrences, by which it is settled once what is due."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Select, delete, exists, false, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.jobs import enqueue
from bot.adapters.archive.post_tables import post, review
from bot.adapters.archive.schedule_tables import occurrence as recorded
from bot.adapters.archive.schedule_tables import schedule as saved
from bot.adapters.archive.schedule_tables import timetable_revision
from bot.delivery.outbox import occurrence_key
from bot.news import NewJob, Occurrence, OccurrenceState, Schedule
from bot.ports import Planned

BY_AGE: Final = (saved.c.created_at, saved.c.id)


class SqliteTimetable:
    """The port `Timetable` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_schedule(self, schedule: Schedule, *, seen_until: datetime) -> None:
        """Keep the schedule, in place of an earlier one of its id; its instants count from then.

        What was recorded ahead is taken back, as the port says.
        """
        row = rows.to_row(schedule) | {"seen_until": rows.to_text(seen_until)}
        async with self._database.writing() as connection:
            row["revision"] = await _next_revision(connection)
            kept = insert(saved).values(row).on_conflict_do_update(index_elements=["id"], set_=row)
            await connection.execute(kept)
            await _take_back(connection, schedule.id, after=seen_until)

    async def pause_schedule(self, schedule_id: str, *, because: str, now: datetime) -> bool:
        """Pause the schedule and tell whether it ran until now; what was recorded ahead goes."""
        runs = (saved.c.id == schedule_id, saved.c.paused == false())
        async with self._database.writing() as connection:
            revision = await _next_revision(connection)
            values = {"paused": True, "paused_because": because, "revision": revision}
            paused = await connection.execute(update(saved).where(*runs).values(values))
            await _take_back(connection, schedule_id, after=now)
            return paused.rowcount == 1

    async def changed_schedules(self, after: int, *, limit: int = 200) -> tuple[Planned, ...]:
        """Return up to `limit` schedules changed after that revision (0: all), in its order."""
        query = select(saved).where(saved.c.revision > after)
        query = query.order_by(saved.c.revision).limit(limit)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(
            Planned(_to_schedule(row), _to_instant(row["seen_until"]), row["revision"])
            for row in found
        )

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
        return None if text is None else _to_instant(text)

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
        self,
        schedule_id: str,
        due_at: datetime,
        state: OccurrenceState,
        *,
        outcome: str = "",
        at: datetime | None = None,
    ) -> None:
        """Set the state of an occurrence, why and when.

        Raises:
            ValueError: it was never recorded.
        """
        own = _is_at(schedule_id, due_at)
        values = {"state": state, "outcome": outcome, "ended_at": at and rows.to_text(at)}
        async with self._database.writing() as connection:
            set_ = await connection.execute(update(recorded).where(*own).values(values))
            if not set_.rowcount:
                raise ValueError(f"Schedule {schedule_id} has no occurrence at {due_at}.")

    async def find_occurrence(self, schedule_id: str, due_at: datetime) -> Occurrence | None:
        """Return what was recorded of that instant."""
        query = select(recorded).where(*_is_at(schedule_id, due_at))
        return next(iter(await self._occurrences(query)), None)

    async def last_occurrence(self, schedule_id: str) -> Occurrence | None:
        """Return the latest occurrence that has come to an end."""
        ended = recorded.c.state.not_in(("due", "claimed"))
        query = select(recorded).where(recorded.c.schedule_id == schedule_id, ended)
        query = query.order_by(recorded.c.due_at.desc()).limit(1)
        return next(iter(await self._occurrences(query)), None)

    async def occurrences(self, schedule_id: str, since: datetime) -> tuple[Occurrence, ...]:
        """Return what was recorded as due at or after `since`, in order of time."""
        own = (recorded.c.schedule_id == schedule_id, recorded.c.due_at >= rows.to_text(since))
        return await self._occurrences(select(recorded).where(*own).order_by(recorded.c.due_at))

    async def _occurrences(self, query: Select[Any]) -> tuple[Occurrence, ...]:
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(
            rows.to_value(row, Occurrence, f"occurrence {row['schedule_id']} of {row['due_at']}")
            for row in found
        )


async def _next_revision(connection: AsyncConnection) -> int:
    grown = update(timetable_revision).values(number=timetable_revision.c.number + 1)
    number: int = (
        await connection.execute(grown.returning(timetable_revision.c.number))
    ).scalar_one()
    return number


async def _take_back(connection: AsyncConnection, schedule_id: str, *, after: datetime) -> None:
    """Delete the occurrences after the instant, with posts (none was tried) and reviews."""
    ahead = (
        recorded.c.schedule_id == schedule_id,
        recorded.c.due_at > rows.to_text(after),
        recorded.c.state == "due",
    )
    for due_at in list(await connection.scalars(select(recorded.c.due_at).where(*ahead))):
        posts = _posts_of(schedule_id, _to_instant(due_at))
        tried = select(exists().where(*posts, post.c.tried_at.is_not(None)))
        if not await connection.scalar(tried):
            await connection.execute(delete(post).where(*posts))
            key = occurrence_key(schedule_id, _to_instant(due_at))
            await connection.execute(delete(review).where(review.c.key == key))
            own = _is_at(schedule_id, _to_instant(due_at))
            await connection.execute(delete(recorded).where(*own))


def _posts_of(schedule_id: str, due_at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of the occurrence's posts: their keys go on with a slash."""
    key = occurrence_key(schedule_id, due_at)
    return post.c.key > f"{key}/", post.c.key < f"{key}0"


def _is_at(schedule_id: str, due_at: datetime) -> tuple[ColumnElement[bool], ...]:
    return recorded.c.schedule_id == schedule_id, recorded.c.due_at == rows.to_text(due_at)


def _to_instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _to_schedule(row: RowMapping) -> Schedule:
    return rows.to_value(row, Schedule, f"schedule {row['id']}", json=("timing", "filters"))
