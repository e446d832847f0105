"""Adds what schedules choose and how their runs ended, and who hears of what went wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

EVERYTHING = '{"topics":[],"sources":[],"min_origins":1,"max_stories":0,"language":"","prompt":""}'


def upgrade() -> None:
    """Add the columns and make the tables; schedules that are there get the revisions 1, 2, …."""
    for name, default in (
        ("paused_because", ""),
        ("missed", "once"),
        ("when_empty", "say"),
        ("filters", EVERYTHING),
    ):
        op.add_column(
            "schedule", sa.Column(name, sa.String, nullable=False, server_default=default)
        )
    op.add_column("schedule", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE schedule SET revision = rowid")
    op.create_index("schedule_by_revision", "schedule", ["revision"])
    op.add_column("occurrence", sa.Column("outcome", sa.String, nullable=False, server_default=""))
    op.add_column("occurrence", sa.Column("ended_at", sa.String))
    op.create_table(
        "timetable_revision", sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)
    )
    op.execute("INSERT INTO timetable_revision SELECT coalesce(max(revision), 0) FROM schedule")
    _make_operations()


def _make_operations() -> None:
    op.create_table(
        "operations_channel",
        sa.Column("newsroom_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("newsroom_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("noted_at", sa.String, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
    )
    op.create_index("notice_by_newsroom", "notice", ["newsroom_id", "noted_at"])
