"""Fakes of the ports, one each; they keep the promises of the real ones, in memory."""

from collections.abc import Mapping
from datetime import datetime

from bot.errors import ArchiveError, FetchError, UnknownError
from bot.news import Article, Dossier
from bot.ports import Document, Revise


class FakeArchive:
    """An archive in memory."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.dossiers: dict[tuple[str, int], Dossier] = {}

    async def revise(self, changes: Mapping[str, Revise]) -> tuple[Article, ...]:
        """Apply all changes or none."""
        revised = {key: change(self.articles.get(key)) for key, change in changes.items()}
        for key, article in revised.items():
            before = self.articles.get(key)
            if article.id != key or (before and not set(before.revisions) <= {*article.revisions}):
                raise ValueError(f"{key} is not what it was")
        self.articles.update(revised)
        return tuple(revised.values())

    async def find_article(self, article_id: str) -> Article | None:
        """Return the article."""
        return self.articles.get(article_id)

    async def articles_since(self, since: datetime) -> tuple[Article, ...]:
        """Return the articles, oldest first, then by id."""
        if since.utcoffset() is None:
            raise ValueError("since must be aware")
        recent = (article for article in self.articles.values() if article.dated() >= since)
        return tuple(sorted(recent, key=lambda article: (article.dated(), article.id)))

    async def store(self, dossier: Dossier) -> None:
        """Keep the dossier, if it is new and its revisions are here."""
        stored = {r for article in self.articles.values() for r in article.revisions}
        if any(r not in stored for article in dossier.articles for r in article.revisions):
            raise ValueError("the dossier cites a revision that is not stored")
        key = (dossier.briefing.id, dossier.briefing.version)
        if key in self.dossiers:
            raise ArchiveError(f"briefing {key} is stored already")
        self.dossiers[key] = dossier

    async def find_dossier(self, briefing_id: str, version: int | None = None) -> Dossier | None:
        """Return the dossier by id, by the beginning of its id, or the latest."""
        key = self._full_id(briefing_id)
        versions = {v: dossier for (i, v), dossier in self.dossiers.items() if i == key}
        return versions.get(max(versions, default=0) if version is None else version)

    def _full_id(self, briefing_id: str) -> str | None:
        ids = {stored for stored, _ in self.dossiers}
        if briefing_id == "latest":
            made = [(d.briefing.made_at, v, i) for (i, v), d in self.dossiers.items()]
            return max(made)[2] if made else None
        if briefing_id in ids:
            return briefing_id
        similar = [i for i in ids if len(briefing_id) >= 4 and i.startswith(briefing_id)]
        if len(similar) > 1:
            raise UnknownError(f"“{briefing_id}” begins several ids")
        return similar[0] if similar else None


class FakeDocuments:
    """Documents in memory, by address; whatever else is asked for is missing."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = dict(contents)
        self.fetched: list[str] = []

    async def fetch(self, address: str) -> Document:
        """Return the bytes as HTML or a feed would come: without a declared type."""
        self.fetched.append(address)
        if address not in self.contents:
            raise FetchError(address, "answered 404 Not Found")
        return Document(address, self.contents[address], final_address=address)
