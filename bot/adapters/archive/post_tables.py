"""The tables of what was posted and of who agreed to it, part of the same schema as `tables`."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from bot.adapters.archive.tables import metadata

post: Final = Table(
    "post",
    metadata,
    Column("key", String, primary_key=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("tried_at", String),
    Column("message_id", BigInteger, unique=True),
    Column("target", String, nullable=False, server_default="channel"),
    Column("messages", Integer, nullable=False, server_default="0"),
    Column("stories", String, nullable=False, server_default="[]", comment="JSON, their ids"),
    Column("first_story", Integer, nullable=False, server_default="1"),
    Column("shows", String, nullable=False, server_default="edition"),
    Column("reply_to", BigInteger),
    Index("post_by_briefing", "briefing_id"),
    Index("post_by_channel", "channel_id", "tried_at"),
)

story_thread: Final = Table(
    "story_thread",
    metadata,
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("story_id", String, nullable=False),
    UniqueConstraint("channel_id", "briefing_id", "story_id"),
)

review: Final = Table(
    "review",
    metadata,
    Column("key", String, primary_key=True, comment="of the occurrence"),
    Column("schedule_id", String, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approvals", Integer, nullable=False, comment="members who must agree"),
    Column("channel_id", BigInteger, nullable=False, comment="where they are asked"),
    Column("asked_at", String, nullable=False),
    Column("due_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("state", String, nullable=False),
)
"""Editions that wait for approval, or did."""

review_step: Final = Table(
    "review_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("action", String, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("at", String, nullable=False),
    Column("note", String, nullable=False),
    Index("review_step_by_review", "key", "id"),
    Index("review_step_by_date", "at"),
)
"""The audit of reviews. Rows are only ever added."""
