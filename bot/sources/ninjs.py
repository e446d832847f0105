"""Reads ninjs 1.x to 3.x, one item or a list of them, whatever the case of its keys.

Source: IPTC, ninjs 1.6, 2.2 and 3.1. Version 1 names its headlines and bodies in the keys
("body_html", "headline_main"), versions 2 and 3 list them with their roles.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.errors import ExtractError
from bot.sources.markup import to_line
from bot.sources.nitf import nitf_body
from bot.sources.wire_items import WireItem, status_word
from bot.sources.wire_xml import parse_xml, text_or_prose
from bot.text import clean, squeeze

NAMES: Final = frozenset({"uri", "guid"})
FIELDS: Final = frozenset(
    {"versioncreated", "pubstatus", "headline", "headlines", "bodies", "body_html", "body_text",
     "eventdetails", "representationtype", "profile", "renditions", "altids", "associations"}
)  # fmt: skip
"""Keys of which ninjs has one at least; JSON of another kind that has an address has none."""
LISTS: Final = ("item", "items")
MARKED: Final = ("html", "xml", "nitf")

Fields = Mapping[str, object]


def is_ninjs(decoded: object) -> bool:
    """Tell whether the decoded JSON is a ninjs item, or a list of such items."""
    return next(_find(decoded), None) is not None


def read_ninjs(decoded: object) -> tuple[WireItem, ...]:
    """Return the items of the decoded JSON in its order."""
    return tuple(map(_item, _find(decoded)))


def _find(decoded: object) -> Iterator[Fields]:
    listed: object = decoded
    if isinstance(decoded, dict):
        fields = {str(key).lower(): value for key, value in decoded.items()}
        if NAMES & fields.keys() and FIELDS & fields.keys():
            yield fields
            return
        listed = next((fields[key] for key in LISTS if key in fields), None)
    for inner in listed if isinstance(listed, list) else ():
        if isinstance(inner, dict):
            yield from _find(inner)


def _item(fields: Fields) -> WireItem:
    embargo = fields.get("embargoed")
    return WireItem(
        "ninjs",
        id=_line(fields, "uri") or _line(fields, "guid"),
        version=_line(fields, "version"),
        itemclass=_line(fields, "type"),
        pubstatus=status_word(_line(fields, "pubstatus")),
        embargoed=None if embargo is None else _line(fields, "embargoed"),
        versioncreated=_line(fields, "versioncreated"),
        firstcreated=_line(fields, "firstcreated"),
        signals=_values(fields.get("signal")),
        ednote=_values(fields.get("ednote")),
        urgency=_line(fields, "urgency") or _line(fields, "priority"),
        slugline=_line(fields, "slugline"),
        subjects=_values(fields.get("subject")) or _values(fields.get("subjects")),
        headline=_headline(fields),
        byline=_values(fields.get("byline")) or _values(fields.get("by")),
        located=_values(fields.get("located")),
        infosources=_values(fields.get("infosource")) or _values(fields.get("infosources")),
        provider=_line(fields, "copyrightholder") or _line(fields, "source"),
        altids=_values(fields.get("altids")),
        lang=_line(fields, "language"),
        body=_body(fields),
    )


def _headline(fields: Fields) -> str:
    listed = _roles(fields.get("headlines"))
    main = [value for role, _, value in listed if role in {"", "main"}]
    named = [_line(fields, key) for key in ("headline", "headline_main", "title", "name")]
    return to_line(next(filter(None, (*main, *(v for _, _, v in listed), *named)), ""))


def _body(fields: Fields) -> str:
    """Return the text of the body, the marked-up one first: it has the paragraphs."""
    listed = [(kind or role, value) for role, kind, value in _roles(fields.get("bodies"))]
    named = [
        (key, str(value))
        for key, value in fields.items()
        if key.startswith("body_") and isinstance(value, str)
    ]
    bodies = [(kind.lower(), value) for kind, value in (*listed, *named) if value.strip()]
    marked = [body for body in bodies if any(mark in body[0] for mark in MARKED)]
    kind, value = next(iter((*marked, *bodies)), ("", ""))
    return _text(kind, value)


def _text(kind: str, value: str) -> str:
    if "nitf" not in kind:
        return text_or_prose(value)
    try:
        return nitf_body(parse_xml("", value)) or text_or_prose(value)
    except ExtractError:
        return text_or_prose(value)


def _roles(listed: object) -> list[tuple[str, str, str]]:
    """Return role, content type and value of each entry of a list of versions 2 and 3."""
    entries = listed if isinstance(listed, list) else []
    found = []
    for entry in entries:
        if isinstance(entry, dict):
            lower = {str(key).lower(): value for key, value in entry.items()}
            value = lower.get("value")
            text = value if isinstance(value, str) else ""
            found.append((_line(lower, "role"), _line(lower, "contenttype"), clean(text)))
    return found


def _values(value: object) -> tuple[str, ...]:
    """Return the lines of a value: a text, an object with a name or value, or a list of them."""
    if isinstance(value, dict):
        named = value.get("name") or value.get("value") or value.get("code")
        return _values(named) if named else _values(list(value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(line for inner in value for line in _values(inner))
    line = _line({"": value}, "")
    return (line,) if line else ()


def _line(fields: Fields, key: str) -> str:
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return squeeze(clean(str(value)))
