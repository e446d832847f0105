"""Makes the index of all texts by their words, and fills it with what is stored."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INDEX = """
CREATE VIRTUAL TABLE wording USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')
"""
"""Without the texts themselves, which stand in `revision`. Source: SQLite, "FTS5", 4.4.1."""

TERMS = "CREATE VIRTUAL TABLE wording_terms USING fts5vocab(wording, row)"

NUMBER = """
INSERT INTO worded_text (article_id, revision)
SELECT article_id, number FROM revision ORDER BY article_id, number
"""
FILL = """
INSERT INTO wording (rowid, words)
SELECT t.id, r.title || char(10) || r.body FROM worded_text t
JOIN revision r ON r.article_id = t.article_id AND r.number = t.revision
"""
FOLLOW = """
CREATE TRIGGER revision_is_worded AFTER INSERT ON revision BEGIN
    INSERT INTO worded_text (article_id, revision) VALUES (new.article_id, new.number);
    INSERT INTO wording (rowid, words)
    VALUES (last_insert_rowid(), new.title || char(10) || new.body);
END
"""


def upgrade() -> None:
    """Make the index, fill it, and let it follow."""
    op.create_table(
        "worded_text",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("article_id", "revision"),
    )
    for statement in (INDEX, TERMS, NUMBER, FILL, FOLLOW):
        op.execute(statement)
