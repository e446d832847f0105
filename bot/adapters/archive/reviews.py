"""Keeps editions that wait for approval, and every step that was taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace
from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.jobs import enqueue
from bot.adapters.archive.post_tables import review as kept
from bot.adapters.archive.post_tables import review_step as taken
from bot.approvals import OPEN, after_edit, after_step
from bot.errors import UnknownError
from bot.news import NewJob, Review, ReviewStep

NOBODY: Final = 0


class SqliteReviews:
    """The port `Reviews` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, review: Review, *, then: Sequence[NewJob] = ()) -> bool:
        """Keep a new review with its first step and enqueue its jobs, in one transaction."""
        new = insert(kept).values(rows.to_row(review)).on_conflict_do_nothing()
        first = ReviewStep(
            review.key, "asked", review.briefing_id, review.version, NOBODY, review.asked_at
        )
        async with self._database.writing() as connection:
            if is_new := (await connection.execute(new)).rowcount == 1:
                await connection.execute(insert(taken).values(rows.to_row(first)))
                await enqueue(connection, then)
        return is_new

    async def find_review(self, key: str) -> Review | None:
        """Return the review of that occurrence."""
        async with self._database.reading() as connection:
            return await _find(connection, key)

    async def open_review_of(self, briefing_id: str) -> Review | None:
        """Return the review in which members can still decide on any version of the briefing."""
        own = select(kept).where(kept.c.briefing_id == briefing_id, kept.c.state.in_(OPEN))
        async with self._database.reading() as connection:
            row = (await connection.execute(own)).mappings().first()
        return None if row is None else rows.to_value(row, Review, f"review {row['key']}")

    async def steps(self, key: str) -> tuple[ReviewStep, ...]:
        """Return what was done to the review, oldest first."""
        async with self._database.reading() as connection:
            return await _steps(connection, key)

    async def steps_since(self, since: datetime) -> tuple[ReviewStep, ...]:
        """Return what was done to any review at or after `since`, oldest first."""
        query = select(taken).where(taken.c.at >= rows.to_text(since)).order_by(taken.c.id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(map(_to_step, found))

    async def decide(self, step: ReviewStep, *, then: Sequence[NewJob] = ()) -> Review:
        """Take a member's step, and enqueue the jobs if with it the edition becomes approved."""
        async with self._database.writing() as connection:
            before = await _require(connection, step.key)
            after = after_step(before, await _steps(connection, step.key), step)
            await _keep(connection, after, step)
            if after.state == "approved":
                await enqueue(connection, then)
        return after

    async def edit(self, step: ReviewStep, *, then: Sequence[NewJob] = ()) -> Review:
        """Take the step that made the next version, and enqueue its jobs."""
        async with self._database.writing() as connection:
            after = after_edit(await _require(connection, step.key), step)
            await _keep(connection, after, step)
            await enqueue(connection, then)
        return after

    async def note(self, step: ReviewStep, *, ends: bool = False) -> bool:
        """Note a step of the bot's own, once, while the review has not ended."""
        async with self._database.writing() as connection:
            before = await _find(connection, step.key)
            if before is None or before.state not in OPEN:
                return False
            if any(s.action == step.action for s in await _steps(connection, step.key)):
                return False
            after = replace(before, state="expired") if ends else before
            await _keep(connection, after, step)
        return True

    async def note_posted(self, key: str) -> bool:
        """End an approved review as posted."""
        ends = update(kept).where(kept.c.key == key, kept.c.state == "approved")
        async with self._database.writing() as connection:
            ended = await connection.execute(ends.values(state="posted"))
            return ended.rowcount == 1


async def _keep(connection: AsyncConnection, after: Review, step: ReviewStep) -> None:
    row = rows.to_row(after)
    await connection.execute(update(kept).where(kept.c.key == after.key).values(row))
    await connection.execute(insert(taken).values(rows.to_row(step)))


async def _require(connection: AsyncConnection, key: str) -> Review:
    found = await _find(connection, key)
    if found is None:
        raise UnknownError("This edition is not waiting for approval any more.")
    return found


async def _find(connection: AsyncConnection, key: str) -> Review | None:
    found = await connection.execute(select(kept).where(kept.c.key == key))
    row = found.mappings().first()
    return None if row is None else rows.to_value(row, Review, f"review {key}")


async def _steps(connection: AsyncConnection, key: str) -> tuple[ReviewStep, ...]:
    query = select(taken).where(taken.c.key == key).order_by(taken.c.id)
    return tuple(map(_to_step, (await connection.execute(query)).mappings().all()))


def _to_step(row: RowMapping) -> ReviewStep:
    return rows.to_value(row, ReviewStep, f"step of review {row['key']}")
