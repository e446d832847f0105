"""Reads an HTML page: its article's text through trafilatura, all else by our own reader."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import trafilatura

from bot.errors import ExtractError
from bot.ports import Item, Reading
from bot.sources.dates import past
from bot.sources.links import claimed
from bot.sources.live_blogs import joined, live_updates
from bot.sources.markup import Element, drop_unseen, has_monster_tag, parse_html, text_of, to_text
from bot.sources.page_data import PageData
from bot.sources.page_days import find_shown_day
from bot.sources.page_metadata import (
    find_address,
    find_byline,
    find_language,
    find_published,
    find_site,
    find_title,
    find_updated,
)
from bot.text import words

MAX_ELEMENTS: Final = 40_000
"""Elements of a page: six times what the largest shared page has; 4 s of work for extraction."""
TEXTS: Final = ("p", "li", "td", "dd", "blockquote")
"""Elements that an article's text stands in."""
LOST: Final = 1.8
"""How many times more words must stand in the page than were found for a second look."""
MIN_WORDS: Final = 8
"""Fewer words than a short sentence has are a button or an error message, not an article."""


def read_page(address: str, text: str, *, now: datetime, base: str = "") -> Reading:
    """Return the article of a page, or the updates of a live blog; `base` is where it was found.

    Raises:
        ExtractError: no article stands in the page, or it would choke a parser.
    """
    if has_monster_tag(text):
        raise ExtractError(address, "holds a tag with thousands of attributes, and is not parsed")
    root = parse_html(text)
    if root is None:
        raise ExtractError(address, "has no article text in the page")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise ExtractError(address, f"has more than {MAX_ELEMENTS} elements, and is not read")
    data = PageData(root)
    # before the hidden goes: pages show "two hours ago" and hide the instant
    published_at = past(find_published(data, root), now=now)
    if published_at is None and find_updated(data) is None:
        published_at = find_shown_day(root, base or address, now=now)
    drop_unseen(root)
    item = _metadata(data, root, claimed(find_address(data, root), base or address), now)
    title = find_title(data, root)
    item = replace(item, title=title, published_at=published_at)
    updates = live_updates(data, item, now=now)
    if len(words(joined(updates))) < MIN_WORDS:
        body = find_body(data, root, title)
        if len(words(body)) < MIN_WORDS:
            raise ExtractError(address, "has no article text in the page")
        updates = (replace(item, body=body),)
    stream = title if updates[0].liveblog else ""
    return Reading("page", find_site(data), updates, item.language, title=stream)


def find_body(data: PageData, root: Element, title: str) -> str:
    """Return the paragraphs of the article.

    `root` is changed. What the page gives to machines as the article's text stands in where the
    page itself shows none.
    """
    shown = _shown_body(root, title)
    given = to_text(_string(data.article, "articleBody"))
    return given if len(words(shown)) < MIN_WORDS <= len(words(given)) else shown


def _shown_body(root: Element, title: str) -> str:
    body = _extract(deepcopy(root), precise=True)
    there = sum(len(words(element.text_content())) for element in root.iter(*TEXTS))
    if len(words(body)) * LOST < there:
        # precision has thrown away nearly everything: live blogs, unusual layouts
        whole = _extract(root, precise=False)
        body = whole if len(words(whole)) > LOST * len(words(body)) else body
    first, _, rest = body.partition("\n\n")
    return rest if title and first == title else body


def _extract(root: Element, *, precise: bool) -> str:
    found: Any = trafilatura.bare_extraction(
        root, favor_precision=precise, include_comments=False, with_metadata=False
    )
    # its plain text breaks lines at inline elements; the tree beside it does not
    return text_of(found.body) if found is not None and found.body is not None else ""


def _metadata(data: PageData, root: Element, address: str, now: datetime) -> Item:
    return Item(
        address=address,
        byline=find_byline(data, root),
        language=find_language(data, root),
        updated_at=past(find_updated(data), now=now),
    )


def _string(node: Mapping[str, object], key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""
