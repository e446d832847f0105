"""What editors have stopped, and the audit of who did what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.news import Deed, Stop, StopOrder


class Stops(Protocol):
    """Keeps back what editors stop, in the store itself: nobody reads it from there.

    An article that is stopped whole comes out of the archive as held (`Article.stopped`); words
    that are stopped come out redacted (`Revision.redacted`), from every article that has them.
    """

    async def stop(self, order: StopOrder) -> Stop:
        """Keep back what is ordered, write the audit, and forget what models wrote from it.

        All in one transaction. Ordered again while it stands, the first order is returned, unless
        a kill follows a hold: then both stand.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def release(self, stop_id: int, *, by: str, at: datetime, reason: str = "") -> Stop:
        """End a stop, and write the audit. What other stops keep back stays so.

        Raises:
            ArchiveError: the store cannot be written.
            UnknownError: there is none of that number that stands.
        """
        ...

    async def standing(self) -> tuple[Stop, ...]:
        """Return the stops that stand, the newest first."""
        ...

    async def join(self, places: Mapping[str, str]) -> frozenset[str]:
        """Keep back what stands in one story with what is stopped as a story.

        `places` leads from the ids of articles to those of the stories that they stand in. Returns
        the articles that are kept back by it from now on.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def purge(self, article_id: str, *, by: str, at: datetime, reason: str = "") -> int:
        """Remove the texts of an article for good, and write the audit; return how many they were.

        What stays are their hashes, when they were seen, and blanks as long as they were. Every
        version of every briefing that told of the article loses those stories, and says how many.

        Raises:
            ArchiveError: the store cannot be written.
            UnknownError: there is no such article, or its texts are gone already.
        """
        ...

    async def uncited_before(self, before: datetime, *, limit: int) -> tuple[str, ...]:
        """Return articles dated before that no briefing cites and whose texts are still there."""
        ...

    async def told_and_held(self, *, now: datetime) -> tuple[str, ...]:
        """Return the briefings with posts whose latest version tells of what is held at `now`.

        Held by their outlets, or stopped here, whole or in words that it cites.
        """
        ...

    async def embargoes_ended(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the articles whose embargo ended after `since` and not after `until`, by end."""
        ...

    async def next_embargo_end(self, after: datetime) -> datetime | None:
        """Return when the next embargo ends after that instant; `None` if none does."""
        ...

    async def audit(self, *, limit: int = 50) -> tuple[Deed, ...]:
        """Return what was done, the newest first."""
        ...
