"""The tables as the newest migration leaves them; a test compares the two.

Instants are UTC text of one width, as `bot.adapters.archive.rows.to_text` writes them: they sort as
they follow each other, lose no microsecond, and can be read in any SQLite shell.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
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

job: Final = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True, comment="never given twice"),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False, comment="one job of a key at a time, in order of ids"),
    Column("payload", String, nullable=False, comment="JSON"),
    Column("due_at", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", String, comment="who has it leased, or had last and let the lease run out"),
    Column("leased_until", String),
    Column("reason", String, nullable=False, comment="why it was last given back; or empty"),
    Index("job_by_key", "key", "id"),
    sqlite_autoincrement=True,
)
"""What is to be done. A job that is done is deleted: the table stays as short as the work."""

dead_letter: Final = Table(
    "dead_letter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="of the job"),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("payload", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String, nullable=False, comment="why it was given up"),
    Column("buried_at", String, nullable=False),
)

schedule: Final = Table(
    "schedule",
    metadata,
    Column("id", String, primary_key=True),
    Column("newsroom_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("timing", String, nullable=False, comment="JSON of bot.news.Timing"),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", String, nullable=False),
    Column("text", String, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("seen_until", String, nullable=False, comment="all that was due by then is recorded"),
    Column("paused_because", String, nullable=False, server_default=""),
    Column("missed", String, nullable=False, server_default="once"),
    Column("when_empty", String, nullable=False, server_default="say"),
    Column("filters", String, nullable=False, comment="JSON of bot.news.Filters"),
    Column("revision", Integer, nullable=False, comment="grows with every change of any schedule"),
    Column("target", String, nullable=False, server_default="channel"),
    Column("approvals", Integer, nullable=False, server_default="0"),
    Column("review_channel_id", BigInteger, nullable=False, server_default="0"),
    Index("schedule_by_revision", "revision"),
)

timetable_revision: Final = Table(
    "timetable_revision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
)
"""One row: the newest revision of any schedule, also of those that are gone."""

occurrence: Final = Table(
    "occurrence",
    metadata,
    Column("schedule_id", String, primary_key=True, comment="of a schedule that may be gone"),
    Column("due_at", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("claimed_by", String, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("outcome", String, nullable=False, server_default=""),
    Column("ended_at", String),
)
"""Unique for ever: rows are not deleted with their schedule. Only what was recorded ahead of its
time and not tried yet is taken back when the schedule changes."""

operations_channel: Final = Table(
    "operations_channel",
    metadata,
    Column("newsroom_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
)

server: Final = Table(
    "server",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("added_at", String, nullable=False),
    Column("content", String, nullable=False, comment="JSON of bot.news.Server"),
)
"""The Discord servers that belong to the newsroom: to all others nothing of it is shown."""

newsroom_choice: Final = Table(
    "newsroom_choice",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chosen_at", String, nullable=False),
)
"""Who chose this newsroom for direct messages; of several newsrooms the last choice counts."""

notice: Final = Table(
    "notice",
    metadata,
    Column("key", String, primary_key=True, comment="of what happened: it is told once"),
    Column("newsroom_id", BigInteger, nullable=False),
    Column("text", String, nullable=False),
    Column("noted_at", String, nullable=False),
    Column("member_id", BigInteger, nullable=False, comment="who is told if there is no channel"),
    Column("report_id", Integer, nullable=False, server_default="0", comment="to be decided"),
    Index("notice_by_newsroom", "newsroom_id", "noted_at"),
)

post: Final = Table(
    "post",
    metadata,
    Column("key", String, primary_key=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("tried_at", String),
    Column("message_id", BigInteger, unique=True),
    Column("target", String, nullable=False, server_default="channel"),
    Column("messages", Integer, nullable=False, server_default="0"),
    Column("stories", String, nullable=False, server_default="[]", comment="JSON, their ids"),
    Column("first_story", Integer, nullable=False, server_default="1"),
    Column("shows", String, nullable=False, server_default="edition"),
    Column("reply_to", BigInteger),
    Index("post_by_briefing", "briefing_id"),
    Index("post_by_channel", "channel_id", "tried_at"),
)

reader_mark: Final = Table(
    "reader_mark",
    metadata,
    Column("reader", String, primary_key=True, comment="as its surface names it"),
    Column("read_until", String, nullable=False),
)

review: Final = Table(
    "review",
    metadata,
    Column("key", String, primary_key=True, comment="of the occurrence"),
    Column("schedule_id", String, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approvals", Integer, nullable=False, comment="members who must agree"),
    Column("channel_id", BigInteger, nullable=False, comment="where they are asked"),
    Column("asked_at", String, nullable=False),
    Column("due_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("state", String, nullable=False),
)
"""Editions that wait for approval, or did."""

review_step: Final = Table(
    "review_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("action", String, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("at", String, nullable=False),
    Column("note", String, nullable=False),
    Index("review_step_by_review", "key", "id"),
    Index("review_step_by_date", "at"),
)
"""The audit of reviews. Rows are only ever added."""

story_thread: Final = Table(
    "story_thread",
    metadata,
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("briefing_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("story_id", String, nullable=False),
    UniqueConstraint("channel_id", "briefing_id", "story_id"),
)

subscription: Final = Table(
    "subscription",
    metadata,
    Column("id", Integer, primary_key=True, comment="in the order in which they came"),
    Column("address", String, nullable=False, unique=True),
    Column("added_at", String, nullable=False),
    Column("outlet", String, nullable=False),
    Column("publisher", String, nullable=False),
    Column("folder", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("paused_in_settings", Boolean, nullable=False),
    Column("poll", String, nullable=False, comment="JSON of bot.news.PollState"),
    Column("next_at", String, comment="of the poll state; null means at once"),
    Column("gone", Boolean, nullable=False, comment="of the poll state"),
    Index("subscription_by_next", "next_at"),
)
"""What the newsroom reads; beside how its polls went stands what is asked of it: when it is due."""
push: Final = Table(
    "push",
    metadata,
    Column("signature", String, primary_key=True),
    Column("until", String, nullable=False, comment="after this instant its message is too old"),
)
"""Signed messages that came and could come again. Rows that need not be kept go with the next."""

dropped_file: Final = Table(
    "dropped_file",
    metadata,
    Column("folder", String, primary_key=True),
    Column("key", String, primary_key=True, comment="of the file's name, which may be no text"),
    Column("stamp", String, nullable=False, comment="how the file stood when it was read"),
    Column("name", String, nullable=False, comment="as it can be printed"),
    Column("reason", String, nullable=False, comment="why it could not be read; or empty"),
    Column("noted_at", String, nullable=False),
    Index("dropped_file_by_date", "noted_at"),
)

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

followed_story: Final = Table(
    "followed_story",
    metadata,
    Column("story_id", String, primary_key=True),
    Column("follower", String, primary_key=True),
    Column("since", String, nullable=False),
    Column("told_at", String, comment="when an edition last told of it"),
)

stop: Final = Table(
    "stop",
    metadata,
    Column("id", Integer, primary_key=True, comment="never given twice"),
    Column("content", String, nullable=False, comment="JSON of bot.news.StopOrder"),
    Column("released_at", String),
    sqlite_autoincrement=True,
)
"""What editors keep back, until it is released. Rows stay."""

stopped_article: Final = Table(
    "stopped_article",
    metadata,
    Column("stop_id", Integer, ForeignKey("stop.id"), primary_key=True),
    Column("article_id", String, ForeignKey("article.id"), primary_key=True),
    Index("stopped_article_by_article", "article_id"),
    sqlite_with_rowid=False,
)
"""Which articles a stop keeps back whole."""

stopped_span: Final = Table(
    "stopped_span",
    metadata,
    Column("stop_id", Integer, ForeignKey("stop.id"), primary_key=True),
    Column("article_id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("field", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.number"]),
    Index("stopped_span_by_article", "article_id"),
    sqlite_with_rowid=False,
)
"""Which words of which texts a stop keeps back; no words of them."""

deed: Final = Table(
    "deed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("did", String, nullable=False),
    Column("what", String, nullable=False),
    Column("reason", String, nullable=False),
)
"""The audit of what editors did. Rows are only ever added; triggers refuse anything else."""
