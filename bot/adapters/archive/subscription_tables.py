"""The tables of what the newsroom reads, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from bot.adapters.archive.tables import metadata

subscription: Final = Table(
    "subscription",
    metadata,
    Column("id", Integer, primary_key=True, comment="in the order in which they came"),
    Column("address", String, nullable=False, unique=True),
    Column("added_at", String, nullable=False),
    Column("outlet", String, nullable=False),
    Column("publisher", String, nullable=False),
    Column("folder", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("paused_in_settings", Boolean, nullable=False),
    Column("poll", String, nullable=False, comment="JSON of bot.news.PollState"),
    Column("next_at", String, comment="of the poll state; null means at once"),
    Column("gone", Boolean, nullable=False, comment="of the poll state"),
    Index("subscription_by_next", "next_at"),
)
"""What the newsroom reads; beside how its polls went stands what is asked of it: when it is due."""

push: Final = Table(
    "push",
    metadata,
    Column("signature", String, primary_key=True),
    Column("until", String, nullable=False, comment="after this instant its message is too old"),
)
"""Signed messages that came and could come again. Rows that need not be kept go with the next."""

dropped_file: Final = Table(
    "dropped_file",
    metadata,
    Column("folder", String, primary_key=True),
    Column("key", String, primary_key=True, comment="of the file's name, which may be no text"),
    Column("stamp", String, nullable=False, comment="how the file stood when it was read"),
    Column("name", String, nullable=False, comment="as it can be printed"),
    Column("reason", String, nullable=False, comment="why it could not be read; or empty"),
    Column("noted_at", String, nullable=False),
    Index("dropped_file_by_date", "noted_at"),
)
