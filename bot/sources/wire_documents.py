"""Tells whether a document is in a wire format, and reads its items if it is."""

import re
from typing import Final

import msgspec

from bot.errors import ExtractError
from bot.sources.encodings import decode_text
from bot.sources.feed_repairs import root_name
from bot.sources.json_feeds import is_json
from bot.sources.newsml import ITEMS, read_newsml
from bot.sources.ninjs import is_ninjs, read_ninjs
from bot.sources.nitf import read_nitf
from bot.sources.wire_items import WireItem
from bot.sources.wire_text import is_wire_text, read_wire_text
from bot.sources.wire_xml import parse_xml

NEWSML_ROOTS: Final = frozenset(name.lower() for name in (*ITEMS, "newsMessage"))
IDENTIFIED: Final = re.compile(r'"(?:uri|guid)"\s*:', re.IGNORECASE)
"""What every ninjs item has; no other JSON is decoded to see whether it is one."""


def find_wire_items(address: str, content: bytes, markup: str | None) -> tuple[WireItem, ...]:
    """Return the items of a wire document, nothing for a document of another kind.

    `markup` is the decoded content if it could be markup.

    Raises:
        ExtractError: it is a wire document, and broken.
    """
    if is_wire_text(content):
        return (read_wire_text(content),)
    root = root_name(markup) if markup else ""
    if root == "nitf" and markup:
        return (read_nitf(parse_xml(address, markup)),)
    if root in NEWSML_ROOTS and markup:
        return read_newsml(parse_xml(address, markup))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return ()
    return _find_ninjs(decode_text(address, content))


def _find_ninjs(text: str) -> tuple[WireItem, ...]:
    if not is_json(text) or not IDENTIFIED.search(text):
        return ()
    try:
        decoded = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        # whoever reads JSON Feeds says what is wrong with it
        return ()
    return read_ninjs(decoded) if is_ninjs(decoded) else ()


def require_wire_items(address: str, content: bytes, markup: str | None) -> tuple[WireItem, ...]:
    """Return the items as `find_wire_items` does.

    Raises:
        ExtractError: it is broken, or no wire document.
    """
    found = find_wire_items(address, content, markup)
    if not found:
        raise ExtractError(
            address, "is not in a wire format (NewsML-G2, NITF, ninjs, IPTC 7901, ANPA)"
        )
    return found
