"""Reads documents in threads of this process: nothing to start, and nothing to stop a parser."""

import asyncio
import logging
import traceback
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
            # where it happened, without what was said: that may quote the document
            at = [f"{f.name} ({f.lineno})" for f in traceback.extract_tb(error.__traceback__)]
            log.error("reader failed", extra={"address": document.address, "at": at})  # noqa: TRY400
            reason = f"cannot be read ({type(error).__name__})"
            raise ExtractError(document.address, reason) from error
