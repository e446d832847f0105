"""Adds editions that wait for approval, with the audit of what was done to them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"


def upgrade() -> None:
    """Make the tables; schedules that are there ask nobody."""
    for name, kind in (("approvals", sa.Integer), ("review_channel_id", sa.BigInteger)):
        op.add_column("schedule", sa.Column(name, kind, nullable=False, server_default="0"))
    op.create_table(
        "review",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("schedule_id", sa.String, nullable=False),
        sa.Column("briefing_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("approvals", sa.Integer, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("asked_at", sa.String, nullable=False),
        sa.Column("due_at", sa.String, nullable=False),
        sa.Column("expires_at", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
    )
    op.create_table(
        "review_step",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("briefing_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
    )
    op.create_index("review_step_by_review", "review_step", ["key", "id"])
    op.create_index("review_step_by_date", "review_step", ["at"])
