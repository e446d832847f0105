"""The tables of what models were asked, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table

from bot.adapters.archive.tables import metadata

model_call: Final = Table(
    "model_call",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", String, nullable=False, comment="date in the meter's time zone"),
    Column("desk", String, nullable=False),
    Column("scheduled", Boolean, nullable=False),
    Column("task", String, nullable=False),
    Column("endpoint", String, nullable=False),
    Column("model", String, nullable=False, comment="the name that was asked for"),
    Column("starts_at", String, nullable=False, comment="when it may start, after its wait"),
    Column("reserved_tokens", BigInteger, nullable=False, comment="the most it may use"),
    Column("per_million_in", BigInteger, nullable=False, comment="price, in millionths"),
    Column("per_million_out", BigInteger, nullable=False, comment="price, in millionths"),
    Column("state", String, nullable=False, comment="open, settled or lost"),
    Column("amount", BigInteger, nullable=False, comment="in millionths: set aside, then spent"),
    Column("tokens_in", BigInteger, nullable=False, comment="0 until it is settled"),
    Column("tokens_out", BigInteger, nullable=False, comment="0 until it is settled"),
    Index("model_call_by_day", "day"),
    Index("model_call_by_start", "endpoint", "starts_at"),
)
"""What is set aside for calls under way, and what calls cost. What was cancelled is deleted."""

model_reply: Final = Table(
    "model_reply",
    metadata,
    Column("key", String, primary_key=True, comment="a hash of all that the reply depends on"),
    Column("content", String, nullable=False),
    Column("model", String, nullable=False),
    Column("rung", String, nullable=False),
    Column("kept_at", String, nullable=False),
    Index("model_reply_by_date", "kept_at"),
)

model_reply_source: Final = Table(
    "model_reply_source",
    metadata,
    Column("key", String, ForeignKey("model_reply.key", ondelete="CASCADE"), primary_key=True),
    Column("article_id", String, primary_key=True),
    Index("model_reply_source_by_article", "article_id"),
    sqlite_with_rowid=False,
)
"""On which articles a reply rests: withdrawn with one of them, it is deleted."""
