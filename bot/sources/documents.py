"""Reads one document of whatever kind it turns out to be."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.errors import ExtractError
from bot.ports import Document, Reading
from bot.sources.article_json import is_exported, read_articles
from bot.sources.embargo_lines import as_embargoed
from bot.sources.encodings import decode_markup, decode_text, unpack
from bot.sources.feed_repairs import find_late_feed, first_entries, is_feed
from bot.sources.json_feeds import is_json, read_json_feed
from bot.sources.links import host_of
from bot.sources.plain import read_plain
from bot.sources.wire import to_reading
from bot.sources.wire_documents import find_wire_items, require_wire_items
from bot.sources.wire_items import WireItem

DECLARED: Final = re.compile(
    rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
DECLARATIONS_WITHIN: Final = 4_096
"""Bytes in which a page must name its encoding: four times what HTML asks for."""
PAGE: Final = re.compile(
    r"""\s*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|section|title|meta)\b
    |\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)++<(?:!doctype\s+html|html)\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
STEM: Final = re.compile(r"([^/\\]+?)(?:\.\w{1,5})?[/\\]*$")


def read_document(document: Document, *, now: datetime, max_items: int | None = None) -> Reading:
    """Return what the document holds: a feed's items, a page's article, a text.

    What it is, its content decides; what its sender called it comes second. Of a feed the first
    `max_items` are read, and the rest costs next to nothing.

    Raises:
        ExtractError: it is empty, binary, broken, in an unknown encoding, or holds no article.
    """
    content = unpack(document.address, document.content)
    if not content.strip():
        raise ExtractError(document.address, "is empty")
    reading = _read(document, content, now, max_items)
    items = tuple(as_embargoed(item, now=now) for item in reading.items[:max_items])
    reading = replace(reading, items=items)
    return reading if reading.outlet else replace(reading, outlet=_outlet(document))


def read_wire_items(document: Document) -> tuple[WireItem, ...]:
    """Return the items of a wire document as it states them, those without a text included.

    Raises:
        ExtractError: it is empty, broken, or in no wire format.
    """
    content = unpack(document.address, document.content)
    return require_wire_items(document.address, content, _markup(document, content))


def _read(document: Document, content: bytes, now: datetime, max_items: int | None) -> Reading:
    markup = _markup(document, content)
    wire = find_wire_items(document.address, content, markup)
    if wire:
        return to_reading(document.address, wire, now=now)
    if markup is None:
        return _read_text(document, content, now, max_items)
    base = document.final_address or document.address
    is_page = not is_feed(markup) and PAGE.match(markup) is not None
    feed = markup if is_feed(markup) else None if is_page else find_late_feed(markup)
    if feed is not None:
        from bot.sources.feeds import read_feed  # noqa: PLC0415 - 0.1 s that a text need not wait

        feed = first_entries(feed, max_items)
        return read_feed(document.address, feed, now=now, base=base)
    if is_page or document.media_type in PAGE_TYPES:
        from bot.sources.pages import read_page  # noqa: PLC0415 - 0.3 s that a text need not wait

        return read_page(document.address, markup, now=now, base=base)
    if markup.lstrip().startswith("<?xml"):
        raise ExtractError(document.address, "is XML, but no feed that can be read")
    return _read_text(document, content, now, max_items)


def _markup(document: Document, content: bytes) -> str | None:
    """Return the decoded content if it could be markup."""
    declared = DECLARED.search(content, 0, DECLARATIONS_WITHIN)
    inner = (declared.group(1) or declared.group(2)).decode("ascii") if declared else ""
    if b"<" not in content or content.startswith((b"%PDF", b"PK\x03\x04")):
        return None
    return decode_markup(content, *(name for name in (document.charset, inner) if name))


def _read_text(document: Document, content: bytes, now: datetime, max_items: int | None) -> Reading:
    text = decode_text(document.address, content, document.charset)
    if is_json(text):
        base = document.final_address or document.address
        if is_exported(text):
            return read_articles(document.address, text)
        return read_json_feed(document.address, text, now=now, base=base, max_items=max_items)
    if not text.strip():
        raise ExtractError(document.address, "is empty")
    return Reading("text", "", (read_plain(text),))


def _outlet(document: Document) -> str:
    """Return what stands for an outlet that does not say its name: host or name of the file."""
    address = document.final_address or document.address
    if address == "-":
        return "standard input"
    stem = STEM.search(address)
    return host_of(address) or (stem.group(1) if stem else address)
