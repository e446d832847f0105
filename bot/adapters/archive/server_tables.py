"""The tables of servers, their members and what operations hear, part of the same schema."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from bot.adapters.archive.tables import metadata

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

operations_channel: Final = Table(
    "operations_channel",
    metadata,
    Column("newsroom_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
)

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
