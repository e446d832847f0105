"""Makes the tables of jobs, schedules with their occurrences, and posts with their threads."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _make_jobs()
    _make_schedules()
    _make_posts()


def _make_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("payload", sa.String, nullable=False),
        sa.Column("due_at", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.String),
        sa.Column("leased_until", sa.String),
        sa.Column("reason", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("job_by_key", "job", ["key", "id"])
    op.create_table(
        "dead_letter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("payload", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("buried_at", sa.String, nullable=False),
    )


def _make_schedules() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("newsroom_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("timing", sa.String, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("seen_until", sa.String, nullable=False),
    )
    op.create_table(
        "occurrence",
        sa.Column("schedule_id", sa.String, primary_key=True),
        sa.Column("due_at", sa.String, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("claimed_by", sa.String, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
    )


def _make_posts() -> None:
    op.create_table(
        "post",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("briefing_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.String),
        sa.Column("message_id", sa.BigInteger, unique=True),
    )
    op.create_table(
        "story_thread",
        sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("briefing_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("story_id", sa.String, nullable=False),
        sa.UniqueConstraint("channel_id", "briefing_id", "story_id"),
    )
