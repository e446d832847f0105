"""Holds a database for one process at a time, by a lock that the system takes back from the dead.

The lock is on a file of its own beside the database, so that other programs may still read and
write the database in between. It is never deleted: another process may be about to lock it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.adapters.archive.failures import ELSEWHERE
from bot.errors import ArchiveError

LONGEST_NUMBER: Final = 20
"""Digits that a process number may have, and more."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the database at the path for this process, as long as the block lasts.

    The lock is the system's (flock(2)): it goes with the process, however that ends. A child that
    is forked, and not started anew, holds it too.

    Raises:
        ArchiveError: another process holds it, and is named; or there is no locking here.
    """
    descriptor = _open(path)
    try:
        _lock(descriptor, path)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def lock_file(path: Path) -> Path:
    """Return the file whose lock stands for the database, the same by whatever link it is named."""
    real = path.resolve()
    return real.with_name(f"{real.name}.lock")


def _open(path: Path) -> int:
    try:
        return os.open(lock_file(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _unusable(path, error) from error


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, LONGEST_NUMBER, 0).decode(errors="replace")
        process = f" (process {holder})" if holder.isdecimal() else ""
        raise ArchiveError(
            f"{path} is in use by another `nutgraf run`{process}; stop it first or {ELSEWHERE}."
        ) from error
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> ArchiveError:
    reason = (error.strerror or "").lower()
    return ArchiveError(f"{lock_file(path)} cannot be locked ({reason}); {ELSEWHERE}.")
