"""Adds what articles are known by, who carries them, and how citations stand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Add tables and columns.

    No keys are made for the articles that came before: they are found under their ids, which were
    made of guid, address or text, and their keys are learnt when they are next seen.
    """
    op.add_column("article", sa.Column("carriers", sa.String))
    op.add_column(
        "article", sa.Column("liveblog", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "article_key",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("article_id", sa.String, sa.ForeignKey("article.id"), nullable=False),
        sqlite_with_rowid=False,
    )
