"""Adds what articles are known by, who carries them, and how citations stand."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


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
    op.create_table(
        "citation",
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("end", sa.Integer, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("since", sa.String, nullable=False),
        sa.Column("read_at", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"], ["revision.article_id", "revision.number"]
        ),
        sqlite_with_rowid=False,
    )
