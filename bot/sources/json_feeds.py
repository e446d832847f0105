"""Reads JSON Feeds, versions 1 and 1.1, with the news states of ninjs in an extension.

Sources: jsonfeed.org/version/1.1; ninjs 2.1 for the values of `pubstatus` and `embargoed`, which
stand in an item's `_ninjs` object (JSON Feed: custom objects begin with an underscore).
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from bot.errors import ExtractError
from bot.news import Withdrawal
from bot.ports import Item, Reading
from bot.sources.categories import categories
from bot.sources.dates import parse_instant, past
from bot.sources.links import absolute
from bot.sources.markup import to_line, to_text
from bot.sources.teasers import is_teaser
from bot.text import clean, squeeze

OBJECT: Final = re.compile(r'\s*[{\[]\s*(?:["{\[\]}]|$)')

Fields = Mapping[str, object]


def is_json(text: str) -> bool:
    """Tell whether the text begins as a JSON object or list does."""
    return OBJECT.match(text) is not None


def read_json_feed(
    address: str, text: str, *, now: datetime, base: str = "", max_items: int | None = None
) -> Reading:
    """Return the items of a JSON Feed in its order; `base` completes relative addresses.

    Only the first `max_items` are read.

    Raises:
        ExtractError: broken JSON, or JSON of another kind.
    """
    try:
        feed = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExtractError(address, "is broken JSON") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ExtractError(address, "is JSON, but no JSON Feed")
    language = _line(feed, "language")
    items = tuple(
        _item(i, feed, base, now) for i in feed["items"][:max_items] if isinstance(i, dict)
    )
    return Reading("feed", _line(feed, "title"), items, language)


def _item(fields: Fields, feed: Fields, base: str, now: datetime) -> Item:
    state = fields.get("_ninjs")
    # an extension of another shape is one that we cannot understand
    state = state if isinstance(state, dict) else {"pubstatus": str(state or "usable")}
    address = absolute(_line(fields, "url") or _line(fields, "external_url"), base)
    withdrawn = _withdrawn(state)
    full, summary = _content(fields), clean(_string(fields, "summary"))
    published = past(parse_instant(fields.get("date_published")), now=now)
    updated = past(parse_instant(fields.get("date_modified")), now=now)
    return Item(
        guid=_line(fields, "id"),
        address=address,
        title=to_line(_string(fields, "title")),
        body=full or summary.strip(),
        byline=_authors(fields) or _authors(feed),
        language=_line(fields, "language") or _line(feed, "language"),
        published_at=published or updated,
        updated_at=updated,
        embargoed_until=parse_instant(state.get("embargoed")),
        withdrawn=withdrawn,
        teaser=bool(address) and not withdrawn and is_teaser(full, summary),
        categories=_categories(fields),
    )


def _withdrawn(state: Fields) -> Withdrawal | None:
    """Return the state; one that cannot be understood, or an embargo that cannot, is withheld."""
    status = state.get("pubstatus") or "usable"
    if status in {"canceled", "cancelled"}:
        return "killed"
    has_bad_embargo = state.get("embargoed") and not parse_instant(state.get("embargoed"))
    return "withheld" if status != "usable" or has_bad_embargo else None


def _content(fields: Fields) -> str:
    plain = _string(fields, "content_text")
    return to_text(_string(fields, "content_html")) or clean(plain).strip()


def _categories(fields: Fields) -> tuple[str, ...]:
    tags = fields.get("tags")
    return categories(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else ()


def _authors(fields: Fields) -> str:
    listed = fields.get("authors") or [fields.get("author")]
    authors = listed if isinstance(listed, list) else []
    names = (_line(author, "name") for author in authors if isinstance(author, dict))
    return ", ".join(name for name in names if name)


def _string(fields: Fields, key: str) -> str:
    value = fields.get(key)
    # version 1 let ids be numbers
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _line(fields: Fields, key: str) -> str:
    return squeeze(clean(_string(fields, key)))
