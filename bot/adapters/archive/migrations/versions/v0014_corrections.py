"""Adds what messages show, which briefings cite an article, and what members report as wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the columns; every message that stands shows its edition and answers nothing."""
    op.add_column("post", sa.Column("shows", sa.String, nullable=False, server_default="edition"))
    op.add_column("post", sa.Column("reply_to", sa.BigInteger))
    op.add_column("notice", sa.Column("report_id", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "wrong_report",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("decided_by", sa.String, nullable=False),
        sa.Column("decided_at", sa.String),
        sqlite_autoincrement=True,
    )
    op.create_index("wrong_report_by_state", "wrong_report", ["state"])
    op.create_index("post_by_briefing", "post", ["briefing_id"])
    op.create_index("briefing_source_by_article", "briefing_source", ["article_id"])
