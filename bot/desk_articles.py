"""What an editor can ask of a stored article: what it said before, and how its citations stand."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten
from typing import Final

from bot.desk import MAX_ECHO_CHARS, Desk
from bot.errors import UnknownError, VerificationError
from bot.news import Article, Citation, CitationHealth, Context, History, Span
from bot.pipeline import history_of
from bot.text import paragraphs

AROUND_CHARS: Final = 700
"""Characters of a long paragraph before and after words that are shown in it."""
HELD: Final = "This article is held by now, so that none of its words are shown."


async def history(desk: Desk, article_id: str, *, now: datetime) -> History:
    """Return the revisions of an article: when seen, their hashes, and what changed in each.

    Of a held article nothing is told but that and when it changed.

    Raises:
        UnknownError: there is none of that id.
    """
    article = await desk.tools.archive.find_article(article_id)
    if article is None:
        asked = shorten(article_id, MAX_ECHO_CHARS, placeholder="…")
        raise UnknownError(f"No article has the id {asked!r}; a briefing's JSON has the ids.")
    return await asyncio.to_thread(history_of, article, desk.tools, now=now)


async def citations_health(desk: Desk, *, now: datetime) -> tuple[CitationHealth, ...]:
    """Return the citations of posted briefings that are not sound, by article.

    Their words are missing from the page or have vanished, or the page is no longer readable.
    """
    unsound = await desk.tools.archive.citations()
    found = {c.span.article_id: None for c in unsound}
    articles = {i: await desk.tools.archive.find_article(i) for i in found}
    return tuple(_health(c, articles[c.span.article_id], now) for c in unsound)


async def context(desk: Desk, spans: Sequence[Span], *, now: datetime) -> Context:
    """Return the paragraphs around words of one revision of a stored article, the words marked.

    Of a long paragraph `AROUND_CHARS` before and after the words are shown, to whole words.

    Raises:
        UnknownError: the words are not stored (any more), or the article is held by now.
    """
    first = spans[0]
    article = await desk.tools.archive.find_article(first.article_id)
    if article is None:
        raise UnknownError("This article is not in the archive any more.")
    if article.is_held(now):
        raise UnknownError(HELD)
    try:
        return _context(article, spans)
    except VerificationError as error:
        raise UnknownError("These words are not in the archive any more.") from error


def _context(article: Article, spans: Sequence[Span]) -> Context:
    first = spans[0]
    revision = article.revision(first.revision)
    field = first.field
    text = revision.title if field == "title" else revision.body
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    marked = tuple(revision.passage(field, s.start, s.end) for s in spans)
    touched = [(a, b) for a, b in paragraphs(text) if a < end and b > start] or [(start, end)]
    around = tuple(revision.passage(field, *_near(text, a, b, (start, end))) for a, b in touched)
    return Context(
        around,
        marked,
        article.outlet,
        revision.title,
        article.address,
        revision.number,
        len(article.revisions),
        revision.seen_at,
        article.published_at,
    )


def _near(text: str, start: int, end: int, words: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a paragraph that is near the words; all of it unless it is very long."""
    if words[0] - AROUND_CHARS > start:
        start = words[0] - AROUND_CHARS
        while start < words[0] and not text[start - 1].isspace():
            start += 1
    if words[1] + AROUND_CHARS < end:
        end = words[1] + AROUND_CHARS
        while end > words[1] and not text[end].isspace():
            end -= 1
    return start, end


def _health(citation: Citation, article: Article | None, now: datetime) -> CitationHealth:
    if article is None or article.is_held(now):
        return CitationHealth(citation, article.outlet if article else "")
    span = citation.span
    passage = article.revision(span.revision).passage(span.field, span.start, span.end)
    return CitationHealth(citation, article.outlet, article.address, passage.words)
