"""Adds what kind of place an edition goes to, and which stories each of its messages tells."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns; what is there goes to channels, and packs its messages as it did."""
    for table in ("schedule", "post"):
        op.add_column(
            table, sa.Column("target", sa.String, nullable=False, server_default="channel")
        )
    op.add_column("post", sa.Column("messages", sa.Integer, nullable=False, server_default="0"))
    op.add_column("post", sa.Column("first_story", sa.Integer, nullable=False, server_default="1"))
    op.add_column("post", sa.Column("stories", sa.String, nullable=False, server_default="[]"))
