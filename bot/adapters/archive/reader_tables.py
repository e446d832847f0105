"""The tables of what readers have read and follow, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import Column, String, Table

from bot.adapters.archive.tables import metadata

reader_mark: Final = Table(
    "reader_mark",
    metadata,
    Column("reader", String, primary_key=True, comment="as its surface names it"),
    Column("read_until", String, nullable=False),
)

followed_story: Final = Table(
    "followed_story",
    metadata,
    Column("story_id", String, primary_key=True),
    Column("follower", String, primary_key=True),
    Column("since", String, nullable=False),
    Column("told_at", String, comment="when an edition last told of it"),
)
