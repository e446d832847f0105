"""The tables of what editors keep back and did, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table

from bot.adapters.archive.tables import metadata

stop: Final = Table(
    "stop",
    metadata,
    Column("id", Integer, primary_key=True, comment="never given twice"),
    Column("content", String, nullable=False, comment="JSON of bot.news.StopOrder"),
    Column("released_at", String),
    sqlite_autoincrement=True,
)
"""What editors keep back, until it is released. Rows stay."""

stopped_article: Final = Table(
    "stopped_article",
    metadata,
    Column("stop_id", Integer, ForeignKey("stop.id"), primary_key=True),
    Column("article_id", String, ForeignKey("article.id"), primary_key=True),
    Index("stopped_article_by_article", "article_id"),
    sqlite_with_rowid=False,
)
"""Which articles a stop keeps back whole."""

stopped_span: Final = Table(
    "stopped_span",
    metadata,
    Column("stop_id", Integer, ForeignKey("stop.id"), primary_key=True),
    Column("article_id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("field", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.number"]),
    Index("stopped_span_by_article", "article_id"),
    sqlite_with_rowid=False,
)
"""Which words of which texts a stop keeps back; no words of them."""

deed: Final = Table(
    "deed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("did", String, nullable=False),
    Column("what", String, nullable=False),
    Column("reason", String, nullable=False),
)
"""The audit of what editors did. Rows are only ever added; triggers refuse anything else."""
