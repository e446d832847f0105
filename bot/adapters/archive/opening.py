"""Gets the file of an archive ready: made if missing, ours, and migrated to this program's tables.

Alembic is imported only when there is something to migrate, since it takes longer to import than a
briefing takes to read.
"""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.adapters.archive.failures import ELSEWHERE
from bot.errors import ArchiveError

HEAD: Final = "0023"
"""The newest migration."""

APPLICATION_ID: Final = 0x4E757447
"""“NutG”, which the first migration writes into the file's header."""


def prepare_file(path: Path) -> None:
    """Make the file if there is none, and the folder that it lies in.

    SQLite opens it here once before the engines do, since a connection of aiosqlite that cannot be
    opened leaves a thread behind that may outlive the event loop and print a trace.

    Raises:
        ArchiveError: the folder cannot be made, or the path itself is a folder.
        sqlite3.OperationalError: the file cannot be opened.
    """
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; {ELSEWHERE}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise ArchiveError(
            f"The folder {path.parent} cannot be made ({reason}); {ELSEWHERE}."
        ) from error
    sqlite3.connect(path.absolute()).close()


async def prepare_tables(path: Path, *, reader: AsyncEngine, writer: AsyncEngine) -> None:
    """Migrate the file to `HEAD`, in one transaction, unless it is there already.

    Raises:
        ArchiveError: the file belongs to another program, or to a newer version of this one.
    """
    async with reader.begin() as connection:
        revision = await connection.run_sync(_read_revision, path)
    if revision != HEAD:
        async with writer.begin() as connection:
            await connection.run_sync(_migrate, path)


def _read_revision(connection: Connection, path: Path) -> str | None:
    """Return the file's migration, `None` for a file that is still empty."""
    if not connection.scalar(text("SELECT count(*) FROM sqlite_master")):
        return None
    if connection.scalar(text("PRAGMA application_id")) != APPLICATION_ID:
        raise ArchiveError(f"{path} is the database of another program; {ELSEWHERE}.")
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _migrate(connection: Connection, path: Path) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", f"{__package__}:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    revision = _read_revision(connection, path)
    if revision is not None and revision not in known:
        raise ArchiveError(
            f"{path} was written by a newer Nutgraf (revision {revision}); update the program or "
            f"{ELSEWHERE}."
        )
    command.upgrade(config, "head")
