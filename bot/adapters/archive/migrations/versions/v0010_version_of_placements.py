"""Counts how often placements are written, so that a process sees that another has."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    """Make the table with its one row."""
    made = op.create_table(
        "placement_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(made, [{"id": 1, "number": 0}])
