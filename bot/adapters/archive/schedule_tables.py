"""The tables of schedules and their occurrences, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from bot.adapters.archive.tables import metadata

schedule: Final = Table(
    "schedule",
    metadata,
    Column("id", String, primary_key=True),
    Column("newsroom_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("timing", String, nullable=False, comment="JSON of bot.news.Timing"),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", String, nullable=False),
    Column("text", String, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("seen_until", String, nullable=False, comment="all that was due by then is recorded"),
    Column("paused_because", String, nullable=False, server_default=""),
    Column("missed", String, nullable=False, server_default="once"),
    Column("when_empty", String, nullable=False, server_default="say"),
    Column("filters", String, nullable=False, comment="JSON of bot.news.Filters"),
    Column("revision", Integer, nullable=False, comment="grows with every change of any schedule"),
    Column("target", String, nullable=False, server_default="channel"),
    Column("approvals", Integer, nullable=False, server_default="0"),
    Column("review_channel_id", BigInteger, nullable=False, server_default="0"),
    Index("schedule_by_revision", "revision"),
)

timetable_revision: Final = Table(
    "timetable_revision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
)
"""One row: the newest revision of any schedule, also of those that are gone."""

occurrence: Final = Table(
    "occurrence",
    metadata,
    Column("schedule_id", String, primary_key=True, comment="of a schedule that may be gone"),
    Column("due_at", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("claimed_by", String, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("outcome", String, nullable=False, server_default=""),
    Column("ended_at", String),
)
"""Unique for ever: rows are not deleted with their schedule. Only what was recorded ahead of its
time and not tried yet is taken back when the schedule changes."""
