"""The tables of what is remembered of threads, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, String, Table

from bot.adapters.archive.tables import metadata

thread_mode: Final = Table(
    "thread_mode",
    metadata,
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mode", String, nullable=False, comment="questions, mentions or all"),
)
"""Threads whose mode was chosen; the others answer questions."""

thread_turn: Final = Table(
    "thread_turn",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("question", String, nullable=False),
    Column("asked_at", String, nullable=False),
    Index("thread_turn_by_thread", "thread_id", "asked_at"),
)
"""The last questions of each thread."""
