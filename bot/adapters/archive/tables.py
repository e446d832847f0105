"""The tables as the newest migration leaves them; a test compares the two.

Instants are UTC text of one width, as `bot.adapters.archive.rows.to_text` writes them: they sort as
they follow each other, lose no microsecond, and can be read in any SQLite shell.
"""

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)

metadata = MetaData()

article: Final = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False, comment="JSON of bot.news.Source"),
    Column("address", String, nullable=False),
    Column("byline", String, nullable=False),
    Column("language", String, nullable=False),
    Column("published_at", String),
    Column("updated_at", String),
    Column("embargoed_until", String),
    Column("withdrawn", String),
    Column("dated_at", String, nullable=False, comment="published, or else first seen"),
    Index("article_by_date", "dated_at", "id"),
)

revision: Final = Table(
    "revision",
    metadata,
    Column("article_id", String, ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("body", String, nullable=False),
    Column("title_sha256", String, nullable=False),
    Column("body_sha256", String, nullable=False),
    Column("seen_at", String, nullable=False),
)
"""Rows are never changed or deleted; triggers refuse it."""

briefing: Final = Table(
    "briefing",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("content", String, nullable=False, comment="JSON of bot.news.Briefing"),
    Index("briefing_by_date", "made_at"),
)
"""Rows are never changed or deleted; triggers refuse it."""

briefing_source: Final = Table(
    "briefing_source",
    metadata,
    Column("briefing_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("article_id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, nullable=False, comment="of the article in the dossier, from 0"),
    Column("record", String, nullable=False, comment="JSON of the article, without revisions"),
    ForeignKeyConstraint(["briefing_id", "version"], ["briefing.id", "briefing.version"]),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.number"]),
)
"""What a briefing stands on: texts by reference, and what was known of each article that day.

An article's record may change later (an outlet kills the item, its address moves); what a briefing
said of it was true when it was made, so the record is kept with the briefing. Never changed or
deleted; triggers refuse it.
"""
