"""Tells a teaser from a full text, and joins a teaser with the page that it points to."""

import re
from dataclasses import replace
from typing import Final

from bot.news import digest
from bot.ports import Item, Reading
from bot.sources.live_blogs import joined
from bot.text import clean, squeeze, words

MIN_SUMMARY_WORDS: Final = 120
"""A feed that gives only summaries gives the whole text if it is longer than summaries are."""
MIN_CONTENT_WORDS: Final = 40
CUT_OFF: Final = re.compile(
    r"""(?:…|\.\.\.|\[(?:…|\.\.\.|\+)\]
    |\b(?:read|view|see)\s+(?:more|the\s+(?:full|whole|rest)\b.*|full\s+(?:story|article).*)
    |\bcontinue\s+reading\b.*|\bweiterlesen\b.*|\blire\s+la\s+suite\b.*|\bleer\s+más\b.*
    |\bthe\s+post\b.*\bappeared\s+first\s+on\b.*)[\s.»›→>\])]*$""",
    re.VERBOSE | re.IGNORECASE,
)


def is_teaser(full: str, summary: str) -> bool:
    """Tell whether a feed's item has only the beginning of its text.

    `full` is what the feed gave as the content, `summary` what it gave as the summary.
    """
    text = full or summary
    if CUT_OFF.search(text[-200:]):
        return True
    return len(words(text)) < (MIN_CONTENT_WORDS if full else MIN_SUMMARY_WORDS)


def complete(item: Item, page: Reading) -> Item:
    """Return the item with the text of its page, if the page has more than the item.

    The item's own title, dates and state come first; what it lacks is taken from the page. If
    either says that the text is held, it is. Of a live blog's page the item is the whole.
    """
    if not page.items:
        return item
    found = as_one(page)
    longer = len(words(found.body)) > len(words(item.body))
    page_text = digest(squeeze(clean(found.title))), digest(clean(found.body))
    embargoes = [e for e in (item.embargoed_until, found.embargoed_until) if e]
    return replace(
        item,
        address=item.address or found.address,
        title=item.title or found.title,
        body=found.body if longer else item.body,
        byline=item.byline or found.byline,
        language=item.language or found.language or page.language,
        published_at=item.published_at or found.published_at,
        updated_at=item.updated_at or found.updated_at,
        embargoed_until=max(embargoes, default=None),
        withdrawn=item.withdrawn or found.withdrawn,
        teaser=item.teaser and not longer,
        completed_from=page_text if longer else None,
        liveblog=found.liveblog,
    )


def as_one(page: Reading) -> Item:
    """Return the first item of a page that has one, and of a live blog all updates as one text."""
    first = page.items[0]
    if not first.liveblog:
        return first
    latest = max((i.updated_at for i in page.items if i.updated_at), default=None)
    return replace(first, title=page.title, body=joined(page.items), updated_at=latest)
