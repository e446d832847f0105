"""Reads NewsML-G2: items alone, or several in a news message.

Source: IPTC, NewsML-G2 2.35. Codes are kept as they stand; their catalogues are never fetched.
"""

from typing import Final

from bot.sources.markup import Element
from bot.sources.nitf import nitf_body, nitf_headline
from bot.sources.wire_items import WireItem, status_word
from bot.sources.wire_xml import attribute_at, line_at, line_of, lines_at, prose_of, text_or_prose
from bot.text import squeeze

ITEMS: Final = frozenset(
    {"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}
)
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
SUBORDINATE: Final = ("sub", "alt", "short")
"""Parts of a headline's role which say that it is not the one to print."""


def read_newsml(root: Element) -> tuple[WireItem, ...]:
    """Return the items of a document in its order, those of a message or package included."""
    found = [root] if root.tag in ITEMS else root.iter(*ITEMS)
    return tuple(map(_item, found))


def _item(item: Element) -> WireItem:
    meta, content = _part(item, "itemMeta"), _part(item, "contentMeta")
    embargo = meta.find("embargoed")
    prose = max(map(_prose, _part(item, "contentSet")), key=len, default="")
    return WireItem(
        "newsml-g2",
        id=squeeze(item.get("guid", "")),
        version=squeeze(item.get("version", "")),
        item=item.tag,
        itemclass=_code(meta.find("itemClass")),
        pubstatus=status_word(_code(meta.find("pubStatus"))),
        embargoed=None if embargo is None else line_of(embargo),
        versioncreated=line_at(meta, "versionCreated"),
        firstcreated=line_at(meta, "firstCreated"),
        signals=tuple(filter(None, map(_code, meta.iterfind("signal")))),
        ednote=lines_at(meta, "edNote"),
        urgency=line_at(content, "urgency"),
        slugline=line_at(content, "slugline"),
        subjects=_names(content, "subject"),
        headline=_headline(item, meta, content),
        byline=lines_at(content, "by") or _names(content, "creator"),
        located=_names(content, "located"),
        dateline=line_at(content, "dateline"),
        infosources=_names(content, "infoSource"),
        provider=_name(meta.find("provider")),
        altids=lines_at(content, "altId"),
        links=tuple(map(_link, meta.iterfind("link"))),
        lang=_language(item, content),
        body=prose,
    )


def _part(item: Element, name: str) -> Element:
    found = item.find(name)
    return item.makeelement(name) if found is None else found


def _code(element: Element | None) -> str:
    if element is None:
        return ""
    return squeeze(element.get("qcode") or element.get("uri") or element.get("literal") or "")


def _name(element: Element | None) -> str:
    """Return what a person would call it: its name, else the literal, else the code."""
    if element is None:
        return ""
    return line_at(element, "name") or squeeze(element.get("literal", "")) or _code(element)


def _names(parent: Element, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_name, parent.iterfind(path)))))


def _link(link: Element) -> tuple[str, str, str]:
    target = link.get("residref") or link.get("guidref") or link.get("href") or ""
    return squeeze(link.get("rel", "")), squeeze(target), squeeze(link.get("version", ""))


def _headline(item: Element, meta: Element, content: Element) -> str:
    """Return the headline; without one, what stands above the text, or the title of the item."""
    headlines = [e for e in content.iterfind("headline") if line_of(e)]
    main = [e for e in headlines if not any(s in e.get("role", "").lower() for s in SUBORDINATE)]
    nitf = item.find("contentSet/inlineXML/nitf")
    inner = nitf_headline(nitf) if nitf is not None else ""
    return line_of(next(iter((*main, *headlines)), None)) or inner or line_at(meta, "title")


def _language(item: Element, content: Element) -> str:
    """Return the tag of the content; the item's own when it says the same more exactly."""
    outer = squeeze(item.get(LANG, ""))
    inner = squeeze(attribute_at(content, "language", "tag"))
    return outer if not inner or outer.lower().startswith(inner.lower()) else inner


def _prose(content: Element) -> str:
    if content.tag == "inlineData":
        return text_or_prose(content.text or "")
    if content.tag != "inlineXML":
        return ""
    nitf = content.find("nitf")
    if nitf is not None:
        return nitf_body(nitf)
    body = content.find("html/body")
    return prose_of(content if body is None else body)
