"""Reads documents in threads of this process: nothing to start, and nothing to stop a parser."""

import asyncio
import logging
from datetime import datetime

from bot.adapters.parsing.messages import MAX_ITEMS
from bot.errors import ExtractError, SourceError
from bot.ports import Document, Reading
from bot.sources import read_document

log = logging.getLogger(__name__)


class ReaderHere:
    """The port `Reader` for jobs that somebody waits for and can stop."""

    async def read(self, document: Document, *, now: datetime) -> Reading:
        """Return what the document holds.

        Raises:
            ExtractError: nothing that we can read, whatever its bytes do to a parser.
        """
        try:
            return await asyncio.to_thread(read_document, document, now=now, max_items=MAX_ITEMS)
        except SourceError:
            raise
        except Exception as error:
            log.exception("reader failed", extra={"address": document.address})
            reason = f"cannot be read ({type(error).__name__})"
            raise ExtractError(document.address, reason) from error
