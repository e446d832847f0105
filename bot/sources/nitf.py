"""Reads NITF 3.x, the News Industry Text Format.

Source: IPTC, NITF 3.6; `docdata` for the management of the item, `body.head` for what is printed
above it. Its own DTD is never fetched.
"""

from typing import Final

from bot.sources.markup import Element
from bot.sources.wire_items import WireItem, status_word
from bot.sources.wire_xml import attribute_at, line_at, line_of, lines_at, prose_of
from bot.text import squeeze

PLACE_PARTS: Final = ("city", "county-dist", "state-prov", "iso-cc")
"""Attributes of `evloc`, from small to large."""


def read_nitf(root: Element) -> WireItem:
    """Return the one item of a document."""
    found = root.find("head/docdata")
    data = root.makeelement("docdata") if found is None else found
    status = status_word(data.get("management-status", ""))
    return WireItem(
        "nitf",
        id=attribute_at(data, "doc-id", "id-string"),
        version=attribute_at(data, "du-key", "version"),
        pubstatus=status,
        release=attribute_at(data, "date.release", "norm"),
        expires=attribute_at(data, "date.expire", "norm"),
        versioncreated=attribute_at(data, "date.issue", "norm"),
        ednote=tuple(_notes(root, data)),
        # some senders place it beside docdata
        urgency=attribute_at(root, "head//urgency", "ed-urg"),
        slugline=attribute_at(data, "du-key", "key")
        or attribute_at(data, "key-list/keyword", "key"),
        headline=nitf_headline(root),
        byline=tuple(filter(None, map(_spaced, root.iterfind("body/body.head/byline")))),
        located=tuple(filter(None, map(_place, data.iterfind("evloc")))),
        dateline=line_at(root, "body/body.head/dateline"),
        infosources=_sources(root, data),
        lang=squeeze(root.get("baselang", "")),
        replaces=squeeze(data.get("management-doc-idref", "")),
        replaced_status=status_word(data.get("management-idref-status", "") or status),
        body=nitf_body(root),
    )


def nitf_headline(root: Element) -> str:
    """Return the main headline of an NITF tree, else the title of the document."""
    return line_at(root, "body/body.head/hedline/hl1") or line_at(root, "head/title")


def nitf_body(root: Element) -> str:
    """Return the paragraphs of the content, without headline, notes and captions."""
    content = root.find("body/body.content")
    return prose_of(content) if content is not None else ""


def _notes(root: Element, data: Element) -> list[str]:
    messages = [squeeze(message.get("info", "")) for message in data.iterfind("ed-msg")]
    notes = [
        line_of(note)
        for note in root.iterfind("body/body.head/note")
        if note.get("noteclass") == "editorsnote"
    ]
    return [line for line in (*messages, *notes) if line]


def _sources(root: Element, data: Element) -> tuple[str, ...]:
    named = lines_at(root, "body/body.head/distributor")
    sent = (squeeze(e.get("src-name", "")) for e in data.iterfind("del-list/from-src"))
    return named or tuple(name for name in sent if name)


def _place(evloc: Element) -> str:
    parts = (squeeze(evloc.get(part, "")) for part in PLACE_PARTS)
    return ", ".join(part for part in parts if part)


def _spaced(element: Element) -> str:
    """Return the line with a space where one of its elements ends: names and titles touch."""
    return squeeze(" ".join(element.itertext()))
