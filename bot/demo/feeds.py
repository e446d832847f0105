"""Renders the feeds of the sample wire as RSS 2.0, Atom and JSON Feed.

Sources: RSS 2.0 (rssboard.org), the content, Dublin Core and PRISM modules; RFC 4287; JSON Feed 1.1
(jsonfeed.org) with the words of ninjs for state and embargo in an `_ninjs` extension object.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from bot.demo.wire import DeadLink, Feed, Item, Outlet

NAMESPACES: Final = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def render_feed(feed: Feed, outlet: Outlet, items: Sequence[Item], base_url: str) -> bytes:
    """Return the feed in UTF-8 with the items newest first; pure.

    `items` are those of the feed; `base_url` has no slash at its end.
    """
    newest = sorted(items, key=lambda item: (item.published_at, item.id), reverse=True)
    text = _RENDERERS[feed.format](feed, outlet, newest, base_url)
    return text.encode("utf-8")


def item_path(feed: Feed, item: Item) -> str:
    """Return the path of the item's page."""
    return f"{feed.folder}/{item.id}"


def iso(at: datetime) -> str:
    """Return the UTC instant as `2026-09-17T06:00:00Z`. Source: RFC 3339."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def paragraphs_html(item: Item) -> str:
    """Return the item's paragraphs as escaped HTML, one element a line."""
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in item.paragraphs)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(part for part in parts if part)


def _rss(feed: Feed, outlet: Outlet, items: Sequence[Item], base_url: str) -> str:
    head = [
        f'{DECLARATION}<rss version="2.0" {NAMESPACES}>\n<channel>',
        _element("title", feed.title),
        _element("link", base_url + feed.folder),
        _element("description", f"News from {outlet.name}"),
        _element("language", feed.language),
        f'<atom:link href="{base_url}{feed.path}" rel="self" type="application/rss+xml"/>',
    ]
    entries = [_rss_item(feed, item, base_url) for item in items]
    entries += [_rss_dead_link(link, base_url) for link in feed.dead]
    return _lines([*head, *entries, "</channel>\n</rss>\n"])


def _rss_item(feed: Feed, item: Item, base_url: str) -> str:
    full = feed.text == "full"
    return _lines(
        [
            "<item>",
            _element("title", item.headline),
            _element("link", base_url + item_path(feed, item)),
            f'<guid isPermaLink="false">{item.id}</guid>',
            _element("dc:creator", item.byline),
            _element("category", item.section),
            _element("pubDate", format_datetime(item.published_at, usegmt=True)),
            _element("atom:updated", iso(item.updated_at)) if item.updated_at else "",
            _element("prism:embargoDate", iso(item.embargo)) if item.embargo else "",
            _element("description", item.summary),
            _element("content:encoded", paragraphs_html(item)) if full else "",
            "</item>",
        ]
    )


def _rss_dead_link(link: DeadLink, base_url: str) -> str:
    return _lines(
        [
            "<item>",
            _element("title", link.title),
            _element("link", base_url + link.path),
            f'<guid isPermaLink="false">{link.path}</guid>',
            _element("pubDate", format_datetime(link.published_at, usegmt=True)),
            "</item>",
        ]
    )


def _atom(feed: Feed, outlet: Outlet, items: Sequence[Item], base_url: str) -> str:
    changed = max(item.changed_at for item in items)
    head = [
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">',
        _element("title", feed.title),
        _element("id", f"tag:{outlet.slug}.example,2026:news"),
        f'<link rel="self" href="{base_url}{feed.path}"/>',
        _element("updated", iso(changed)),
        f"<author>{_element('name', outlet.name)}</author>",
    ]
    return _lines([*head, *(_atom_entry(feed, item, base_url) for item in items), "</feed>\n"])


def _atom_entry(feed: Feed, item: Item, base_url: str) -> str:
    html = escape(paragraphs_html(item), quote=False)
    return _lines(
        [
            "<entry>",
            _element("title", item.headline),
            _element("id", f"tag:{item.outlet}.example,2026:{item.id}"),
            f'<link rel="alternate" type="text/html" href="{base_url}{item_path(feed, item)}"/>',
            f"<author>{_element('name', item.byline)}</author>",
            f'<category term="{escape(item.section)}"/>',
            _element("published", iso(item.published_at)),
            _element("updated", iso(item.changed_at)),
            _element("summary", item.summary),
            f'<content type="html">{html}</content>' if feed.text == "full" else "",
            "</entry>",
        ]
    )


def _json(feed: Feed, outlet: Outlet, items: Sequence[Item], base_url: str) -> str:
    listing = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base_url + feed.folder,
        "feed_url": base_url + feed.path,
        "language": feed.language,
        "authors": [{"name": outlet.name}],
        "items": [_json_item(feed, item, base_url) for item in items],
    }
    return json.dumps(listing, ensure_ascii=False, indent=1) + "\n"


def _json_item(feed: Feed, item: Item, base_url: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": f"urn:{item.outlet}:{item.id}",
        "url": base_url + item_path(feed, item),
        "title": item.headline,
        "summary": item.summary,
        "date_published": iso(item.published_at),
        "authors": [{"name": item.byline}],
        "tags": [item.section],
        "language": item.language,
        "_ninjs": {"pubstatus": item.state},
    }
    if item.updated_at:
        fields["date_modified"] = iso(item.updated_at)
    if item.embargo:
        fields["_ninjs"]["embargoed"] = iso(item.embargo)
    if feed.text == "full":
        fields["content_html"] = paragraphs_html(item)
    return fields


_RENDERERS: Final = {"rss": _rss, "atom": _atom, "json": _json}
