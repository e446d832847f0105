"""Adds the Discord servers that belong to the newsroom, and the members who chose it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KNOWN = """
INSERT INTO server (id, added_at, content)
SELECT id, added_at, json_object('id', id, 'added_at', added_at, 'welcomed', json('true'))
FROM (
    SELECT id, strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now') AS added_at
    FROM (
        SELECT newsroom_id AS id FROM schedule
        UNION SELECT newsroom_id FROM operations_channel
        UNION SELECT newsroom_id FROM notice
    )
    WHERE id > 0
)
"""
"""Servers that worked with the archive so far go on; nobody is asked to set them up."""


def upgrade() -> None:
    """Make the tables, and let the servers in that the archive knows."""
    op.create_table(
        "server",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
    )
    op.create_table(
        "newsroom_choice",
        sa.Column("member_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chosen_at", sa.String, nullable=False),
    )
    op.execute(KNOWN)
