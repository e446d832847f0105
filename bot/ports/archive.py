"""The store of articles with their revisions, and of briefings."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.news import Article, Citation, Dossier, NewJob, Post
from bot.ports.jobs import Claim
from bot.ports.sightings import Sighting

Revise = Callable[[Article | None], Article]
"""From the article as it is stored (`None` when it is new) to the article as it shall be."""


class Archive(Protocol):
    """Keeps articles with all their revisions, and briefings."""

    async def revise(self, changes: Mapping[str, Revise]) -> tuple[Article, ...]:
        """Change articles by id in one transaction that no other writer can come between.

        Returns the stored articles in the order of `changes`. Revisions are only ever added.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: a change drops or alters a revision that is stored.
        """
        ...

    async def record(self, sightings: Sequence[Sighting]) -> tuple[Article, ...]:
        """Take in items: find by their keys which articles they are, and change those or make new.

        All in one transaction that no other writer can come between, each sighting on what those
        before it have left (`bot.ports.sightings.Settling`). Of a key, the first article that was
        seen under it stays the owner. Returns the stored articles in the order of the sightings,
        each once.

        Raises:
            ArchiveError: the store cannot be written.
            ValueError: a change drops or alters a revision that is stored.
        """
        ...

    async def find_article(self, article_id: str) -> Article | None:
        """Return the article with all its revisions."""
        ...

    async def articles_since(self, since: datetime) -> tuple[Article, ...]:
        """Return the articles published (or else first seen) at or after `since`, oldest first.

        All their revisions are included; held articles too: whoever prints asks `is_held`.

        Raises:
            ArchiveError: the store cannot be read, or a row is damaged; it names the article.
            ValueError: `since` is not aware.
        """
        ...

    async def citations(self, article_ids: Collection[str] = ()) -> tuple[Citation, ...]:
        """Return how the citations of these articles stand; of none, all that are not sound.

        By article, then by place.
        """
        ...

    async def note_citations(self, noted: Sequence[Citation]) -> None:
        """Keep how citations stand, in place of how they stood, in one transaction.

        Raises:
            ArchiveError: the store cannot be written.
        """
        ...

    async def store(
        self,
        dossier: Dossier,
        *,
        posts: Sequence[Post] = (),
        then: Sequence[NewJob] = (),
        claim: Claim | None = None,
    ) -> None:
        """Keep a briefing for good, with the posts and jobs that it causes, in one transaction.

        What is stored already is left as it is: the same briefing, posts by their keys, and jobs
        that wait with the same kind, key and payload.

        Raises:
            ArchiveError: the store cannot be written, or holds another briefing of this version.
            LeaseLostError: the claim's job is another worker's by now; nothing is changed.
            ValueError: a revision of the dossier is not stored as it stands there.
        """
        ...

    async def briefings_citing(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of posted briefings of which some version rests on the article."""
        ...

    async def find_dossier(self, briefing_id: str, version: int | None = None) -> Dossier | None:
        """Return a stored briefing with the revisions that it cites; the latest version if `None`.

        A `briefing_id` of `latest` means the briefing that was made last; the beginning of an id,
        from four characters on, means the one briefing that it fits. What the dossier says of its
        articles is what was known when it was stored.

        Raises:
            ArchiveError: the store cannot be read, or the briefing is damaged.
            UnknownError: several ids begin with `briefing_id`.
        """
        ...
