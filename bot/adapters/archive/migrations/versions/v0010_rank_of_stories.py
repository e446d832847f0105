"""Adds the version of placements, categories of articles, and when followed stories were told."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table with its one row; add two columns."""
    op.add_column("article", sa.Column("categories", sa.String))
    op.add_column("followed_story", sa.Column("told_at", sa.String))
    made = op.create_table(
        "placement_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(made, [{"id": 1, "number": 0}])
