"""The tables of stories and what was said of them, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table

from bot.adapters.archive.tables import metadata

placement: Final = Table(
    "placement",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("story_id", String, nullable=False),
    Column("dated_at", String, nullable=False),
    Column("evidence", LargeBinary, nullable=False, comment="kept for the window; then empty"),
    Index("placement_by_date", "dated_at"),
)
"""In which story each article stands."""

placement_version: Final = Table(
    "placement_version",
    metadata,
    Column("id", Integer, primary_key=True, comment="1: there is one row"),
    Column("number", Integer, nullable=False),
)
"""How often placements were written: each transaction that does so adds one."""

story_change: Final = Table(
    "story_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("story_id", String, nullable=False),
    Column("from_id", String, nullable=False),
    Column("article_ids", String, nullable=False, comment="JSON"),
    Column("nearness", Float, nullable=False),
    Column("made_at", String, nullable=False),
    Index("story_change_by_story", "story_id", "id"),
    Index("story_change_by_origin", "from_id", "id"),
)
"""The audit of what merged, split and moved. Rows are only ever added."""

story_redirect: Final = Table(
    "story_redirect",
    metadata,
    Column("story_id", String, primary_key=True),
    Column("into_id", String, nullable=False),
)
"""Where the id of a story that has ended leads."""

wrong_report: Final = Table(
    "wrong_report",
    metadata,
    Column("id", Integer, primary_key=True, comment="never given twice"),
    Column("content", String, nullable=False, comment="JSON of bot.news.WrongReport"),
    Column("state", String, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_at", String),
    Index("wrong_report_by_state", "state"),
    sqlite_autoincrement=True,
)
"""What members said is wrong, and what editors decided of it. Rows are never deleted."""

story_correction: Final = Table(
    "story_correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("content", String, nullable=False, comment="JSON of bot.news.StoryCorrection"),
    Index("story_correction_by_date", "made_at"),
)
"""What editors said of stories. Rows are only ever added."""
