"""The archive on SQLite: articles with all their revisions, and briefings, kept for good.

Beside them lie what is to be done, when editions are due, and what stands in which channel; a
change and what follows from it are one transaction. Alone imports SQLAlchemy and Alembic.
"""

from bot.adapters.archive.sqlite import SqliteArchive

__all__ = ["SqliteArchive"]
