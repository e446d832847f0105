"""Adds how far each reader has read, and a way to what a channel was told."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the table, and the index of posts by channel and time."""
    op.create_table(
        "reader_mark",
        sa.Column("reader", sa.String, primary_key=True),
        sa.Column("read_until", sa.String, nullable=False),
    )
    op.create_index("post_by_channel", "post", ["channel_id", "tried_at"])
