"""What the stages need from outside, each as a small protocol with a fake in `tests/fakes.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.news import Article, Dossier

Revise = Callable[[Article | None], Article]
"""From the article as it is stored (`None` when it is new) to the article as it shall be."""


@dataclass(frozen=True)
class Document:
    """Bytes from outside, as they came.

    `address` is what was asked for; `final_address` where it was found after redirects; both are
    the path for a file and `-` for standard input. `media_type` is lower case without parameters
    and, like `charset`, empty when the sender did not say.
    """

    address: str
    content: bytes
    media_type: str = ""
    charset: str = ""
    final_address: str = ""


class Documents(Protocol):
    """Fetches files and web addresses."""

    async def fetch(self, address: str) -> Document:
        """Return what stands at the address.

        Raises:
            FetchError: missing, refused, too large, too slow.
        """
        ...


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

    async def store(self, dossier: Dossier) -> None:
        """Keep a briefing for good.

        Raises:
            ArchiveError: the store cannot be written, or holds this version already.
            ValueError: a revision of the dossier is not stored as it stands there.
        """
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


class Progress(Protocol):
    """Is told how far a long piece of work has come."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Take note that `done` of `total` are done; `doing` reads like "reading sources"."""
        ...
