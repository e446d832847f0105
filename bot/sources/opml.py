"""Reads and writes lists of sources as OPML, the format in which feed readers exchange them.

Source: OPML 2.0, opml.org/spec2.opml: `outline` elements with `text` and `xmlUrl`, in folders or
not; attributes of other name spaces are allowed, and carry the publisher.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from bot.errors import ExtractError
from bot.sources.encodings import decode_markup, unpack
from bot.sources.feed_repairs import root_name
from bot.sources.links import absolute
from bot.sources.markup import Element
from bot.sources.wire_xml import parse_xml
from bot.text import clean, squeeze

NAMESPACE: Final = "urn:nutgraf:opml"
PUBLISHER: Final = f"{{{NAMESPACE}}}publisher"


@dataclass(frozen=True)
class Subscription:
    """A source in such a list: a web address, and whose it is as far as the list says."""

    address: str
    outlet: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Subscriptions:
    """What an OPML list holds, in its order, each address once.

    Args:
        refused: addresses that are none of the web; they are not read (a list from outside must not
            point at files).
    """

    sources: tuple[Subscription, ...]
    refused: tuple[str, ...] = ()


def read_opml(address: str, content: bytes) -> Subscriptions:
    """Return the sources of an OPML list; `address` is what the list is called in errors.

    Raises:
        ExtractError: broken XML, or no OPML.
    """
    text = decode_markup(unpack(address, content))
    if root_name(text) != "opml":
        raise ExtractError(address, "is no OPML list")
    sources: dict[str, Subscription] = {}
    refused: dict[str, None] = {}
    for outline in parse_xml(address, text).iter("outline"):
        stated = _line(outline, "xmlUrl") or _line(outline, "xmlurl")
        found = absolute(_without_feed(stated), "")
        if found:
            sources.setdefault(found, _subscription(outline, found))
        elif stated:
            refused[stated] = None
    return Subscriptions(tuple(sources.values()), tuple(refused))


def write_opml(sources: Iterable[Subscription], *, title: str = "Sources") -> str:
    """Return the sources as an OPML 2.0 document, which `read_opml` reads back as they are."""
    root = etree.Element("opml", version="2.0", nsmap={"nutgraf": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = squeeze(clean(title))
    body = etree.SubElement(root, "body")
    for source in sources:
        outlet, publisher = squeeze(clean(source.outlet)), squeeze(clean(source.publisher))
        outline = etree.SubElement(
            body, "outline", type="rss", text=outlet or source.address, xmlUrl=source.address
        )
        if publisher:
            outline.set(PUBLISHER, publisher)
    markup = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{markup}'


def _subscription(outline: Element, address: str) -> Subscription:
    name = _line(outline, "text") or _line(outline, "title")
    return Subscription(address, "" if name == address else name, _line(outline, PUBLISHER))


def _without_feed(address: str) -> str:
    """Return the web address in one of the made-up scheme `feed`, in either of its two forms."""
    if address.startswith("feed://"):
        return "http://" + address.removeprefix("feed://")
    return address.removeprefix("feed:")


def _line(outline: Element, name: str) -> str:
    return squeeze(clean(outline.get(name, "")))
