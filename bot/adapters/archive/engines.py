"""Makes the two engines of an archive: one that writes, one that reads.

SQLite's defaults lose updates: the driver begins a transaction only at the first write, so that
what was read before it may have changed. Here the driver begins nothing by itself, writers take the
write lock before they read, and readers, who need no lock in WAL, see one state throughout.
"""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

WRITER = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")
READER = ("query_only = ON",)
GIVE_BACK_SECONDS: Final = 3.0
"""How long connections are waited for that are still lent when the archive closes."""
LOOK_SECONDS: Final = 0.01


def writing_engine(path: Path, *, busy_timeout_seconds: float) -> AsyncEngine:
    """Return the engine whose transactions hold SQLite's write lock from their first moment.

    It has one connection: the writers of this process wait for it in turn and without limit, since
    each of them ends; `busy_timeout_seconds` limits the wait for other processes. With `synchronous
    = NORMAL` a power cut may cost the last transactions, and never the database (SQLite, "PRAGMA
    synchronous").
    """
    engine = _engine(path, busy_timeout_seconds, pool_size=1, max_overflow=0, pool_timeout=None)
    return _prepared(engine, WRITER, begin="BEGIN IMMEDIATE")


def reading_engine(path: Path, *, busy_timeout_seconds: float) -> AsyncEngine:
    """Return the engine whose transactions cannot write and wait for nobody."""
    return _prepared(_engine(path, busy_timeout_seconds), READER, begin="BEGIN")


async def dispose_when_idle(engine: AsyncEngine) -> None:
    """Close the engine once its connections are given back, at the latest `GIVE_BACK_SECONDS` on.

    Who is cancelled within a transaction gives the connection back in a task that SQLAlchemy
    shields. If the event loop ended before that task did, its rollback would be cut off, and logged
    with a trace.
    """
    pool = engine.pool
    with suppress(TimeoutError):
        async with asyncio.timeout(GIVE_BACK_SECONDS):
            # a pool has no event for it
            while isinstance(pool, QueuePool) and pool.checkedout():  # noqa: ASYNC110
                await asyncio.sleep(LOOK_SECONDS)
    await engine.dispose()


def _engine(path: Path, busy_timeout_seconds: float, **pool: int | None) -> AsyncEngine:
    return create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path.absolute())),
        connect_args={"isolation_level": None, "timeout": busy_timeout_seconds},
        hide_parameters=True,  # in an error, and so in a log, there may stand held text
        **pool,
    )


def _prepared(engine: AsyncEngine, pragmas: tuple[str, ...], *, begin: str) -> AsyncEngine:
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection
        connection.driver_connection.text_factory = _decode
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)
    return engine


def _decode(text: bytes) -> str:
    """Return the stored text; bytes that are no UTF-8 come through, and fail the text's hash."""
    return text.decode(errors="surrogateescape")
