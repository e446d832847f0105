"""What a reader can ask who was away: what is new since, a handover, and that all of it is read."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.desk import MAX_BACK, Desk
from bot.errors import UnknownError
from bot.news import Article, Coverage, Dossier, Handover
from bot.pipeline import Newsday
from bot.ports import Marks
from bot.stories import HandoverReader, Sorted, hand_over, references_of
from bot.updates import known_at
from bot.writing import is_unconfirmed

SHIFT: Final = timedelta(hours=8)
"""What a handover looks back on if nobody says since when, and the reader has no mark."""


async def mark_of(desk: Desk, reader: str) -> datetime | None:
    """Return up to when the reader has read; `None` if this desk does not know."""
    return await desk.tools.marks.mark_of(reader) if desk.tools.marks else None


async def note_read(desk: Desk, reader: str, until: datetime) -> datetime:
    """Note that the reader has read up to an instant; returns where their mark stands now.

    Raises:
        UnknownError: this desk remembers nothing.
    """
    return await _marks(desk).move_mark(reader, until)


async def note_read_edition(desk: Desk, reader: str, briefing_id: str) -> datetime:
    """Note that the reader has read an edition; returns where their mark stands now.

    Raises:
        UnknownError: there is no such edition, or this desk remembers nothing.
    """
    dossier = await desk.tools.archive.find_dossier(briefing_id)
    if dossier is None:
        raise UnknownError("This edition is not in the archive any more.")
    return await note_read(desk, reader, dossier.briefing.made_at)


async def note_briefed(desk: Desk, reader: str, dossier: Dossier) -> None:
    """Move the reader's mark to a briefing of the whole day that reached them.

    It stays where it is if the briefing left out stories for want of room that they had asked for
    since their mark: else nobody would ever tell them of those.
    """
    made = dossier.briefing
    left_out = made.coverage.mark is not None and made.stories_found > len(made.briefs)
    if desk.tools.marks and not left_out:
        await desk.tools.marks.move_mark(reader, made.made_at)


async def handover(desk: Desk, *, now: datetime, since: datetime | None = None) -> Handover:
    """Read the desk's sources and return what came, changed and was mended since, and is open.

    Without `since` that is `SHIFT` ago; it is never more than `MAX_BACK` ago.

    Raises:
        UnknownError: the desk has no sources.
    """
    since = max(since or now - SHIFT, now - MAX_BACK)
    intake = await desk.read_sources(now=now)
    begins = min(since, now - desk.window)
    day = await desk.day(now=now, since=begins)
    withdrawn = _withdrawn(await desk.tools.archive.articles_since(begins), since)
    found = await asyncio.to_thread(_sorted, desk, day, since, now)
    read = sum(one.is_read for one in await desk.subscriptions.subscriptions())
    coverage = Coverage(read, day.seen, day.held, intake.unread, begins)
    return _put_together(found, day.articles, withdrawn, coverage, since=since, now=now)


def _sorted(desk: Desk, day: Newsday, since: datetime, now: datetime) -> Sorted:
    tools = desk.tools
    stories = [(s.id, [day.articles[i] for i in s.article_ids]) for s in day.stories]
    known = known_at(day.articles.values(), since)
    counting = tools.figure_words.counting
    reader = HandoverReader(tools.weights, is_unconfirmed, known, since, now, counting)
    return hand_over(stories, reader)


def _put_together(
    found: Sorted,
    articles: Mapping[str, Article],
    withdrawn: Sequence[str],
    coverage: Coverage,
    *,
    since: datetime,
    now: datetime,
) -> Handover:
    news = [*found.new, *found.changed]
    told = [p for story in news for p in (story.title, *story.sentences)]
    told += [p for m in found.corrected for p in (m.before, m.after) if p]
    told += found.unconfirmed
    return Handover(
        since,
        now,
        tuple(found.new),
        tuple(found.changed),
        tuple(found.corrected),
        tuple(withdrawn),
        tuple(found.unconfirmed),
        found.quiet,
        references_of(told, articles),
        coverage,
    )


def _withdrawn(articles: Iterable[Article], since: datetime) -> tuple[str, ...]:
    """Return the outlets of reports known at `since` that were withdrawn since, as far as is known.

    A report without an hour of its withdrawal counts as withdrawn since: it is told once too often
    rather than not at all.
    """
    return tuple(
        sorted(
            article.outlet
            for article in articles
            if article.withdrawn and article.revisions[0].seen_at <= since < _ended(article, since)
        )
    )


def _ended(article: Article, since: datetime) -> datetime:
    hours = [article.updated_at, *(c.updated_at for c in article.carriers if c.withdrawn)]
    known = [hour for hour in hours if hour]
    return max(known) if known else since + timedelta.resolution


def _marks(desk: Desk) -> Marks:
    if desk.tools.marks is None:
        raise UnknownError("This desk keeps no archive in which it could remember that.")
    return desk.tools.marks
