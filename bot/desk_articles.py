"""What an editor can ask of a stored article: what it said before, and how its citations stand."""

import asyncio
from datetime import datetime
from textwrap import shorten

from bot.desk import MAX_ECHO_CHARS, Desk
from bot.errors import UnknownError
from bot.news import Article, Citation, CitationHealth, History
from bot.pipeline import history_of


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


def _health(citation: Citation, article: Article | None, now: datetime) -> CitationHealth:
    if article is None or article.is_held(now):
        return CitationHealth(citation, article.outlet if article else "")
    span = citation.span
    passage = article.revision(span.revision).passage(span.field, span.start, span.end)
    return CitationHealth(citation, article.outlet, article.address, passage.words)
