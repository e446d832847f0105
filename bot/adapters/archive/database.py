"""One SQLite file with its two engines, and the transactions that everything in it goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.adapters.archive.failures import failures_as_sentences


@dataclass(frozen=True)
class Database:
    """A file that is open: what reads it and what writes it."""

    path: Path
    reader: AsyncEngine
    writer: AsyncEngine

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one state throughout and waits for nobody.

        Raises:
            ArchiveError: the file cannot be read.
        """
        with failures_as_sentences(self.path):
            async with self.reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that no other writer can come between; what raises in it undoes it.

        Raises:
            ArchiveError: the file cannot be written.
        """
        with failures_as_sentences(self.path):
            async with self.writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing_through(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction as `writing` does that no power cut takes back once it is committed.

        What was committed before it is as safe then. It costs waiting for the disk, so it is for
        what must be known before something is done outside.

        Raises:
            ArchiveError: the file cannot be written.
        """
        with failures_as_sentences(self.path):
            async with self.writer.connect() as connection:
                raw: Any = (await connection.get_raw_connection()).driver_connection
                await raw.execute("PRAGMA synchronous = FULL")
                try:
                    async with connection.begin():
                        yield connection
                finally:
                    await raw.execute("PRAGMA synchronous = NORMAL")
