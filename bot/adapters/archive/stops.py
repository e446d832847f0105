"""Keeps what editors stop, lays it over every text that is read, and keeps the audit of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, func, insert, or_, select, text, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import articles, purges, replies, rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.post_tables import post
from bot.adapters.archive.stop_tables import deed, stop, stopped_article, stopped_span
from bot.adapters.archive.stopped import (
    STANDS,
    is_held,
    keep_back,
    mark_words,
    settle,
    standing_orders,
)
from bot.adapters.archive.tables import article, briefing, briefing_source
from bot.errors import UnknownError
from bot.news import Article, Deed, DeedKind, Stop, StopOrder, to_json
from bot.wordings_stopped import runs

MAX_PHRASES: Final = 200
"""Rows of words that are looked for in the index at once, as one question."""
FIND: Final = text(
    "SELECT DISTINCT t.article_id FROM wording JOIN worded_text t ON t.id = wording.rowid "
    "WHERE wording MATCH :question"
)


class SqliteStops:
    """The port `Stops` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stop(self, order: StopOrder) -> Stop:
        """Keep back what is ordered, write the audit, and forget what models wrote from it.

        Raises:
            ArchiveError: the store cannot be written.
        """
        async with self._database.writing() as connection:
            for stop_id, standing in (await standing_orders(connection)).items():
                if _is_same(standing, order):
                    return await _stop_of(connection, stop_id)
            new = insert(stop).values(content=to_json(order)).returning(stop.c.id)
            stop_id = (await connection.execute(new)).scalar_one()
            if order.kind == "story":
                await keep_back(connection, _rows(stop_id, order.article_ids))
            else:
                await _mark(connection, stop_id, order)
            did: DeedKind = "kill" if order.killed else "hold"
            await write_down(connection, Deed(order.at, order.by, did, order.name, order.reason))
            stopped = await _stop_of(connection, stop_id)
            await replies.forget(connection, stopped.article_ids)
            return stopped

    async def release(self, stop_id: int, *, by: str, at: datetime, reason: str = "") -> Stop:
        """End a stop, and write the audit. What other stops keep back stays so.

        Raises:
            ArchiveError: the store cannot be written.
            UnknownError: there is none of that number that stands.
        """
        this = (stop.c.id == stop_id, stop.c.released_at.is_(None))
        async with self._database.writing() as connection:
            ended = await connection.execute(
                update(stop).where(*this).values(released_at=rows.to_text(at))
            )
            if not ended.rowcount:
                raise UnknownError(f"Nothing that is stopped has the number {stop_id}.")
            released = await _stop_of(connection, stop_id)
            await write_down(connection, Deed(at, by, "release", released.order.name, reason))
            await settle(connection, released.article_ids)
            return released

    async def standing(self) -> tuple[Stop, ...]:
        """Return the stops that stand, the newest first."""
        async with self._database.reading() as connection:
            ids = sorted(await standing_orders(connection), reverse=True)
            return tuple([await _stop_of(connection, stop_id) for stop_id in ids])

    async def join(self, places: Mapping[str, str]) -> frozenset[str]:
        """Keep back what stands in one story with what is stopped as a story.

        Raises:
            ArchiveError: the store cannot be written.
        """
        async with self._database.reading() as connection:
            if not _joining(await _stopped_stories(connection), places):
                return frozenset()
        async with self._database.writing() as connection:
            joining = _joining(await _stopped_stories(connection), places)
            for stop_id, ids in joining.items():
                await keep_back(connection, _rows(stop_id, ids))
            joined = frozenset(i for ids in joining.values() for i in ids)
            await replies.forget(connection, joined)
        return joined

    async def purge(self, article_id: str, *, by: str, at: datetime, reason: str = "") -> int:
        """Remove the texts of an article for good, and write the audit; return how many they were.

        Raises:
            ArchiveError: the store cannot be written.
            UnknownError: there is no such article, or its texts are gone already.
        """
        async with self._database.writing() as connection:
            await connection.execute(text("PRAGMA secure_delete = ON"))
            found = await purges.purge(connection, article_id, at)
            if not found:
                raise UnknownError(f"No article with a text has the id {article_id!r}.")
            await write_down(connection, Deed(at, by, "purge", f"article {article_id}", reason))
            await replies.forget(connection, [article_id])
        await purges.leave_no_trace(self._database)
        return found

    async def uncited_before(self, before: datetime, *, limit: int) -> tuple[str, ...]:
        """Return articles dated before that no briefing cites and whose texts are still there."""
        async with self._database.reading() as connection:
            return await purges.uncited_before(connection, before, limit)

    async def told_and_held(self, *, now: datetime) -> tuple[str, ...]:
        """Return the briefings with posts whose latest version tells of what is held at `now`."""
        whole = select(article.c.id).where(_may_be_held(), is_held(now))
        parts = (
            select(stopped_span.c.article_id)
            .join(stop, stop.c.id == stopped_span.c.stop_id)
            .where(STANDS)
        )
        newer = briefing.alias("newer")
        is_old = select(newer.c.id).where(
            newer.c.id == briefing_source.c.briefing_id,
            newer.c.version > briefing_source.c.version,
        )
        told = (
            select(briefing_source.c.briefing_id)
            .join(post, post.c.briefing_id == briefing_source.c.briefing_id)
            .where(briefing_source.c.article_id.in_(union(whole, parts)), ~is_old.exists())
            .distinct()
        )
        async with self._database.reading() as connection:
            return tuple(sorted(await connection.scalars(told)))

    async def embargoes_ended(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the articles whose embargo ended after `since` and not after `until`, by end."""
        end = article.c.embargoed_until
        between = (end > rows.to_text(since), end <= rows.to_text(until))
        query = select(article.c.id).where(_may_be_held(), *between).order_by(end, article.c.id)
        async with self._database.reading() as connection:
            return tuple(await connection.scalars(query))

    async def next_embargo_end(self, after: datetime) -> datetime | None:
        """Return when the next embargo ends after that instant; `None` if none does."""
        end = article.c.embargoed_until
        query = select(func.min(end)).where(_may_be_held(), end > rows.to_text(after))
        async with self._database.reading() as connection:
            found = await connection.scalar(query)
        return datetime.fromisoformat(found) if found else None

    async def audit(self, *, limit: int = 50) -> tuple[Deed, ...]:
        """Return what was done, the newest first."""
        query = select(deed).order_by(deed.c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).mappings().all()
        return tuple(rows.to_value(row, Deed, f"line {row['id']} of the audit") for row in found)


async def write_down(connection: AsyncConnection, done: Deed) -> None:
    """Add a line to the audit, inside the caller's transaction."""
    await connection.execute(insert(deed), [rows.to_row(done)])


async def _mark(connection: AsyncConnection, stop_id: int, order: StopOrder) -> None:
    found = await _with_words(connection, order)
    texts = [text for one in found.values() for text in one.revisions]
    languages = {one.id: one.language for one in found.values()}
    await mark_words(connection, texts, languages, {stop_id: order})


async def _with_words(connection: AsyncConnection, order: StopOrder) -> dict[str, Article]:
    """Return the articles that may have the words, held ones too, as they are stored."""
    phrases = sorted(f'"{" ".join(run)}"' for run in runs(order.wordings))
    ids: set[str] = set()
    for start in range(0, len(phrases), MAX_PHRASES):
        question = " OR ".join(phrases[start : start + MAX_PHRASES])
        ids.update(await connection.scalars(FIND, {"question": question}))
    return await articles.read(connection, sorted(ids))


async def _stop_of(connection: AsyncConnection, stop_id: int) -> Stop:
    row = (await connection.execute(select(stop).where(stop.c.id == stop_id))).mappings().one()
    whole = select(stopped_article.c.article_id).where(stopped_article.c.stop_id == stop_id)
    parts = select(stopped_span.c.article_id).where(stopped_span.c.stop_id == stop_id)
    ids = sorted(set(await connection.scalars(union(whole, parts))))
    with rows.damage_named(f"stop {stop_id}"):
        order = msgspec.json.decode(row["content"])
        record = {"id": stop_id, "order": order, "article_ids": ids}
        return msgspec.convert(record | {"released_at": row["released_at"]}, Stop)


def _is_same(standing: StopOrder, order: StopOrder) -> bool:
    """Tell whether what is ordered stands already, or more than that."""
    covered = set(order.article_ids) <= set(standing.article_ids)
    same = covered and standing.kind == order.kind and standing.wordings == order.wordings
    return same and standing.killed >= order.killed


async def _stopped_stories(connection: AsyncConnection) -> dict[int, set[str]]:
    """Return by stop what it keeps back as a story, while it stands."""
    stories = {n for n, o in (await standing_orders(connection)).items() if o.kind == "story"}
    found: dict[int, set[str]] = {}
    for row in await connection.execute(select(stopped_article)):
        if row.stop_id in stories:
            found.setdefault(row.stop_id, set()).add(row.article_id)
    return found


def _joining(
    stopped: Mapping[int, Collection[str]], places: Mapping[str, str]
) -> dict[int, set[str]]:
    """Return by stop the articles that stand in one story with what it keeps back."""
    joining = {}
    for stop_id, ids in stopped.items():
        stories = {places[i] for i in ids if i in places}
        if new := {i for i, story in places.items() if story in stories} - set(ids):
            joining[stop_id] = new
    return joining


def _rows(stop_id: int, article_ids: Collection[str]) -> list[dict[str, object]]:
    return [{"stop_id": stop_id, "article_id": i} for i in sorted(set(article_ids))]


def _may_be_held() -> ColumnElement[bool]:
    """Return the condition of the index of those that may be held, in its words."""
    return or_(
        article.c.stopped.is_not(None),
        article.c.withdrawn.is_not(None),
        article.c.embargoed_until.is_not(None),
    )
