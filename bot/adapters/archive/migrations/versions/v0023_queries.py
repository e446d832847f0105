"""Adds what was asked of the archive, so that buttons can ask it again after a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "query",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("words", sa.String, nullable=False),
        sa.Column("asked_at", sa.String, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("speaker", sa.String, nullable=False),
    )
    op.create_index("query_by_date", "query", ["asked_at", "key"])
