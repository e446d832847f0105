"""Reads RSS 0.9x to 2.0, RDF and Atom through feedparser, with embargoes as PRISM writes them.

Sources: PRISM 2.x, `prism:embargoDate`; feedparser was chosen on the shared feeds, of which it
reads every one.
"""

from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import feedparser

from bot.errors import ExtractError
from bot.ports import Item, Reading
from bot.sources.categories import categories
from bot.sources.dates import parse_instant, past, to_utc
from bot.sources.feed_repairs import cut_half_entry, mend
from bot.sources.feed_times import ttl_seconds, update_seconds
from bot.sources.links import absolute
from bot.sources.markup import to_line, to_text
from bot.sources.teasers import is_teaser
from bot.text import clean, squeeze

EMBARGO: Final = "embargodate"
"""`prism:embargoDate` as feedparser spells it, behind the prefix."""

CUT_SHORT: Final = "ends in the middle of an entry, which was left out"

Entry = dict[str, Any]
"""What feedparser gives; it ships no types. Read with `dict.get`: its own has fallbacks."""


def read_feed(address: str, text: str, *, now: datetime, base: str = "") -> Reading:
    """Return the items of an XML feed in its order; `base` completes relative addresses.

    Raises:
        ExtractError: XML so broken that nothing can be read, or a hostile feed.
    """
    found = _parse(mend(address, text))
    if not found.version and not found.entries:
        raise ExtractError(address, "is broken XML, and no entry of its feed can be read")
    language = _line(found.feed, "language")
    items = tuple(_item(entry, language, base, now) for entry in found.entries)
    shortfall = CUT_SHORT if cut_half_entry(text) != text else ""
    if shortfall and not items:
        raise ExtractError(address, shortfall)
    title = to_line(_string(found.feed, "title"))
    hints = (ttl_seconds(_line(found.feed, "ttl")), _update_seconds(found.feed))
    return Reading("feed", title, items, language, shortfall, *hints)


def _parse(text: str) -> Any:  # noqa: ANN401 - the library ships no types
    # without the address of the feed, to which the library would join identifiers too
    headers = {"content-type": "application/xml; charset=utf-8"}
    # a stream: the library would take a string for an address or a path, and bytes for a path
    return feedparser.parse(
        BytesIO(text.encode()),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _item(entry: Entry, language: str, base: str, now: datetime) -> Item:
    address = absolute(_line(entry, "link"), base)
    full, summary = to_text(_content(entry)), to_text(_string(entry, "summary"))
    published = _instant(entry, "published") or _instant(entry, "created")
    updated = past(_instant(entry, "updated"), now=now)
    embargo = _embargo(entry)
    embargoed_until = parse_instant(embargo)
    return Item(
        guid=_line(entry, "id"),
        address=address,
        title=to_line(_string(entry, "title")),
        body=full or summary,
        byline=_byline(entry),
        language=_language(entry) or language,
        published_at=past(published, now=now) or updated,
        updated_at=updated,
        embargoed_until=embargoed_until,
        # an embargo that cannot be understood is still one
        withdrawn="withheld" if embargo and not embargoed_until else None,
        teaser=bool(address) and is_teaser(full, summary),
        categories=_categories(entry),
    )


def _update_seconds(feed: Entry) -> int:
    period, frequency = (_line(feed, f"sy_update{name}") for name in ("period", "frequency"))
    return update_seconds(period, frequency)


def _embargo(entry: Entry) -> str:
    """Return the PRISM embargo as written, whatever prefix the feed gives to its namespace."""
    keys = (key for key in entry if key.rpartition("_")[2] == EMBARGO)
    return next((line for line in (_line(entry, key) for key in keys) if line), "")


def _content(entry: Entry) -> str:
    values = (str(dict.get(part, "value") or "") for part in dict.get(entry, "content") or ())
    return max(values, key=len, default="")


def _byline(entry: Entry) -> str:
    authors = dict.get(entry, "authors") or ()
    names = [to_line(_string(author, "name")) for author in authors]
    return ", ".join(dict.fromkeys(name for name in names if name)) or _line(entry, "author")


def _categories(entry: Entry) -> tuple[str, ...]:
    tags = dict.get(entry, "tags") or ()
    return categories(_string(tag, "label") or _string(tag, "term") for tag in tags)


def _language(entry: Entry) -> str:
    details = [*(dict.get(entry, "content") or ()), dict.get(entry, "title_detail") or {}]
    return next((_line(d, "language") for d in details if dict.get(d, "language")), "")


def _instant(entry: Entry, name: str) -> datetime | None:
    parsed = dict.get(entry, f"{name}_parsed")
    try:
        return to_utc(datetime.fromtimestamp(timegm(parsed), tz=UTC)) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _string(entry: Entry, key: str) -> str:
    value = dict.get(entry, key)
    return value if isinstance(value, str) else ""


def _line(entry: Entry, key: str) -> str:
    return squeeze(clean(_string(entry, key)))
