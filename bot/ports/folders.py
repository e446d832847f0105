"""Folders into which people drop files, and the memory of which of them were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.news import Unread
from bot.ports.documents import Document


@dataclass(frozen=True)
class Dropped:
    """A file in a watched folder as it stood when it was looked at.

    `name` is the file's own, as the system has it; `key` stands for it where names cannot, `stamp`
    changes whenever the file does. `written_at` is when it was last written.
    """

    name: str
    key: str
    stamp: str
    written_at: datetime


@dataclass(frozen=True)
class TriedFile:
    """A file that was read as it stood; `reason` is the clause why it could not be, or empty.

    `key` and `stamp` as of `Dropped`; `name` as it can be printed.
    """

    key: str
    stamp: str
    name: str
    reason: str = ""


@dataclass(frozen=True)
class Look:
    """What stands in a folder: files to be read, the newest first, and what could not be read.

    `is_all` is false when there are more to be read than are given at once.
    """

    ready: tuple[Dropped, ...]
    unread: tuple[Unread, ...] = ()
    is_all: bool = True


class Folders(Protocol):
    """Looks into folders, and changes nothing in them."""

    async def look(self, folder: str, *, now: datetime) -> Look:
        """Return the files that are complete and were not read as they stand.

        Raises:
            FetchError: there is no such folder, or it may not be read.
        """
        ...

    async def fetch(self, folder: str, file: Dropped) -> Document:
        """Return the bytes of a file, under the address that people know it by.

        Raises:
            FetchError: it is gone, is no plain file, may not be read, is too large or has changed.
        """
        ...

    async def note(self, folder: str, tried: Sequence[TriedFile], *, now: datetime) -> None:
        """Remember what was read, so that it is not read again before it changes.

        Raises:
            ArchiveError: the memory cannot be written.
        """
        ...


class DroppedFiles(Protocol):
    """The memory of which files were read, which survives a restart."""

    async def tried_files(self, folder: str) -> tuple[TriedFile, ...]:
        """Return what is remembered of the folder's files, by key.

        Raises:
            ArchiveError: the store cannot be read.
        """
        ...

    async def note_files(self, folder: str, files: Sequence[TriedFile], *, now: datetime) -> None:
        """Keep each file, in place of an earlier one of its key.

        What was noted more than 90 days ago is forgotten: a file that still lies there is then read
        once more, which changes nothing.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...
