"""Adds what the newsroom reads, and how the polls of each source went."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table; it is filled from the settings when the program starts."""
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.String, nullable=False, unique=True),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("outlet", sa.String, nullable=False),
        sa.Column("publisher", sa.String, nullable=False),
        sa.Column("folder", sa.String, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("configured", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("paused_in_settings", sa.Boolean, nullable=False),
        sa.Column("poll", sa.String, nullable=False),
        sa.Column("next_at", sa.String),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
    op.create_index("subscription_by_next", "subscription", ["next_at"])
