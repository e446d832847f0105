"""Makes the tables of what models were asked: what each call cost, and what was replied."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    _make_calls()
    _make_replies()


def _make_calls() -> None:
    op.create_table(
        "model_call",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("desk", sa.String, nullable=False),
        sa.Column("scheduled", sa.Boolean, nullable=False),
        sa.Column("task", sa.String, nullable=False),
        sa.Column("endpoint", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("starts_at", sa.String, nullable=False),
        sa.Column("reserved_tokens", sa.BigInteger, nullable=False),
        sa.Column("per_million_in", sa.BigInteger, nullable=False),
        sa.Column("per_million_out", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("tokens_in", sa.BigInteger, nullable=False),
        sa.Column("tokens_out", sa.BigInteger, nullable=False),
    )
    op.create_index("model_call_by_day", "model_call", ["day"])
    op.create_index("model_call_by_start", "model_call", ["endpoint", "starts_at"])


def _make_replies() -> None:
    op.create_table(
        "model_reply",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("rung", sa.String, nullable=False),
        sa.Column("kept_at", sa.String, nullable=False),
    )
    op.create_index("model_reply_by_date", "model_reply", ["kept_at"])
    op.create_table(
        "model_reply_source",
        sa.Column(
            "key", sa.String, sa.ForeignKey("model_reply.key", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("article_id", sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("model_reply_source_by_article", "model_reply_source", ["article_id"])
