"""Adds what a message shows and answers, and which briefings cite an article."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns; every message that stands shows its edition and answers nothing."""
    op.add_column("post", sa.Column("shows", sa.String, nullable=False, server_default="edition"))
    op.add_column("post", sa.Column("reply_to", sa.BigInteger))
    op.create_index("post_by_briefing", "post", ["briefing_id"])
    op.create_index("briefing_source_by_article", "briefing_source", ["article_id"])
