"""Says what SQLite reports as sentences that an editor can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from bot.errors import ArchiveError

ELSEWHERE: Final = "name another file with --database"
CODES: Final = {
    sqlite3.SQLITE_BUSY: "{path} is being written by another program and did not become free in "
    "time; end that program or try again later.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; make the file and its folder readable and "
    f"writable, or {ELSEWHERE}.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged ({error}); put back a copy of it.",
    sqlite3.SQLITE_FULL: "{path} cannot grow, the disk is full; free some space and try again.",
    sqlite3.SQLITE_IOERR: "{path} could not be read or written ({error}); check its disk.",
    sqlite3.SQLITE_NOTADB: f"{{path}} is not a database; {ELSEWHERE}.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written; make the file and its folder writable, or "
    f"{ELSEWHERE}.",
}
"""A sentence for each primary result code of the world's doing; the rest are our own mistakes.

Source: SQLite, "Result and Error Codes"; the low eight bits of an extended code are its primary.
"""


@contextmanager
def failures_as_sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file into an `ArchiveError` that names the path."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if code not in CODES:
            raise
        raise ArchiveError(CODES[code].format(path=path, error=cause)) from error
