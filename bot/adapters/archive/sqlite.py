"""Keeps articles with all their revisions, and briefings, in one SQLite file."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.adapters.archive import articles, briefings
from bot.adapters.archive.engines import reading_engine, writing_engine
from bot.adapters.archive.failures import failures_as_sentences
from bot.adapters.archive.opening import prepare_file, prepare_tables
from bot.news import Article, Dossier
from bot.ports import Revise


class SqliteArchive:
    """The port `Archive` on SQLite. Made by `open`."""

    def __init__(self, path: Path, *, reader: AsyncEngine, writer: AsyncEngine) -> None:
        self._path = path
        self._reader = reader
        self._writer = writer

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, *, busy_timeout_seconds: float = 5.0) -> AsyncIterator[Self]:
        """Open the archive, for as long as the block lasts; make the file if there is none.

        `busy_timeout_seconds` is how long a writer waits for writers of other processes.

        Raises:
            ArchiveError: the file is not ours, newer than this program, or cannot be opened.
        """
        with failures_as_sentences(path):
            prepare_file(path)
        reader = reading_engine(path, busy_timeout_seconds=busy_timeout_seconds)
        writer = writing_engine(path, busy_timeout_seconds=busy_timeout_seconds)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(reader.dispose)
            stack.push_async_callback(writer.dispose)
            with failures_as_sentences(path):
                await prepare_tables(path, reader=reader, writer=writer)
            yield cls(path, reader=reader, writer=writer)

    async def revise(self, changes: Mapping[str, Revise]) -> tuple[Article, ...]:
        """Change articles by id in one transaction that no other writer can come between.

        The changes run while the write lock is held. Returns the stored articles in their order.

        Raises:
            ArchiveError: the store cannot be written, or a stored article is damaged.
            ValueError: a change drops or alters a stored revision, or gives another article.
        """
        async with self._transaction(self._writer) as connection:
            stored = await articles.read(connection, list(changes))
            revised = {key: change(stored.get(key)) for key, change in changes.items()}
            for key, after in revised.items():
                articles.require_kept(key, stored.get(key), after)
            await articles.write(connection, stored, revised.values())
        return tuple(revised.values())

    async def find_article(self, article_id: str) -> Article | None:
        """Return the article with all its revisions.

        Raises:
            ArchiveError: the article is damaged, or the store cannot be read.
        """
        async with self._transaction(self._reader) as connection:
            return (await articles.read(connection, [article_id])).get(article_id)

    async def articles_since(self, since: datetime) -> tuple[Article, ...]:
        """Return the articles dated at or after `since`, oldest first, then by id.

        Raises:
            ArchiveError: an article among them is damaged, and named; `find_article` and a later
                `since` still give the others.
            ValueError: `since` is not aware.
        """
        async with self._transaction(self._reader) as connection:
            return await articles.read_since(connection, since)

    async def store(self, dossier: Dossier) -> None:
        """Keep a briefing for good, its texts by reference to their stored revisions.

        Raises:
            ArchiveError: the store cannot be written, or holds this version already.
            ValueError: the dossier holds a revision that is not stored as it stands there.
        """
        async with self._transaction(self._writer) as connection:
            await briefings.keep(connection, dossier)

    async def find_dossier(self, briefing_id: str, version: int | None = None) -> Dossier | None:
        """Return a stored briefing with the revisions that it cites; the latest version if `None`.

        `briefing_id` is an id, the beginning of one (four characters or more), or `latest` for the
        briefing that was made last. What the dossier says of its articles is what was known when
        it was stored.

        Raises:
            ArchiveError: the stored briefing is damaged, or the store cannot be read.
            UnknownError: several ids begin with `briefing_id`.
        """
        async with self._transaction(self._reader) as connection:
            return await briefings.find(connection, briefing_id, version)

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with failures_as_sentences(self._path):
            async with engine.begin() as connection:
                yield connection
