"""Reads and writes how citations stand, inside a transaction that the caller has begun."""

from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.tables import citation
from bot.news import Citation

SOUND = ("stands", "unseen")
SPAN = ("article_id", "revision", "field", "start", "end")


async def read(connection: AsyncConnection, article_ids: Collection[str]) -> tuple[Citation, ...]:
    """Return the citations of the articles; of none, all that are not sound."""
    which = citation.c.article_id.in_(article_ids)
    if not article_ids:
        which = citation.c.state.not_in(SOUND)
    by_place = select(citation).where(which).order_by(*(citation.c[name] for name in SPAN))
    found = await connection.execute(by_place)
    return tuple(_to_citation(row) for row in found.mappings())


async def write(connection: AsyncConnection, citations: Sequence[Citation]) -> None:
    """Keep how the citations stand, in place of how they stood."""
    if not citations:
        return
    statement = insert(citation)
    kept = {name: statement.excluded[name] for name in ("state", "since", "read_at", "reason")}
    upsert = statement.on_conflict_do_update(index_elements=list(SPAN), set_=kept)
    await connection.execute(upsert, [_to_row(one) for one in citations])


def _to_row(one: Citation) -> rows.Row:
    row = rows.to_row(one)
    del row["span"]
    return row | msgspec.structs.asdict(one.span)


def _to_citation(row: RowMapping) -> Citation:
    record = {str(name): value for name, value in row.items()}
    span = {name: record.pop(name) for name in SPAN}
    with rows.damage_named(f"citation of article {span['article_id']}"):
        return msgspec.convert(record | {"span": span}, Citation)
