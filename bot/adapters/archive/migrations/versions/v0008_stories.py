"""Makes the tables of stories: who stands where, what changed, and what editors said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    _make_placements()
    _make_corrections()


def _make_placements() -> None:
    op.create_table(
        "placement",
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("story_id", sa.String, nullable=False),
        sa.Column("dated_at", sa.String, nullable=False),
        sa.Column("evidence", sa.LargeBinary, nullable=False),
    )
    op.create_index("placement_by_date", "placement", ["dated_at"])
    op.create_table(
        "story_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("story_id", sa.String, nullable=False),
        sa.Column("from_id", sa.String, nullable=False),
        sa.Column("article_ids", sa.String, nullable=False),
        sa.Column("nearness", sa.Float, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
    )
    op.create_index("story_change_by_story", "story_change", ["story_id", "id"])
    op.create_index("story_change_by_origin", "story_change", ["from_id", "id"])
    op.create_table(
        "story_redirect",
        sa.Column("story_id", sa.String, primary_key=True),
        sa.Column("into_id", sa.String, nullable=False),
    )


def _make_corrections() -> None:
    op.create_table(
        "story_correction",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
    )
    op.create_index("story_correction_by_date", "story_correction", ["made_at"])
    op.create_table(
        "followed_story",
        sa.Column("story_id", sa.String, primary_key=True),
        sa.Column("follower", sa.String, primary_key=True),
        sa.Column("since", sa.String, nullable=False),
    )
