"""The fake of the port `Stops`: keeps back in memory what the real one does in its file."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.briefing.changing import wordless
from bot.errors import UnknownError
from bot.news import REDACTED, Article, Deed, Dossier, Revision, Span, Stop, StopOrder
from bot.wordings_stopped import find_stopped, has_words, runs

if TYPE_CHECKING:
    from tests.fakes import FakeArchive


@dataclass
class FakeStops:
    """Stops of an archive in memory."""

    archive: "FakeArchive | None" = None
    kept: dict[int, Stop] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)

    def given_out(self, article: Article) -> Article:
        """Return the article, less what is stopped of it."""
        standing = [s for s in self.kept.values() if s.released_at is None]
        whole = [s for s in standing if article.id in s.order.article_ids + self._joined(s)]
        words = [runs(s.order.wordings) for s in standing if s.order.kind == "quote"]
        titles = [r.title for r in article.revisions]
        whole += [
            s
            for s in standing
            if s.order.kind == "quote"
            and any(has_words(title, runs(s.order.wordings)) for title in titles)
        ]
        if whole and article.stopped != "purged":
            killed = any(stop.order.killed for stop in whole)
            article = replace(article, stopped="killed" if killed else "held")
        language = article.language or "en"
        texts = []
        for text in article.revisions:
            spans = [span for known in words for span in find_stopped(text, known, language)]
            texts.append(text.without(spans) if spans else text)
        return replace(article, revisions=tuple(texts))

    def _joined(self, stop: Stop) -> tuple[str, ...]:
        return stop.article_ids if stop.order.kind == "story" else ()

    async def stop(self, order: StopOrder) -> Stop:
        """Keep back what is ordered."""
        for stop in self.kept.values():
            same = replace(stop.order, by=order.by, at=order.at, reason=order.reason) == order
            if stop.released_at is None and same:
                return stop
        # off the loop, as an archive looks through its own
        with_words = await asyncio.to_thread(self._with_words, order)
        ids = {*order.article_ids, *with_words}
        stop = Stop(len(self.kept) + 1, order, tuple(sorted(ids)))
        self.kept[stop.id] = stop
        did = "kill" if order.killed else "hold"
        self.deeds.append(Deed(order.at, order.by, did, order.name, order.reason))  # type: ignore[arg-type]
        return stop

    def _with_words(self, order: StopOrder) -> list[str]:
        known = runs(order.wordings)
        return [
            article.id
            for article in (list(self.archive.articles.values()) if self.archive else ())
            if any(has_words(t, known) for r in article.revisions for t in (r.title, r.body))
        ]

    async def release(self, stop_id: int, *, by: str, at: datetime, reason: str = "") -> Stop:
        """End a stop."""
        stop = self.kept.get(stop_id)
        if stop is None or stop.released_at is not None:
            raise UnknownError(f"Nothing that is stopped has the number {stop_id}.")
        self.kept[stop_id] = replace(stop, released_at=at)
        self.deeds.append(Deed(at, by, "release", stop.order.name, reason))
        return self.kept[stop_id]

    async def standing(self) -> tuple[Stop, ...]:
        """Return what stands, the newest first."""
        return tuple(s for s in reversed(self.kept.values()) if s.released_at is None)

    async def join(self, places: Mapping[str, str]) -> frozenset[str]:
        """Keep back what stands with what is stopped."""
        joined: set[str] = set()
        for stop in await self.standing():
            ids = set(stop.article_ids)
            if stop.order.kind != "story":
                continue
            stories = {places[i] for i in ids if i in places}
            new = {i for i, story in places.items() if story in stories} - ids
            self.kept[stop.id] = replace(stop, article_ids=tuple(sorted(ids | new)))
            joined |= new
        return frozenset(joined)

    async def purge(self, article_id: str, *, by: str, at: datetime, reason: str = "") -> int:
        """Put blanks in place of the texts."""
        archive = self.archive
        article = archive.articles.get(article_id) if archive else None
        if archive is None or article is None or article.stopped == "purged":
            raise UnknownError(f"No article with a text has the id {article_id!r}.")
        texts = tuple(map(_blank, article.revisions))
        archive.articles[article_id] = replace(
            article, revisions=texts, stopped="purged", byline=""
        )
        for key, dossier in archive.dossiers.items():
            archive.dossiers[key] = _untold(dossier, archive.articles[article_id])
        self.deeds.append(Deed(at, by, "purge", f"article {article_id}", reason))
        return len(texts)

    async def uncited_before(self, before: datetime, *, limit: int) -> tuple[str, ...]:
        """Return the old ones that nobody cites."""
        archive = self.archive
        if archive is None:
            return ()
        cited = {a.id for d in archive.dossiers.values() for a in d.articles}
        old = [
            a
            for a in archive.articles.values()
            if a.dated() < before and a.id not in cited and a.stopped != "purged"
        ]
        old.sort(key=lambda article: (article.dated(), article.id))
        return tuple(article.id for article in old[:limit])

    async def told_and_held(self, *, now: datetime) -> tuple[str, ...]:
        """Return what has posts and tells of what is held."""
        archive = self.archive
        if archive is None:
            return ()
        latest: dict[str, int] = {}
        for briefing_id, version in archive.dossiers:
            latest[briefing_id] = max(version, latest.get(briefing_id, 0))
        posted = {post.briefing_id for post in archive.posts.posts.values()}
        found = []
        for briefing_id in sorted(posted & latest.keys()):
            dossier = archive.dossiers[briefing_id, latest[briefing_id]]
            articles = [self.given_out(archive.articles[a.id]) for a in dossier.articles]
            if any(a.is_held(now) or any(r.redacted for r in a.revisions) for a in articles):
                found.append(briefing_id)
        return tuple(found)

    async def embargoes_ended(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return what ended in between, by end."""
        held = self.archive.articles.values() if self.archive else ()
        ends = [(a.embargoed_until, a.id) for a in held if a.embargoed_until]
        return tuple(article_id for end, article_id in sorted(ends) if since < end <= until)

    async def next_embargo_end(self, after: datetime) -> datetime | None:
        """Return the next end."""
        held = self.archive.articles.values() if self.archive else ()
        ends = [a.embargoed_until for a in held if a.embargoed_until]
        return min((end for end in ends if end > after), default=None)

    async def audit(self, *, limit: int = 50) -> tuple[Deed, ...]:
        """Return the deeds, the newest first."""
        return tuple(reversed(self.deeds))[:limit]


def identities(article: Article) -> list[tuple[object, ...]]:
    """Return what tells the texts of an article from others, whatever of them is redacted."""
    return [
        (r.article_id, r.number, r.title_sha256, r.body_sha256, r.seen_at)
        for r in article.revisions
    ]


def _blank(text: Revision) -> Revision:
    lengths = {"title": len(text.title), "body": len(text.body)}
    spans = tuple(
        Span(text.article_id, text.number, field, 0, length)  # type: ignore[arg-type]
        for field, length in lengths.items()
        if length
    )
    blank = replace(text, redacted=()).without(spans)
    assert {*blank.title, *blank.body} <= {REDACTED}
    return blank


def _untold(dossier: Dossier, purged: Article) -> Dossier:
    if purged.id not in {a.id for a in dossier.articles}:
        return dossier
    told = dossier.briefing
    briefs = tuple(b for b in told.briefs if purged.id not in {r.article_id for r in b.references})
    held = told.coverage.held + len(told.briefs) - len(briefs)
    corrections = tuple(
        wordless(c) if purged.id in {p.span.article_id for p in c.passages()} else c
        for c in told.corrections
    )
    coverage = replace(told.coverage, held=held)
    briefing = replace(told, briefs=briefs, coverage=coverage, corrections=corrections)
    texts = {r.number: r for r in purged.revisions}
    articles = tuple(
        replace(a, revisions=tuple(texts[r.number] for r in a.revisions))
        if a.id == purged.id
        else a
        for a in dossier.articles
    )
    return replace(dossier, briefing=briefing, articles=articles)
