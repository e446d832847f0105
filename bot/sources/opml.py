"""Reads and writes lists of sources as OPML, the format in which feed readers exchange them.

Source: OPML 2.0, opml.org/spec2.opml: `outline` elements with `text` and `xmlUrl`, in folders or
not; attributes of other name spaces are allowed, and carry
publisher, `urgent` and `paused`.
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
URGENT: Final = f"{{{NAMESPACE}}}urgent"
PAUSED: Final = f"{{{NAMESPACE}}}paused"


NOT_WEB: Final = "is no web address; a list from outside may not point at files"
NO_ADDRESS: Final = "says that it is a feed, and has no address"
YES: Final = "true"
MAX_FOLDERS: Final = 8
"""Folders inside each other whose names count."""


@dataclass(frozen=True)
class Outline:
    """A source in such a list: a web address, and what the list says of it.

    `folder` is where it stands in the list, names of folders from the outside in, joined by "/".
    """

    address: str
    outlet: str = ""
    publisher: str = ""
    folder: str = ""
    urgent: bool = False
    paused: bool = False


@dataclass(frozen=True)
class RefusedOutline:
    """An outline that is not read: what it states as its address or name, and a clause why."""

    stated: str
    reason: str


def read_opml(address: str, content: bytes) -> tuple[Outline | RefusedOutline, ...]:
    """Return the sources of an OPML list in its order; `address` is what errors call the list.

    Folders and links to pages are no sources and are left out.

    Raises:
        ExtractError: broken XML, or no OPML.
    """
    text = decode_markup(unpack(address, content))
    if root_name(text) != "opml":
        raise ExtractError(address, "is no OPML list")
    found = map(_read_outline, parse_xml(address, text).iter("outline"))
    return tuple(outline for outline in found if outline)


def write_opml(sources: Iterable[Outline], *, title: str = "Sources") -> str:
    """Return the sources as an OPML 2.0 document, which `read_opml` reads back as they are.

    Those of one folder stand together, where its first one stood.
    """
    root = etree.Element("opml", version="2.0", nsmap={"nutgraf": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _clean(title)
    body = etree.SubElement(root, "body")
    folders: dict[str, Element] = {"": body}
    for source in sources:
        _write_outline(_folder(_clean(source.folder), folders), source)
    markup = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{markup}'


def _read_outline(outline: Element) -> Outline | RefusedOutline | None:
    stated = _line(outline, "xmlUrl") or _line(outline, "xmlurl")
    name = _line(outline, "text") or _line(outline, "title")
    if not stated:
        is_feed = _line(outline, "type").lower() == "rss"
        return RefusedOutline(name, NO_ADDRESS) if is_feed else None
    address = absolute(_without_feed(stated), "")
    if not address:
        return RefusedOutline(stated, NOT_WEB)
    return Outline(
        address,
        "" if name == address else name,
        _line(outline, PUBLISHER),
        _folder_of(outline),
        urgent=_line(outline, URGENT) == YES,
        paused=_line(outline, PAUSED) == YES,
    )


def _folder_of(outline: Element) -> str:
    """Return the folders around the outline, or else the first category that it names."""
    around = [a for a in outline.iterancestors("outline") if not _line(a, "xmlUrl")]
    names = [_line(a, "text") or _line(a, "title") for a in reversed(around[-MAX_FOLDERS:])]
    return "/".join(filter(None, names)) or _line(outline, "category").split(",")[0].strip("/ ")


def _folder(path: str, folders: dict[str, Element]) -> Element:
    """Return the element of a folder; one name is one level, and new ones are made."""
    if path not in folders:
        folders[path] = etree.SubElement(folders[""], "outline", text=path)
    return folders[path]


def _write_outline(parent: Element, source: Outline) -> None:
    name = _clean(source.outlet) or source.address
    outline = etree.SubElement(parent, "outline", type="rss", text=name, xmlUrl=source.address)
    stated = {
        PUBLISHER: _clean(source.publisher),
        URGENT: YES if source.urgent else "",
        PAUSED: YES if source.paused else "",
    }
    for key, value in stated.items():
        if value:
            outline.set(key, value)


def _without_feed(address: str) -> str:
    """Return the web address in one of the made-up scheme `feed`, in either of its two forms."""
    if address.startswith("feed://"):
        return "http://" + address.removeprefix("feed://")
    return address.removeprefix("feed:")


def _line(outline: Element, name: str) -> str:
    return _clean(outline.get(name, ""))


def _clean(text: str) -> str:
    return squeeze(clean(text))
