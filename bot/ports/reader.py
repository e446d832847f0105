"""What turns the bytes of a document into its items, whatever they do to a parser."""

from datetime import datetime
from typing import Protocol

from bot.ports.documents import Document
from bot.ports.readings import Reading


class Reader(Protocol):
    """Reads documents with `bot.sources.read_document`, here or in a process that may die of it."""

    async def read(self, document: Document, *, now: datetime) -> Reading:
        """Return what the document holds.

        Raises:
            ExtractError: nothing that we can read, or it takes too much time or memory to read.
        """
        ...
