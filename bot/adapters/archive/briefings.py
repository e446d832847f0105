"""Keeps and finds briefings, inside a transaction that the caller has begun."""

from typing import Final

from msgspec.structs import replace
from sqlalchemy import RowMapping, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import articles, rows
from bot.adapters.archive.tables import briefing, briefing_source, revision
from bot.errors import ArchiveError, UnknownError
from bot.news import Dossier, Revision

MIN_PREFIX: Final = 4
"""Characters of a briefing's id that may stand for all of it."""


async def keep(connection: AsyncConnection, dossier: Dossier) -> None:
    """Insert the briefing and what it stands on, unless it is kept already, the very same.

    Raises:
        ArchiveError: another briefing of this id and version is kept.
        ValueError: the dossier holds a revision that is not stored as it stands there.
    """
    made = dossier.briefing
    kept = await _find_version(connection, made.id, made.version)
    if kept is not None and _is_same(kept, dossier):
        return
    if kept is not None:
        raise ArchiveError(f"Another briefing {made.id}, version {made.version}, is kept already.")
    await _require_stored(connection, dossier)
    await connection.execute(insert(briefing), [rows.to_briefing_row(dossier)])
    if sources := rows.to_source_rows(dossier):
        await connection.execute(insert(briefing_source), sources)


async def find(
    connection: AsyncConnection, briefing_id: str, version: int | None
) -> Dossier | None:
    """Return the briefing with its sources, the highest version if `None`.

    Raises:
        ArchiveError: what is stored of it is damaged.
        UnknownError: several ids begin with `briefing_id`.
    """
    full_id = await _full_id(connection, briefing_id)
    return await _find_version(connection, full_id, version) if full_id else None


async def _find_version(
    connection: AsyncConnection, briefing_id: str, version: int | None
) -> Dossier | None:
    query = select(briefing).where(briefing.c.id == briefing_id)
    if version is not None:
        query = query.where(briefing.c.version == version)
    found = await connection.execute(query.order_by(briefing.c.version.desc()).limit(1))
    row = found.mappings().first()
    return None if row is None else await _put_together(connection, row)


async def _put_together(connection: AsyncConnection, row: RowMapping) -> Dossier:
    own = (
        briefing_source.c.briefing_id == row["id"],
        briefing_source.c.version == row["version"],
    )
    records = select(briefing_source).where(*own).order_by(briefing_source.c.position)
    texts = select(revision).join(briefing_source).where(*own).order_by(revision.c.number)
    return rows.to_dossier(
        row,
        (await connection.execute(records)).mappings(),
        (await connection.execute(texts)).mappings(),
    )


async def _require_stored(connection: AsyncConnection, dossier: Dossier) -> None:
    found = await articles.read(connection, [cited.id for cited in dossier.articles])
    stored = {_identity(text) for one in found.values() for text in one.revisions}
    for text in (text for cited in dossier.articles for text in cited.revisions):
        if _identity(text) not in stored:
            raise ValueError(
                f"Revision {text.number} of article {text.article_id} is cited and not stored."
            )


def _is_same(kept: Dossier, dossier: Dossier) -> bool:
    """Tell whether both are the same but for the words that the archive gave out redacted."""
    if kept.briefing != dossier.briefing or len(kept.articles) != len(dossier.articles):
        return False
    return all(
        replace(a, revisions=a.revisions) == replace(b, revisions=a.revisions)
        and list(map(_identity, a.revisions)) == list(map(_identity, b.revisions))
        for a, b in zip(kept.articles, dossier.articles, strict=True)
    )


def _identity(text: Revision) -> tuple[object, ...]:
    """Return what tells a text from all others, whatever of it is redacted."""
    hashes = text.title_sha256, text.body_sha256
    return (text.article_id, text.number, *hashes, text.seen_at)


async def _full_id(connection: AsyncConnection, briefing_id: str) -> str | None:
    """Return the id that is meant, `None` when there is no such briefing."""
    if briefing_id == "latest":
        newest = (briefing.c.made_at.desc(), briefing.c.version.desc(), briefing.c.id.desc())
        latest: str | None = await connection.scalar(
            select(briefing.c.id).order_by(*newest).limit(1)
        )
        return latest
    begins = func.substr(briefing.c.id, 1, len(briefing_id)) == briefing_id
    ids = set(await connection.scalars(select(briefing.c.id).where(begins)))
    if briefing_id in ids:
        return briefing_id
    return _only(briefing_id, sorted(ids)) if len(briefing_id) >= MIN_PREFIX else None


def _only(beginning: str, ids: list[str]) -> str | None:
    if len(ids) > 1:
        raise UnknownError(
            f"{len(ids)} briefings begin with {beginning} ({', '.join(ids[:3])}…); "
            "type more of the id."
        )
    return ids[0] if ids else None
