"""Keeps what is remembered of stories' threads."""

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.post_tables import story_thread
from bot.adapters.archive.thread_tables import thread_mode, thread_turn
from bot.news import MAX_TURNS, StoryThread, ThreadMemory, ThreadMode, Turn

LATEST_FIRST = (thread_turn.c.asked_at.desc(), thread_turn.c.message_id.desc())


class SqliteThreads:
    """The port `Threads` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def memory_of(self, thread_id: int) -> ThreadMemory:
        """Return what is remembered of the thread; of an unknown one, nothing."""
        mode = select(thread_mode.c.mode).where(thread_mode.c.thread_id == thread_id)
        last = select(thread_turn).where(thread_turn.c.thread_id == thread_id)
        last = last.order_by(*LATEST_FIRST).limit(MAX_TURNS)
        async with self._database.reading() as connection:
            chosen = await connection.scalar(mode)
            found = (await connection.execute(last)).mappings().all()
        turns = [rows.to_value(row, Turn, f"question {row['message_id']}") for row in found]
        return ThreadMemory(chosen or "questions", tuple(reversed(turns)))

    async def remember(self, thread_id: int, turn: Turn) -> None:
        """Keep the question once, and forget all but the last `MAX_TURNS` of the thread."""
        row = rows.to_row(turn) | {"thread_id": thread_id}
        last = select(thread_turn.c.message_id).where(thread_turn.c.thread_id == thread_id)
        last = last.order_by(*LATEST_FIRST).limit(MAX_TURNS)
        old = delete(thread_turn).where(
            thread_turn.c.thread_id == thread_id, thread_turn.c.message_id.not_in(last)
        )
        async with self._database.writing() as connection:
            await connection.execute(insert(thread_turn).values(row).on_conflict_do_nothing())
            await connection.execute(old)

    async def set_mode(self, thread_id: int, mode: ThreadMode) -> None:
        """Keep what counts as a question in the thread."""
        row = {"thread_id": thread_id, "mode": mode}
        kept = insert(thread_mode).values(row)
        kept = kept.on_conflict_do_update(index_elements=["thread_id"], set_=row)
        async with self._database.writing() as connection:
            await connection.execute(kept)

    async def move(self, thread_id: int, new: StoryThread) -> StoryThread:
        """Put a new thread in the place of one that was deleted, with its memory."""
        there = select(story_thread).where(
            story_thread.c.channel_id == new.channel_id,
            story_thread.c.briefing_id == new.briefing_id,
            story_thread.c.story_id == new.story_id,
        )
        async with self._database.writing() as connection:
            try:
                await _move(connection, thread_id, new)
            except IntegrityError as error:
                raise ValueError(f"Thread {new.thread_id} discusses another story.") from error
            row = (await connection.execute(there)).mappings().first()
        if row is None:
            raise ValueError(f"Story {new.story_id} has no thread to move.")
        return rows.to_value(row, StoryThread, f"thread {row['thread_id']}")


async def _move(connection: AsyncConnection, thread_id: int, new: StoryThread) -> None:
    changed = rows.to_row(new)
    same_story = (
        story_thread.c.thread_id == thread_id,
        story_thread.c.channel_id == new.channel_id,
        story_thread.c.briefing_id == new.briefing_id,
        story_thread.c.story_id == new.story_id,
    )
    moved = await connection.execute(update(story_thread).where(*same_story).values(changed))
    if moved.rowcount:
        for table in (thread_mode, thread_turn):
            of_old = table.c.thread_id == thread_id
            await connection.execute(update(table).where(of_old).values(thread_id=new.thread_id))
