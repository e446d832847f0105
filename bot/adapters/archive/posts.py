"""Keeps what stands in which channel, and which thread discusses what."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, RowMapping, and_, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.jobs import enqueue_missing, require_claim
from bot.adapters.archive.post_tables import post, story_thread
from bot.adapters.archive.tables import briefing
from bot.delivery.compact import message_number
from bot.news import Instant, NewJob, Post, Story, StoryThread
from bot.news.posts import ANSWER
from bot.ports import Claim


class _Brief(msgspec.Struct):
    story: Story


class _Briefing(msgspec.Struct):
    """What is read of a stored briefing to know what it told: a tenth of what all of it takes."""

    made_at: Instant
    briefs: tuple[_Brief, ...]


async def keep_missing(connection: AsyncConnection, posts: Sequence[Post]) -> None:
    """Add those of the posts whose keys are new, inside the caller's transaction."""
    if posts:
        new = [rows.to_row(one) | {"stories": _to_json(one.stories)} for one in posts]
        await connection.execute(insert(post).on_conflict_do_nothing(index_elements=["key"]), new)


class SqlitePosts:
    """The port `Posts` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_post(self, key: str) -> Post | None:
        """Return the post of that key."""
        return await self._find_post(post.c.key == key)

    async def post_of_message(self, message_id: int) -> Post | None:
        """Return the post that came to stand as that message."""
        return await self._find_post(post.c.message_id == message_id)

    async def posts_of(self, occurrence: str) -> tuple[Post, ...]:
        """Return the posts of one occurrence's edition, in the order of their numbers."""
        own = (post.c.key > f"{occurrence}/", post.c.key < f"{occurrence}0")
        async with self._database.reading() as connection:
            found = (await connection.execute(select(post).where(*own))).mappings().all()
        return tuple(sorted(map(_to_post, found), key=lambda one: message_number(one.key)))

    async def last_post(self, channel_id: int) -> Post | None:
        """Return the post of a schedule that stands in the channel and was tried last."""
        there = (
            post.c.channel_id == channel_id,
            post.c.message_id.is_not(None),
            post.c.shows == "edition",
            post.c.key.not_like(f"{ANSWER}%"),
        )
        latest = select(post).where(*there).order_by(post.c.tried_at.desc(), post.c.key.desc())
        async with self._database.reading() as connection:
            row = (await connection.execute(latest.limit(1))).mappings().first()
        return None if row is None else _to_post(row)

    async def told_in(self, channel_id: int, since: datetime) -> Mapping[str, datetime]:
        """Return of which articles the channel was told, and when last, by their ids.

        Raises:
            ArchiveError: the store cannot be read, or a briefing is damaged.
        """
        there = (
            post.c.channel_id == channel_id,
            post.c.message_id.is_not(None),
            post.c.shows == "edition",
            post.c.key.not_like(f"{ANSWER}%"),
        )
        query = (
            select(post.c.stories, post.c.messages, briefing.c.id, briefing.c.content)
            .join(
                briefing,
                and_(briefing.c.id == post.c.briefing_id, briefing.c.version == post.c.version),
            )
            .where(*there, post.c.tried_at >= rows.to_text(since))
            .order_by(briefing.c.made_at)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return await asyncio.to_thread(_all_told, found)

    async def posts_of_briefing(self, briefing_id: str) -> tuple[Post, ...]:
        """Return every post of any version of the briefing, by key."""
        own = select(post).where(post.c.briefing_id == briefing_id).order_by(post.c.key)
        async with self._database.reading() as connection:
            found = (await connection.execute(own)).mappings().all()
        return tuple(map(_to_post, found))

    async def add(self, posts: Sequence[Post], *, then: Sequence[NewJob] = ()) -> None:
        """Keep those of the posts whose keys are new, and the jobs, in one transaction.

        Raises:
            ValueError: another post stands as the message of one.
        """
        async with self._database.writing() as connection:
            try:
                await keep_missing(connection, posts)
            except IntegrityError as error:
                raise ValueError("Two posts cannot stand as one message.") from error
            await enqueue_missing(connection, then)

    async def note_try(self, key: str, *, now: datetime, claim: Claim | None = None) -> Post:
        """Note that the post is about to be sent; the first instant stays. Returns the post.

        Raises:
            LeaseLostError: the claim's job is another worker's by now; nothing is changed.
            ValueError: there is no post of that key.
        """
        first = func.coalesce(post.c.tried_at, rows.to_text(now))
        tried = update(post).where(post.c.key == key).values(tried_at=first).returning(post)
        # a message that is sent and whose try a power cut took back would be sent again
        async with self._database.writing_through() as connection:
            await require_claim(connection, claim)
            row = (await connection.execute(tried)).mappings().first()
        if row is None:
            raise ValueError(f"There is no post {key}.")
        return _to_post(row)

    async def note_posted(self, key: str, *, message_id: int, claim: Claim | None = None) -> None:
        """Note as which message the post stands in its channel.

        Raises:
            LeaseLostError: the claim's job is another worker's by now; nothing is changed.
            ValueError: there is no post of that key, or another one stands as that message.
        """
        stands = update(post).where(post.c.key == key).values(message_id=message_id)
        async with self._database.writing() as connection:
            await require_claim(connection, claim)
            try:
                noted = await connection.execute(stands)
            except IntegrityError as error:
                raise ValueError(f"Message {message_id} is another post than {key}.") from error
            if not noted.rowcount:
                raise ValueError(f"There is no post {key}.")

    async def add_thread(self, thread: StoryThread) -> StoryThread:
        """Note a thread; if the story of that briefing and channel has one already, return that.

        Raises:
            ValueError: the thread discusses another story.
        """
        new = insert(story_thread).values(rows.to_row(thread)).on_conflict_do_nothing()
        story = _of_story(thread.channel_id, thread.briefing_id, thread.story_id)
        async with self._database.writing() as connection:
            await connection.execute(new)
            kept = await connection.execute(select(story_thread).where(*story))
            row = kept.mappings().first()
        if row is None:
            raise ValueError(f"Thread {thread.thread_id} discusses another story.")
        return _to_thread(row)

    async def find_thread(self, thread_id: int) -> StoryThread | None:
        """Return what is discussed in the thread."""
        return await self._find_thread(story_thread.c.thread_id == thread_id)

    async def thread_of_story(
        self, channel_id: int, briefing_id: str, story_id: str
    ) -> StoryThread | None:
        """Return the thread that discusses the story of that briefing in the channel."""
        return await self._find_thread(*_of_story(channel_id, briefing_id, story_id))

    async def threads_of_story(self, briefing_id: str, story_id: str) -> tuple[StoryThread, ...]:
        """Return the threads that discuss the story of that briefing, in whatever channel."""
        mine = (story_thread.c.briefing_id == briefing_id, story_thread.c.story_id == story_id)
        query = select(story_thread).where(*mine).order_by(story_thread.c.thread_id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(map(_to_thread, found))

    async def _find_post(self, which: ColumnElement[bool]) -> Post | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(post).where(which))).mappings().first()
        return None if row is None else _to_post(row)

    async def _find_thread(self, *which: ColumnElement[bool]) -> StoryThread | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(story_thread).where(*which))).mappings().first()
        return None if row is None else _to_thread(row)


def _of_story(channel_id: int, briefing_id: str, story_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        story_thread.c.channel_id == channel_id,
        story_thread.c.briefing_id == briefing_id,
        story_thread.c.story_id == story_id,
    )


def _all_told(found: Iterable[RowMapping]) -> dict[str, datetime]:
    """Return what the posts told, in their order; a channel's briefings have megabytes together."""
    told: dict[str, datetime] = {}
    for row in found:
        told |= _told(row)
    return told


def _told(row: RowMapping) -> dict[str, datetime]:
    """Return the articles of the stories that the post told; an old post told its whole edition."""
    with rows.damage_named(f"briefing {row['id']}"):
        made = msgspec.json.decode(row["content"], type=_Briefing)
    own = msgspec.json.decode(row["stories"], type=tuple[str, ...])
    stories = [b.story for b in made.briefs if b.story.id in own or not row["messages"]]
    return {i: made.made_at for story in stories for i in story.article_ids}


def _to_post(row: RowMapping) -> Post:
    return rows.to_value(row, Post, f"post {row['key']}", json=("stories",))


def _to_thread(row: RowMapping) -> StoryThread:
    return rows.to_value(row, StoryThread, f"thread {row['thread_id']}")


def _to_json(ids: Sequence[str]) -> str:
    return msgspec.json.encode(ids).decode()
