"""Reads the pages that a posted briefing cites again, and records how its citations stand.

What follows from a passage that has vanished is decided elsewhere; nothing here corrects a post.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import msgspec

from bot.errors import FetchError, SourceError
from bot.news import Article, Citation, Dossier, Job, NewJob, Passage, Source, Value
from bot.ports import Document, Item, Reading
from bot.sources import revise
from bot.sources.cited import Found, failure, look, next_citation, worth_reading
from bot.sources.links import canonical
from bot.tools import Tools

log = logging.getLogger(__name__)

AFTER: Final = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
"""How long after a post its pages are read again."""


class ReadAgain(Value, frozen=True):
    """Payload of a `reread` job."""

    briefing_id: str
    version: int
    reading: int


def rereading_jobs(briefing_id: str, version: int, posted_at: datetime) -> tuple[NewJob, ...]:
    """Return the jobs that read the cited pages again, after 15 min, 1 h, 6 h, 24 h and 72 h.

    They have a key of their own: no channel waits for them.
    """
    key = f"reread {briefing_id}/{version}"
    return tuple(
        NewJob("reread", key, _to_payload(ReadAgain(briefing_id, version, n)), posted_at + after)
        for n, after in enumerate(AFTER, start=1)
    )


async def read_again(job: Job, tools: Tools, *, now: datetime) -> None:
    """Read the pages of a briefing again, store what changed, and record its citations.

    A page that was read within ten minutes, a held article, and what has no web address are left
    out. A page that fails for the time being changes nothing.

    Raises:
        ArchiveError: the archive cannot be read or written.
    """
    due = msgspec.json.decode(job.payload, type=ReadAgain)
    dossier = await tools.archive.find_dossier(due.briefing_id, due.version)
    if dossier is None:
        return
    gate = asyncio.Semaphore(tools.fetches_at_once)
    cited = _cited(dossier)
    await asyncio.gather(
        *(_read_page(i, passages, tools, gate, now=now) for i, passages in cited.items())
    )
    fields = {"briefing": due.briefing_id, "reading": due.reading, "articles": len(cited)}
    log.info("cited pages read again", extra=fields)


def _cited(dossier: Dossier) -> dict[str, list[Passage]]:
    """Return the passages that the briefing cites, by article, each once."""
    found: dict[str, dict[Passage, None]] = {}
    for passage in dossier.briefing.passages():
        found.setdefault(passage.span.article_id, {})[passage] = None
    return {article_id: list(passages) for article_id, passages in found.items()}


async def _read_page(
    article_id: str,
    passages: Sequence[Passage],
    tools: Tools,
    gate: asyncio.Semaphore,
    *,
    now: datetime,
) -> None:
    article = await tools.archive.find_article(article_id)
    if article is None or article.is_held(now) or not canonical(article.address):
        return
    known = {c.span: c for c in await tools.archive.citations([article_id])}
    if not worth_reading([known[p.span] for p in passages if p.span in known], now=now):
        return
    async with gate:
        found = await _look(article, passages, tools, now=now)
    if found is None:
        return
    if found.item is not None:
        await _revise(article, found.item, tools, now=now)
    after = [next_citation(known.get(p.span), p, found, article, now=now) for p in passages]
    await tools.archive.note_citations(after)
    _tell(article, known.values(), after)


async def _look(
    article: Article, passages: Sequence[Passage], tools: Tools, *, now: datetime
) -> Found | None:
    try:
        await tools.robots.permit(canonical(article.address))
        document = await tools.documents.fetch(canonical(article.address))
    except FetchError as error:
        log.info("cited page not read", extra={"article": article.id, "reason": error.reason})
        return failure(error)
    is_notice = tools.read_notices().has_notice
    try:
        reading = await _reading(document, tools, now=now)
        return await asyncio.to_thread(
            look, document, reading, article, passages, is_notice=is_notice
        )
    except Exception:  # whatever its bytes do to a parser is that page's failure
        log.exception("cited page not understood", extra={"article": article.id})
        return None


async def _reading(document: Document, tools: Tools, *, now: datetime) -> Reading | None:
    try:
        return await tools.reader.read(document, now=now)
    except SourceError:
        return None


async def _revise(article: Article, item: Item, tools: Tools, *, now: datetime) -> None:
    """Store what the page says now; if its words changed, that is a revision."""
    source = Source(canonical(article.address), "page", article.source.outlet)
    change = partial(revise, item=item, source=source, now=now)
    (after,) = await tools.archive.revise({article.id: change})
    tools.tell_stored([after], now=now)
    if after.latest.number > article.latest.number:
        log.info("cited article changed", extra={"article": article.id})


def _tell(article: Article, before: Iterable[Citation], after: Sequence[Citation]) -> None:
    """Log what is new and not sound, a line an article and state."""
    states = {citation.span: citation.state for citation in before}
    worse = [c for c in after if not c.is_sound and states.get(c.span) != c.state]
    for state in sorted({citation.state for citation in worse}):
        of_state = [citation for citation in worse if citation.state == state]
        phrase = "source no longer readable" if state == "unreadable" else "cited words not found"
        fields = {"article": article.id, "outlet": article.outlet, "state": state}
        facts = {"passages": len(of_state), "reason": of_state[0].reason}
        log.warning(phrase, extra=fields | facts)


def _to_payload(value: Value) -> str:
    return msgspec.json.encode(value).decode()
