"""The tables of articles and briefings, and the schema that the tables of all subjects are part of.

They stand as the newest migration leaves them; a test compares the two.

Instants are UTC text of one width, as `bot.adapters.archive.rows.to_text` writes them: they sort as
they follow each other, lose no microsecond, and can be read in any SQLite shell.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    or_,
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
    Column("wire", String, comment="JSON of bot.news.WireFacts, for what came from a wire"),
    Column("dated_at", String, nullable=False, comment="published, or else first seen"),
    Column("carriers", String, comment="JSON list of bot.news.Carrier; of what came before, none"),
    Column("liveblog", Boolean, nullable=False, server_default=false()),
    Column("categories", String, comment="JSON list, for what has some"),
    Column("stopped", String, comment="by editors: follows from `stopped_article` and purges"),
    Index("article_by_date", "dated_at", "id"),
)

HELD: Final = Index(
    "article_held",
    article.c.id,
    sqlite_where=or_(
        article.c.stopped.is_not(None),
        article.c.withdrawn.is_not(None),
        article.c.embargoed_until.is_not(None),
    ),
)
"""Those that may be held: few, and looked for every second."""

article_key: Final = Table(
    "article_key",
    metadata,
    Column("key", String, primary_key=True, comment="a hash of a guid, an address or a text"),
    Column("article_id", String, ForeignKey("article.id"), nullable=False),
    sqlite_with_rowid=False,
)
"""What articles were seen under. Whose article a key is, is never changed."""

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
    Column("purged_at", String, comment="when blanks were put in place of the texts"),
)
"""Rows are never changed or deleted, but by a purge; triggers refuse it."""

citation: Final = Table(
    "citation",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("field", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("state", String, nullable=False),
    Column("since", String, nullable=False),
    Column("read_at", String, nullable=False),
    Column("reason", String, nullable=False),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.number"]),
    sqlite_with_rowid=False,
)
"""How what posted briefings cite stood when its page was last read; no words of it."""

worded_text: Final = Table(
    "worded_text",
    metadata,
    Column("id", Integer, primary_key=True, comment="the row of the full-text table `wording`"),
    Column("article_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("article_id", "revision"),
)
"""Which text a row of the index is of. A trigger adds to both with every revision.

The index itself (`wording`, with what it counts in `wording_terms`) is a virtual table of SQLite's
FTS5, which SQLAlchemy does not describe. It holds words and places, and no text of its own.
"""

briefing: Final = Table(
    "briefing",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("content", String, nullable=False, comment="JSON of bot.news.Briefing"),
    Index("briefing_by_date", "made_at"),
)
"""Rows are never changed or deleted, but where they tell of what was purged; triggers refuse it."""

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
    Index("briefing_source_by_article", "article_id"),
)
"""What a briefing stands on: texts by reference, and what was known of each article that day.

An article's record may change later (an outlet kills the item, its address moves); what a briefing
said of it was true when it was made, so the record is kept with the briefing. Never changed or
deleted; triggers refuse it.
"""
