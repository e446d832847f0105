"""Looks at a cited page again: which of the cited words are still on it, and can it be read."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import FetchError
from bot.news import Article, Citation, CitationState, Passage
from bot.ports import Document, Item, Reading
from bot.sources.folding import fold_address
from bot.sources.identity import carrier_of
from bot.sources.links import canonical
from bot.sources.page_letters import Page, letters_of
from bot.sources.teasers import as_one
from bot.sources.truncation import is_shrunk

GONE: Final = frozenset({401, 402, 403, 404, 410, 451})
"""Answers that say that the text is not to be had; others may be different in an hour.

Source: RFC 9110, 15.5; RFC 7725 (451).
"""
BETWEEN: Final = timedelta(minutes=10)
"""Two readings closer together may have met the same cache, and are one."""


@dataclass(frozen=True)
class Found:
    """What one reading of a page gave.

    Args:
        unreadable: why the text cannot be read any more, a clause; empty if it can.
        missing: the cited passages that are not on the page.
        item: the article as the page has it now, if that may become a revision.
    """

    unreadable: str = ""
    missing: frozenset[Passage] = frozenset()
    item: Item | None = None


def failure(error: FetchError) -> Found | None:
    """Return what a failed fetch says of the page; `None` if it says nothing for good."""
    return Found(unreadable=error.reason) if error.status in GONE else None


def look(
    document: Document,
    reading: Reading | None,
    article: Article,
    passages: Collection[Passage],
    *,
    is_notice: Callable[[str], bool],
) -> Found:
    """Return which of the article's cited passages are on its page.

    `reading` is `None` if no article stands in it. The whole decoded text of the page counts, what
    is hidden and in its scripts too, compared by its letters and digits alone. Only where some are
    missing does it matter whether the page is behind a wall, leads elsewhere, or has lost more than
    40 % of its text: then it is unreadable. Such a page is no revision; nor is one whose text only
    shrank, unless it says why.
    """
    page = Page(document)
    there = page.letters()
    missing = frozenset(p for p in passages if letters_of(p.words) not in there)
    item = _own_item(reading, article)
    body = item.body if item else ""
    notice = is_notice(body) or (item is not None and is_notice(item.title))
    shrunk = not article.liveblog and is_shrunk(body, article.latest.body) and not notice
    reason = page.wall() or page.elsewhere(article.address)
    if missing and (reason or shrunk):
        return Found(unreadable=reason or "shows less than 60 % of the text that was cited")
    return Found(missing=missing, item=None if shrunk or reason else item)


def next_citation(
    before: Citation | None, passage: Passage, found: Found, article: Article, *, now: datetime
) -> Citation:
    """Return how the citation stands after a reading; `before` is what the last one left.

    What one reading misses is missing, and vanished once another one, ten minutes later or more,
    misses it too. A reading that could not be made counts for neither.
    """
    state = _state(before, passage, found, article, now)
    same = before is not None and before.state == state
    # what is vanished was so since the first reading that missed it
    kept = before is not None and (same or (before.state, state) == ("missing", "vanished"))
    since = before.since if before and kept else now
    return Citation(passage.span, state, since, now, found.unreadable)


def _state(  # noqa: PLR0917 - one reading, with what was known before it
    before: Citation | None, passage: Passage, found: Found, article: Article, now: datetime
) -> CitationState:
    if found.unreadable:
        return "unreadable"
    if passage not in found.missing:
        return "stands"
    if before and before.state in ("unseen", "vanished"):
        return before.state
    if before and before.state == "missing":
        return "vanished" if now - before.since >= BETWEEN else "missing"
    known = before is not None and before.state == "stands"
    return "missing" if known or _is_from_page(passage, article) else "unseen"


def _is_from_page(passage: Passage, article: Article) -> bool:
    """Tell whether the words were read from the page: titles are often the feed's own."""
    address = canonical(article.address)
    pages = {carrier_of(article.source)} if article.source.kind == "page" else set()
    carried = address in {carrier.address for carrier in article.carriers} | pages
    return carried and passage.span.field == "body"


def _own_item(reading: Reading | None, article: Article) -> Item | None:
    """Return the article as the page has it; of a stream, the update that the article is."""
    if reading is None or not reading.items:
        return None
    if not article.liveblog or "#" not in article.address:
        return as_one(reading)
    own = fold_address(article.address, fragment=True)
    return next((i for i in reading.items if fold_address(i.address, fragment=True) == own), None)


def worth_reading(citations: Sequence[Citation], *, now: datetime) -> bool:
    """Tell whether the page was not read within the last ten minutes."""
    return all(now - citation.read_at >= BETWEEN for citation in citations)
