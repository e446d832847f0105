"""Keeps where articles stand, how that came about, and what editors said of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, RowMapping, bindparam, case, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.reader_tables import followed_story
from bot.adapters.archive.story_tables import (
    placement,
    placement_version,
    story_change,
    story_correction,
    story_redirect,
)
from bot.news import Placement, StoryChange, StoryCorrection, to_json

AUDITED: Final = frozenset({"merge", "split", "move"})
"""Kinds of changes that are written down; how a story starts and grows, its placements say."""


class SqliteStories:
    """The port `Stories` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def version(self) -> int:
        """Return how often `place`, and `displace` of something, have been done, by whomever."""
        async with self._database.reading() as connection:
            return int(await connection.scalar(select(placement_version.c.number)) or 0)

    async def place(
        self, placements: Sequence[Placement], changes: Sequence[StoryChange], *, now: datetime
    ) -> None:
        """Keep where articles stand by now, and what merged, split and moved, in one transaction.

        Raises:
            ArchiveError: the store cannot be written.
        """
        audited = [change for change in changes if change.kind in AUDITED]
        async with self._database.writing() as connection:
            await _count(connection)
            await _place(connection, placements)
            await _write_down(connection, audited, now)
            await _lead_on(connection, placements, audited)

    async def window(self, since: datetime) -> tuple[Placement, ...]:
        """Return what stands in stories, dated at or after `since` and with evidence, by date."""
        query = (
            select(placement)
            .where(*_recent(since))
            .order_by(placement.c.dated_at, placement.c.article_id)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(
            rows.to_value(row, Placement, f"placement of {row['article_id']}") for row in found
        )

    async def standing(self, since: datetime) -> Mapping[str, str]:
        """Return the ids of stories by those of their articles, of what `window` would return."""
        query = select(placement.c.article_id, placement.c.story_id).where(*_recent(since))
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).all()
        return {row.article_id: row.story_id for row in found}

    async def displace(self, article_ids: Collection[str]) -> None:
        """Forget where articles stand, and the evidence for it: they were withdrawn.

        Raises:
            ArchiveError: the store cannot be written.
        """
        gone = delete(placement).where(placement.c.article_id == bindparam("gone"))
        if article_ids:
            async with self._database.writing() as connection:
                await _count(connection)
                await connection.execute(gone, [{"gone": i} for i in article_ids])

    async def forget_evidence(self, before: datetime) -> None:
        """Drop the evidence of articles dated before; where they stand is kept."""
        old = (placement.c.dated_at < rows.to_text(before), placement.c.evidence != b"")
        async with self._database.writing() as connection:
            await connection.execute(update(placement).where(*old).values(evidence=b""))

    async def current_id(self, story_id: str) -> str:
        """Return the id of the story that an id leads to by now; its own if it never moved."""
        seen = {story_id}
        async with self._database.reading() as connection:
            while True:
                query = select(story_redirect.c.into_id).where(
                    story_redirect.c.story_id == story_id
                )
                into: str | None = await connection.scalar(query)
                if into is None or into in seen:
                    return story_id
                seen.add(story_id := into)

    async def changes_of(self, story_id: str) -> tuple[tuple[datetime, StoryChange], ...]:
        """Return what merged into a story, or split from it, and when; oldest first."""
        own = or_(story_change.c.story_id == story_id, story_change.c.from_id == story_id)
        query = select(story_change).where(own).order_by(story_change.c.id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple((datetime.fromisoformat(row["made_at"]), _to_change(row)) for row in found)

    async def correct(self, correction: StoryCorrection) -> None:
        """Remember what an editor said."""
        row = {"made_at": rows.to_text(correction.made_at), "content": to_json(correction)}
        async with self._database.writing() as connection:
            await connection.execute(insert(story_correction), row)

    async def corrections(self, since: datetime) -> tuple[StoryCorrection, ...]:
        """Return what editors said at or after `since`, oldest first."""
        made_at = story_correction.c.made_at
        query = (
            select(story_correction.c.content)
            .where(made_at >= rows.to_text(since))
            .order_by(made_at, story_correction.c.id)
        )
        async with self._database.reading() as connection:
            found = (await connection.scalars(query)).all()
        return tuple(msgspec.json.decode(text, type=StoryCorrection) for text in found)

    async def follow(self, story_id: str, follower: str, *, now: datetime) -> bool:
        """Remember that somebody follows a story; false if they did already."""
        row = {"story_id": story_id, "follower": follower, "since": rows.to_text(now)}
        async with self._database.writing() as connection:
            added = await connection.execute(
                insert(followed_story).values(row).on_conflict_do_nothing()
            )
            return added.rowcount == 1

    async def unfollow(self, story_id: str, follower: str) -> bool:
        """Forget that somebody follows a story; false if they did not."""
        own = (followed_story.c.story_id == story_id, followed_story.c.follower == follower)
        async with self._database.writing() as connection:
            gone = await connection.execute(delete(followed_story).where(*own))
            return gone.rowcount == 1

    async def followed_by_any(self) -> Mapping[str, datetime]:
        """Return the stories that anybody follows, and since when what comes is news to them."""
        since = func.coalesce(
            func.max(followed_story.c.told_at), func.min(followed_story.c.since)
        ).label("since")
        story_id = followed_story.c.story_id
        query = select(story_id, since).group_by(story_id).order_by(since, story_id)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).all()
        return {row.story_id: datetime.fromisoformat(row.since) for row in found}

    async def note_told(self, story_ids: Collection[str], *, now: datetime) -> None:
        """Remember that an edition told of these stories to those who follow them."""
        told = followed_story.c.story_id.in_(story_ids)
        if story_ids:
            async with self._database.writing() as connection:
                await connection.execute(
                    update(followed_story).where(told).values(told_at=rows.to_text(now))
                )

    async def followed(self, follower: str) -> Mapping[str, datetime]:
        """Return since when somebody follows stories, by their ids as they were then; in order."""
        since, story_id = followed_story.c.since, followed_story.c.story_id
        query = (
            select(story_id, since)
            .where(followed_story.c.follower == follower)
            .order_by(since, story_id)
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).all()
        return {row.story_id: datetime.fromisoformat(row.since) for row in found}


def _recent(since: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return placement.c.dated_at >= rows.to_text(since), placement.c.evidence != b""


async def _count(connection: AsyncConnection) -> None:
    number = placement_version.c.number
    await connection.execute(update(placement_version).values(number=number + 1))


async def _place(connection: AsyncConnection, placements: Sequence[Placement]) -> None:
    if not placements:
        return
    new = insert(placement)
    stays = case((new.excluded.evidence == b"", placement.c.evidence), else_=new.excluded.evidence)
    kept = new.on_conflict_do_update(
        index_elements=["article_id"],
        set_={
            "story_id": new.excluded.story_id,
            "dated_at": new.excluded.dated_at,
            "evidence": stays,
        },
    )
    await connection.execute(kept, [_to_placement_row(one) for one in placements])


async def _write_down(
    connection: AsyncConnection, audited: Sequence[StoryChange], now: datetime
) -> None:
    if audited:
        made_at = rows.to_text(now)
        await connection.execute(
            insert(story_change), [_to_change_row(change, made_at) for change in audited]
        )


async def _lead_on(
    connection: AsyncConnection, placements: Sequence[Placement], audited: Sequence[StoryChange]
) -> None:
    for change in audited:
        if change.kind == "merge":
            row = {"story_id": change.from_id, "into_id": change.story_id}
            await connection.execute(
                insert(story_redirect)
                .values(row)
                .on_conflict_do_update(index_elements=["story_id"], set_=row)
            )
    if audited:  # only then can an id that led on have come back
        living = {one.story_id for one in placements}
        await connection.execute(
            delete(story_redirect).where(story_redirect.c.story_id.in_(living))
        )


def _to_placement_row(one: Placement) -> dict[str, Any]:
    return msgspec.structs.asdict(one) | {"dated_at": rows.to_text(one.dated_at)}


def _to_change_row(change: StoryChange, made_at: str) -> dict[str, Any]:
    ids = msgspec.json.encode(change.article_ids).decode()
    return msgspec.structs.asdict(change) | {"article_ids": ids, "made_at": made_at}


def _to_change(row: RowMapping) -> StoryChange:
    return rows.to_value(row, StoryChange, f"story change {row['id']}", json=("article_ids",))
