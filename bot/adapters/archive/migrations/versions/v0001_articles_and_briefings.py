"""Makes the tables of articles and briefings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPLICATION_ID = 0x4E757447
"""“NutG”, by which a file says whose database it is. Source: SQLite, PRAGMA application_id."""


def upgrade() -> None:
    """Make the tables, and the triggers that keep what was once read and printed."""
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _make_articles()
    _make_briefings()
    for table in ("revision", "briefing", "briefing_source"):
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{action} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are kept as they are'); END"
            )


def _make_articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("byline", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("published_at", sa.String),
        sa.Column("updated_at", sa.String),
        sa.Column("embargoed_until", sa.String),
        sa.Column("withdrawn", sa.String),
        sa.Column("dated_at", sa.String, nullable=False),
    )
    op.create_index("article_by_date", "article", ["dated_at", "id"])
    op.create_table(
        "revision",
        sa.Column("article_id", sa.String, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("body", sa.String, nullable=False),
        sa.Column("title_sha256", sa.String, nullable=False),
        sa.Column("body_sha256", sa.String, nullable=False),
        sa.Column("seen_at", sa.String, nullable=False),
    )


def _make_briefings() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
    )
    op.create_index("briefing_by_date", "briefing", ["made_at"])
    op.create_table(
        "briefing_source",
        sa.Column("briefing_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("record", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["briefing_id", "version"], ["briefing.id", "briefing.version"]),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"], ["revision.article_id", "revision.number"]
        ),
    )
