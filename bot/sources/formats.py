"""Names the format that a document is in, as editors and vendors call it."""

import re
from typing import Final

from bot.errors import ExtractError
from bot.news import SourceKind
from bot.ports import Document
from bot.sources.documents import read_wire_items
from bot.sources.encodings import decode_markup, unpack
from bot.sources.feed_repairs import root_name

WIRES: Final = {
    "newsml-g2": "NewsML-G2",
    "nitf": "NITF",
    "ninjs": "ninjs",
    "iptc7901": "IPTC 7901",
    "anpa": "ANPA 1312",
}
FEEDS: Final = {"rss": "RSS", "rdf": "RSS 1.0 (RDF)", "feed": "Atom", "entry": "Atom"}
RSS_VERSION: Final = re.compile(r"""<rss\b[^>]{0,500}?\bversion\s*=\s*["'](\d\.\d{1,2})["']""")
WITHIN: Final = 10_000
"""Characters in which a feed must have begun."""


def format_name(document: Document, kind: SourceKind) -> str:
    """Return the name of the format, given what kind of document it was read as."""
    match kind:
        case "wire":
            return _wire(document)
        case "feed":
            return _feed(unpack(document.address, document.content))
        case "page":
            return "web page"
        case "text":
            return "plain text"


def _wire(document: Document) -> str:
    try:
        return WIRES[read_wire_items(document)[0].format]
    except ExtractError:
        return "wire"


def _feed(content: bytes) -> str:
    text = decode_markup(content)[:WITHIN]
    if text.lstrip()[:1] in {"{", "["}:
        return "JSON Feed"
    version = RSS_VERSION.search(text)
    name = FEEDS.get(root_name(text), "feed")
    return f"RSS {version[1]}" if version and name in {"RSS", "feed"} else name
