"""The index of all stored texts by their words, for whoever asks where words come from."""

from datetime import datetime
from typing import Protocol

from bot.news import Revision


class Wordings(Protocol):
    """Finds the stored texts that words may stand in, whatever story they belong to."""

    async def find_texts(
        self, words: str, *, now: datetime, limit: int = 10
    ) -> tuple[Revision, ...]:
        """Return the stored revisions that may hold the words, likeliest first.

        These are the texts that hold every word in this order, the newest first; where there is
        none, those that share the most of the rarer words, so that altered words are found too.
        Case, accents and marks do not count. Nothing of an article held at `now` is returned.

        Raises:
            ArchiveError: the store cannot be read.
            ValueError: `now` is not aware.
        """
        ...
