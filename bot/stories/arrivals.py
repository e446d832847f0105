"""Takes articles in as they arrive: copies are told, stories grow, and what to store is said."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.news import Article, Placement, StoryChange, Value
from bot.ports import Stories
from bot.stories.copies import CopyIndex, Fingerprint, Match, fingerprint
from bot.stories.grouper import Grouper
from bot.stories.traits import EPOCH, Traits, TraitsReader, told


class Evidence(Value, frozen=True):
    """What is kept of an article for the window: by what it is grouped, and what it would carry.

    `text` is `None` for a copy, whose original is remembered; `revision` is the one that was read.
    """

    traits: Traits
    text: Fingerprint | None
    revision: int = 0


@dataclass(frozen=True)
class Arrival:
    """What came of one article: the text that it carries, and what is to be stored."""

    match: Match | None
    placements: tuple[Placement, ...]
    changes: tuple[StoryChange, ...]


class Arrivals:
    """The stories and texts of a window, to which articles are added."""

    def __init__(self, reader: TraitsReader, *, window_days: float | None) -> None:
        self.grouper = Grouper(window_days=window_days)
        self._copies = CopyIndex()
        self._reader = reader
        self._dated: dict[str, datetime] = {}
        self._revisions: dict[str, int] = {}

    def take(self, article: Article) -> Arrival:
        """Put an article into a story, and return what changed."""
        text = told(article.latest.body)
        traits = self._reader.read_text(article.latest.title, text, article.dated())
        marks = fingerprint(text or article.latest.title)
        match = self._copies.take(article.id, marks, moment=traits.moment)
        self._dated[article.id] = article.dated()
        self._revisions[article.id] = article.latest.number
        changes = self.grouper.add(article.id, traits)
        is_new_text = match is None or match.kind == "update"
        kept = Evidence(traits, marks if is_new_text else None, article.latest.number)
        evidence = {article.id: msgspec.msgpack.encode(kept)}
        moved = dict.fromkeys([article.id, *(i for change in changes for i in change.article_ids)])
        placements = tuple(
            Placement(i, self.grouper.story_of(i), self._dated[i], evidence.get(i, b""))
            for i in moved
        )
        return Arrival(match, placements, changes)

    def restore(self, placements: Sequence[Placement]) -> None:
        """Take in again what was stored of the window.

        What cannot be read of it stands nowhere, so that the article is placed anew.
        """
        for one in placements:
            try:
                kept = msgspec.msgpack.decode(one.evidence, type=Evidence)
            except msgspec.DecodeError:
                continue
            self._dated[one.article_id] = one.dated_at
            self._revisions[one.article_id] = kept.revision
            self.grouper.restore(one.story_id, one.article_id, kept.traits)
            if kept.text is not None:
                self._copies.add(one.article_id, kept.text, moment=kept.traits.moment)

    def forget(self, before: datetime) -> None:
        """Drop the texts dated before, and the stories of which nothing is newer."""
        moment = (before - EPOCH).total_seconds() / 86_400
        self._copies.forget(moment)
        for article_id in self.grouper.forget(moment):
            del self._dated[article_id], self._revisions[article_id]

    def withdraw(self, article_ids: Sequence[str]) -> None:
        """Take articles out of their stories; the texts that only they brought are forgotten."""
        for article_id in article_ids:
            self.grouper.remove(article_id)
            self._copies.discard(article_id)
            del self._dated[article_id], self._revisions[article_id]

    def stands(self, article_id: str) -> bool:
        """Tell whether the article stands in a story."""
        return article_id in self._dated

    def is_current(self, article: Article) -> bool:
        """Tell whether the article stands in a story by what its latest revision says."""
        return self._revisions.get(article.id) == article.latest.number

    def standing(self) -> dict[str, str]:
        """Return the id of each article's story, by the id of the article."""
        return {article_id: self.grouper.story_of(article_id) for article_id in self._dated}


async def place_arrivals(
    articles: Sequence[Article], arrivals: Arrivals, stories: Stories, *, now: datetime
) -> tuple[Arrival, ...]:
    """Take articles in and store where they stand, in one transaction.

    The articles are compared in a thread; nobody else may use `arrivals` meanwhile.

    Raises:
        ArchiveError: the store cannot be written; `arrivals` is then ahead of it, and must be
            restored anew.
    """
    found = await asyncio.to_thread(lambda: tuple(arrivals.take(a) for a in articles))
    latest = {one.article_id: one for arrival in found for one in arrival.placements}
    evidence = {
        one.article_id: one.evidence
        for arrival in found
        for one in arrival.placements
        if one.evidence
    }
    placements = [
        msgspec.structs.replace(one, evidence=evidence.get(article_id, b""))
        for article_id, one in latest.items()
    ]
    changes = [change for arrival in found for change in arrival.changes]
    await stories.place(placements, changes, now=now)
    return found
