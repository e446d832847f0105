"""The table of what was asked of the archive, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import Column, Index, String, Table

from bot.adapters.archive.tables import metadata

query: Final = Table(
    "query",
    metadata,
    Column("key", String, primary_key=True),
    Column("words", String, nullable=False),
    Column("asked_at", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("speaker", String, nullable=False),
    Index("query_by_date", "asked_at", "key"),
)
