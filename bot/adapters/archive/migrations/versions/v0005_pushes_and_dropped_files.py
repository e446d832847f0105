"""Adds the memory of signed messages and of files that were dropped into folders."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "push",
        sa.Column("signature", sa.String, primary_key=True),
        sa.Column("until", sa.String, nullable=False),
    )
    op.create_table(
        "dropped_file",
        sa.Column("folder", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("stamp", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("noted_at", sa.String, nullable=False),
    )
    op.create_index("dropped_file_by_date", "dropped_file", ["noted_at"])
