"""Watches folders that a newsroom drops files into; nothing in them is moved, changed or deleted.

A look at a folder is one `scandir`, which tells any change on any file system, shared ones too;
what the system reports by itself (inotify) says nothing of what another machine writes.
"""

import asyncio
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from heapq import nlargest
from typing import Final, NamedTuple

from bot.errors import FetchError
from bot.news import Unread
from bot.ports import Document, Dropped, DroppedFiles, Look, TriedFile
from bot.text import clean, squeeze

MAX_FILES: Final = 500
"""Files that one look gives to be read; those behind them come with the next."""
MAX_NAMED: Final = 20
"""Files that cannot be read and are named one by one."""
OLD: Final = timedelta(seconds=10)
"""A file that was last written so long ago is complete at first sight, as one moved in is."""
STILL: Final = timedelta(seconds=3)
"""Any other is complete when it has not changed for so long since it was first seen."""
TEMPORARY: Final = (
    "~", "#", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart",
    ".swp", ".swo", ".swx", ".bak", ".lock",
)  # fmt: skip
"""Ends of the names that editors and transfers give to what is not meant to be read."""
HIDDEN: Final = (".", "~$", "#")


@dataclass
class _Folder:
    """What is known of a folder: stamps of what was read, when others were first seen, failures."""

    read: set[int]
    failed: dict[str, TriedFile]
    first_seen: dict[int, datetime] = field(default_factory=dict)


class _New(NamedTuple):
    """A file that was not read as it stands; `written_at` in seconds since 1970."""

    stamp: int
    name: str
    written_at: float


@dataclass(frozen=True)
class _Scan:
    """What stands in a folder: the stamps of what was read, and all the rest."""

    read: set[int]
    new: list[_New]


class WatchedFolders:
    """The port `Folders` on the file system of this machine.

    Plain files that lie in the folder itself are read: no links, no folders inside it, no hidden
    or temporary files.

    Args:
        memory: remembers what was read.
        max_bytes: largest file.
    """

    def __init__(self, memory: DroppedFiles, *, max_bytes: int = 20_000_000) -> None:
        self._memory = memory
        self._max_bytes = max_bytes
        self._folders: dict[str, _Folder] = {}

    async def look(self, folder: str, *, now: datetime) -> Look:
        """Return the files that are complete and were not read as they stand, the newest first.

        Raises:
            FetchError: there is no such folder, or it may not be read.
            ArchiveError: the memory cannot be read.
        """
        known = await self._recall(folder)
        scan = await asyncio.to_thread(_scan, folder, known.read)
        known.read = scan.read
        ready = _complete(known, scan.new, now)
        newest = nlargest(MAX_FILES, ready, key=lambda file: file.written_at)
        files = (
            Dropped(f.name, _key(f.name), _hex(f.stamp), datetime.fromtimestamp(f.written_at, UTC))
            for f in newest
        )
        unread = _still_unread(folder, known)
        return Look(tuple(files), unread, is_all=len(ready) <= MAX_FILES)

    async def fetch(self, folder: str, file: Dropped) -> Document:
        """Return the bytes of a file; it is found in its folder, which has the name of its outlet.

        Raises:
            FetchError: it is gone, is no plain file, may not be read, is too large or has changed.
        """
        address = folder + printable(file.name)
        try:
            content = await asyncio.to_thread(self._read, folder, file, address)
        except OSError as error:
            raise FetchError(address, f"cannot be read ({error.strerror})") from error
        return Document(address, content, final_address=folder)

    async def note(self, folder: str, tried: Sequence[TriedFile], *, now: datetime) -> None:
        """Remember what was read, so that it is not read again before it changes.

        Raises:
            ArchiveError: the memory cannot be written.
        """
        await self._memory.note_files(folder, tried, now=now)
        known = await self._recall(folder)
        for file in tried:
            _remember(known, file)

    async def _recall(self, folder: str) -> _Folder:
        if folder not in self._folders:
            known = _Folder(set(), {})
            for file in await self._memory.tried_files(folder):
                _remember(known, file)
            self._folders[folder] = known
        return self._folders[folder]

    def _read(self, folder: str, file: Dropped, address: str) -> bytes:
        """Read the file through the open folder: no link leads out, even one made just now."""
        within = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # not to wait for what may have become a pipe
            opened = os.open(file.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=within)
        finally:
            os.close(within)
        with os.fdopen(opened, "rb") as content:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise FetchError(address, "is no plain file")
            found = content.read(self._max_bytes + 1)
            if len(found) > self._max_bytes:
                raise FetchError(address, f"is larger than {self._max_bytes / 1e6:g} MB")
            if _hex(_stamp(file.name, os.fstat(opened))) != file.stamp:
                raise FetchError(address, "was changed while it was read")
            return found


def printable(name: str) -> str:
    """Return a file's name as it can be printed and stored."""
    return squeeze(clean(os.fsencode(name).decode(errors="replace")))


def is_passed_over(name: str) -> bool:
    """Tell whether a file of that name is hidden or temporary."""
    return name.startswith(HIDDEN) or name.lower().endswith(TEMPORARY)


def _scan(folder: str, read: set[int]) -> _Scan:
    scan = _Scan(set(), [])
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not is_passed_over(entry.name):
                    _add(entry, scan, read)
    except FileNotFoundError as error:
        raise FetchError(folder, "there is no such folder") from error
    except OSError as error:
        raise FetchError(folder, f"cannot be read ({error.strerror})") from error
    return scan


def _add(entry: os.DirEntry[str], scan: _Scan, read: set[int]) -> None:
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return  # taken away since the folder was opened
    if not stat.S_ISREG(found.st_mode):
        return
    stamp = _stamp(entry.name, found)
    if stamp in read:
        scan.read.add(stamp)
    else:
        scan.new.append(_New(stamp, entry.name, found.st_mtime))


def _complete(known: _Folder, new: list[_New], now: datetime) -> list[_New]:
    """Return the files that nobody is writing any more; note when the others were first seen."""
    long_ago = (now - OLD).timestamp()
    young = [file for file in new if file.written_at > long_ago]
    known.first_seen = {f.stamp: known.first_seen.get(f.stamp, now) for f in young}
    still = {stamp for stamp, seen_at in known.first_seen.items() if now - seen_at >= STILL}
    return [file for file in new if file.written_at <= long_ago or file.stamp in still]


def _remember(known: _Folder, file: TriedFile) -> None:
    known.read.add(int(file.stamp, 16))
    known.failed.pop(file.key, None)
    if file.reason:
        known.failed[file.key] = file


def _still_unread(folder: str, known: _Folder) -> tuple[Unread, ...]:
    gone = [key for key, file in known.failed.items() if int(file.stamp, 16) not in known.read]
    for key in gone:
        del known.failed[key]
    failed = sorted(known.failed.values(), key=lambda file: file.name)
    named = [Unread(folder + file.name, file.reason) for file in failed[:MAX_NAMED]]
    if len(failed) > MAX_NAMED:
        named.append(Unread(folder, f"{len(failed) - MAX_NAMED} more files in it cannot be read"))
    return tuple(named)


def _stamp(name: str, found: os.stat_result) -> int:
    """Return a number of 64 bits that changes with the file.

    Of a million files two share one by chance once in 37 million folders (birthday problem).
    """
    state = f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}"
    digest = blake2b(os.fsencode(name) + b"\0" + state.encode(), digest_size=8)
    return int.from_bytes(digest.digest())


def _hex(stamp: int) -> str:
    return f"{stamp:016x}"


def _key(name: str) -> str:
    return blake2b(os.fsencode(name), digest_size=16).hexdigest()
