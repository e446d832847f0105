"""Adds what a wire states of an article beside its text."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; articles that came before have nothing in it."""
    op.add_column("article", sa.Column("wire", sa.String))
