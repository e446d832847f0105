"""Parses the XML of a wire without leaving the document: no DTD, entity or address is opened."""

import re
from copy import deepcopy
from typing import Final

from lxml import etree

from bot.errors import ExtractError
from bot.sources.feed_repairs import mend_markup
from bot.sources.markup import Element, to_text
from bot.text import squeeze

HTML_NAMES: Final = {
    "body.content": "div", "body.head": "div", "block": "div", "bq": "blockquote",
    "datasource": "p", "fn": "p", "header": "template", "hedline": "div", "hl1": "h2",
    "hl2": "h3", "media": "figure", "nitf-table": "div", "note": "aside", "tagline": "p",
}  # fmt: skip
"""What stands for NITF's own elements when prose is read as HTML; a text's own header goes."""
CONTINUED: Final = re.compile(r"(?<=[^\s.!?:”\"'»])[ \t]*\n[ \t]+(?=\S)")
"""A line end inside a sentence, before a line that was set in: as programs print wrapped text."""
DOCTYPE: Final = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
"""Without its declarations, a document with entities of its own is broken: none is expanded."""


def parse_xml(address: str, text: str) -> Element:
    """Return the root of a document, its elements without name spaces, comments and programs.

    Raises:
        ExtractError: the XML is broken, or would choke a parser.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(
            DOCTYPE.sub("", mend_markup(address, text), count=1).encode(), parser
        )
    except etree.XMLSyntaxError as error:
        raise ExtractError(address, "is broken XML, and cannot be read") from error
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def line_of(element: Element | None) -> str:
    """Return what stands in the element on one line."""
    return squeeze("".join(element.itertext())) if element is not None else ""


def line_at(element: Element, path: str) -> str:
    """Return what stands in the first element of the path, on one line."""
    return line_of(element.find(path))


def lines_at(element: Element, path: str) -> tuple[str, ...]:
    """Return what stands in each element of the path, less what is empty."""
    return tuple(line for line in map(line_of, element.iterfind(path)) if line)


def attribute_at(element: Element, path: str, name: str) -> str:
    """Return an attribute of the first element of the path, on one line."""
    found = element.find(path)
    return squeeze(found.get(name, "")) if found is not None else ""


def prose_of(element: Element) -> str:
    """Return the paragraphs of an element that holds XHTML or NITF: what a reader would see."""
    prose = deepcopy(element)
    prose.tail = None
    for inner in list(prose.iter(etree.Element)):
        if inner.tag == "pre" and not len(inner):
            _break_lines(inner)
        inner.tag = HTML_NAMES.get(inner.tag, inner.tag)
    return to_text(etree.tostring(prose, method="html", encoding="unicode"))


def text_or_prose(text: str) -> str:
    """Return the paragraphs of a text that may hold markup; indented lines go on the one before."""
    found = to_text(text)
    return "\n".join(line.strip() for line in CONTINUED.sub(" ", found).split("\n"))


def _break_lines(element: Element) -> None:
    """Write line ends as elements: paragraphs are read with their white space collapsed."""
    first, *others = (element.text or "").strip().split("\n")
    element.text = first
    for line in others:
        etree.SubElement(element, "br").tail = line
