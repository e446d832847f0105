"""Makes the tables of what is remembered of threads: their mode, and their last questions."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make both tables; threads that are there answer questions, and remember none."""
    op.create_table(
        "thread_mode",
        sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("mode", sa.String, nullable=False),
    )
    op.create_table(
        "thread_turn",
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("asked_at", sa.String, nullable=False),
    )
    op.create_index("thread_turn_by_thread", "thread_turn", ["thread_id", "asked_at"])
