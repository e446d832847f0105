"""The archive on SQLite: articles with all their revisions, and briefings, kept for good.

Alone imports SQLAlchemy and Alembic.
"""

from bot.adapters.archive.sqlite import SqliteArchive

__all__ = ["SqliteArchive"]
