"""Makes the tables of what editors stop and of the audit, and lets a purge remove texts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

HELD = "stopped IS NOT NULL OR withdrawn IS NOT NULL OR embargoed_until IS NOT NULL"
PURGE = """
old.purged_at IS NULL AND new.purged_at IS NOT NULL
AND new.article_id = old.article_id AND new.number = old.number AND new.seen_at = old.seen_at
AND new.title_sha256 = old.title_sha256 AND new.body_sha256 = old.body_sha256
AND trim(new.title, char(10)) = '' AND trim(new.body, char(10)) = ''
AND length(new.title) = length(old.title) AND length(new.body) = length(old.body)
"""
"""What alone may happen to a text: blanks of its length come in its place, once."""
TELLS_OF_PURGED = """
new.id = old.id AND new.version = old.version AND new.made_at = old.made_at
AND EXISTS (
    SELECT 1 FROM briefing_source s
    JOIN revision r ON r.article_id = s.article_id AND r.number = s.revision
    WHERE s.briefing_id = old.id AND s.version = old.version AND r.purged_at IS NOT NULL
)
"""


def upgrade() -> None:
    """Add columns, tables and indexes; the triggers let through what a purge does, and no more."""
    op.add_column("article", sa.Column("stopped", sa.String))
    op.create_index("article_held", "article", ["id"], sqlite_where=sa.text(HELD))
    op.add_column("revision", sa.Column("purged_at", sa.String))
    _refuse("revision", PURGE)
    _refuse("briefing", TELLS_OF_PURGED)
    _make_stops()
    _make_audit()


def _refuse(table: str, unless: str) -> None:
    op.execute(f"DROP TRIGGER {table}_refuses_update")
    op.execute(
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} WHEN NOT ({unless}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are kept as they are'); END"
    )


def _make_stops() -> None:
    op.create_table(
        "stop",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("released_at", sa.String),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stopped_article",
        sa.Column("stop_id", sa.Integer, sa.ForeignKey("stop.id"), primary_key=True),
        sa.Column("article_id", sa.String, sa.ForeignKey("article.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stopped_span",
        sa.Column("stop_id", sa.Integer, sa.ForeignKey("stop.id"), primary_key=True),
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("end", sa.Integer, primary_key=True),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"], ["revision.article_id", "revision.number"]
        ),
        sqlite_with_rowid=False,
    )
    for table in ("stopped_article", "stopped_span"):
        op.create_index(f"{table}_by_article", table, ["article_id"])


def _make_audit() -> None:
    op.create_table(
        "deed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("did", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    for action in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER deed_refuses_{action} BEFORE {action} ON deed "
            f"BEGIN SELECT RAISE(ABORT, 'deed rows are kept as they are'); END"
        )
