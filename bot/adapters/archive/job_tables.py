"""The tables of what is to be done, part of the same schema as those in `tables`."""

from typing import Final

from sqlalchemy import Column, Index, Integer, String, Table

from bot.adapters.archive.tables import metadata

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
