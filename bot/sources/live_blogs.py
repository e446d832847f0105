"""A live blog is a stream of small items: reads each of its updates, and joins them to one text.

Source: schema.org, `LiveBlogPosting.liveBlogUpdate`, a list of `BlogPosting`.
"""

import html
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.ports import Item
from bot.sources.dates import parse_instant, past
from bot.sources.links import absolute, canonical, host_of
from bot.sources.markup import to_text
from bot.sources.page_data import PageData, text_of_value, types_of


def live_updates(data: PageData, page: Item, *, now: datetime) -> tuple[Item, ...]:
    """Return the updates that the page gives to machines, in its order; none if it is no live blog.

    Each has its own headline, text, dates, identifier and address; byline and language are the
    page's where it has none. Its address lies on the page's host, or is the page's.
    """
    if "LiveBlogPosting" not in types_of(data.article):
        return ()
    updates = data.resolve(data.article.get("liveBlogUpdate"))
    items = (_update(u, page, now) for u in updates if isinstance(u, Mapping))
    return tuple(item for item in items if item.title or item.body)


def joined(items: Iterable[Item]) -> str:
    """Return the text of the updates as one: headlines and texts in their order."""
    return "\n\n".join(text for item in items for text in (item.title, item.body) if text)


def _update(node: Mapping[str, object], page: Item, now: datetime) -> Item:
    body = node.get("articleBody")
    address = _address(node, page)
    published = past(parse_instant(text_of_value(node.get("datePublished"))), now=now)
    updated = past(parse_instant(text_of_value(node.get("dateModified"))), now=now)
    return replace(
        page,
        guid=text_of_value(node.get("@id")) or text_of_value(node.get("identifier")) or address,
        address=address or page.address,
        title=html.unescape(text_of_value(node.get("headline"))),
        body=to_text(body) if isinstance(body, str) else "",
        published_at=published or updated,
        updated_at=updated,
        liveblog=True,
    )


def _address(node: Mapping[str, object], page: Item) -> str:
    """Return the update's own address: on the page's host, and not the page's own."""
    for claim in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        named = claim.get("@id") if isinstance(claim, Mapping) else claim
        found = absolute(text_of_value(named), page.address)
        own = urlsplit(found).fragment or canonical(found) != canonical(page.address)
        here = not page.address or host_of(found) == host_of(page.address)
        if found and own and here:
            return found
    return ""
