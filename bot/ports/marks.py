"""How far each reader has read."""

from datetime import datetime
from typing import Protocol


class Marks(Protocol):
    """Remembers for each reader up to which instant they have read.

    A reader is named by the surface that knows them: "discord 123", "terminal".
    """

    async def mark_of(self, reader: str) -> datetime | None:
        """Return up to when the reader has read; `None` if that was never noted."""
        ...

    async def move_mark(self, reader: str, to: datetime) -> datetime:
        """Note that the reader has read up to an instant, and return where the mark stands now.

        It never goes back: of two editions that are marked in the wrong order the later one counts.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: the instant is not aware.
        """
        ...
