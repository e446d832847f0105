"""Renders the pages of the sample wire: an article among the furniture of a news site."""

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from string import Template
from typing import Final

from bot.demo.feeds import iso, item_path
from bot.demo.wire import Feed, Item, Wire

OPENING_PARAGRAPHS: Final = 2
"""How many paragraphs stand before the box that a site puts into its articles."""

MAX_RELATED: Final = 4

UNREADABLE: Final = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title></title></head>'
    '<body><div id="app"></div><script src="/static/app.js"></script></body></html>\n'
)
"""A page that a browser would fill; whoever reads only HTML finds no word in it."""


def render_page(wire: Wire, item: Item, others: Sequence[Item], base_url: str) -> bytes:
    """Return the item's page in its outlet's encoding; pure.

    `others` are the feed's items for the list of related links; those whose page may not be read
    are left out.
    """
    outlet, feed = wire.outlet(item.outlet), wire.feed(item.feed)
    text = Template(wire.template(f"{outlet.slug}.html")).substitute(
        _fields(feed, item, base_url),
        outlet=escape(outlet.name),
        publisher=escape(outlet.publisher),
        charset=outlet.charset,
        insert=wire.template(item.insert) if item.insert else "",
        related=_related(feed, item, others, base_url),
        json_ld=_json_ld(item, outlet.name, base_url + item_path(feed, item)),
    )
    return text.encode(outlet.charset, errors="xmlcharrefreplace")


def _fields(feed: Feed, item: Item, base_url: str) -> dict[str, str]:
    return {
        "language": item.language,
        "url": base_url + item_path(feed, item),
        "home": base_url + feed.folder,
        "feed": base_url + feed.path,
        "headline": escape(item.headline),
        "summary": escape(item.summary),
        "byline": escape(item.byline),
        "section": escape(item.section),
        "published": iso(item.published_at),
        "published_words": _in_words(item.published_at),
        "updated": iso(item.changed_at),
        "opening": _paragraphs(item.paragraphs[:OPENING_PARAGRAPHS]),
        "rest": _paragraphs(item.paragraphs[OPENING_PARAGRAPHS:]),
        "figure": _figure(item),
    }


def _paragraphs(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def _in_words(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y, %H:%M} UTC"


def _figure(item: Item) -> str:
    if not item.caption:
        return ""
    return (
        f'<figure><img src="/static/{item.id}.jpg" alt="" width="1200" height="675">'
        f'<figcaption><span class="caption">{escape(item.caption)}</span> '
        f'<span class="credit">{escape(item.credit)}</span></figcaption></figure>'
    )


def _related(feed: Feed, item: Item, others: Sequence[Item], base_url: str) -> str:
    shown = [o for o in others if o.id != item.id and o.is_open]
    return "\n".join(
        f'<li><a href="{base_url}{item_path(feed, other)}">{escape(other.headline)}</a></li>'
        for other in shown[-MAX_RELATED:]
    )


def _json_ld(item: Item, outlet: str, url: str) -> str:
    """Source: schema.org NewsArticle. `<` is escaped so that no text can end the script element."""
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.headline,
        "description": item.summary,
        "datePublished": iso(item.published_at),
        "dateModified": iso(item.changed_at),
        "author": [{"@type": "Person", "name": item.byline}],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet},
        "articleSection": item.section,
        "inLanguage": item.language,
        "mainEntityOfPage": url,
    }
    return json.dumps(fields, ensure_ascii=False).replace("<", "\\u003c")
