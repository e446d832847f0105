"""What Discord takes as a message, as far as we use it: every rule that a payload breaks.

Source: Discord API, "Create Message", "Embed Limits", "Component Reference".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

JSON = Mapping[str, Any]

COMPONENTS_V2: Final = 1 << 15
ROW, BUTTON, SELECT, SECTION, TEXT, SEPARATOR, CONTAINER = 1, 2, 3, 9, 10, 14, 17
MAX_COMPONENTS: Final = 40
MAX_TEXT: Final = 4000
MAX_ID: Final = 100
MAX_LABEL: Final = 80
MAX_OPTIONS: Final = 25
MAX_OPTION_CHARS: Final = 100
MAX_PLACEHOLDER: Final = 150
MAX_EMBEDS: Final = 10
MAX_EMBED_CHARS: Final = 6000
MAX_DESCRIPTION: Final = 4096
MAX_TITLE: Final = 256
MAX_FIELDS: Final = 25
MAX_ROWS: Final = 5
MAX_IN_ROW: Final = 5
TOP_LEVEL: Final = {ROW, SECTION, TEXT, SEPARATOR, CONTAINER}


def broken_rules(payload: JSON) -> tuple[str, ...]:
    """Return what is wrong with the body of a message, in words; nothing of one that is in order.

    Lengths are counted in UTF-16 units, at least as long as any way in which Discord counts.
    """
    is_v2 = bool(payload.get("flags", 0) & COMPONENTS_V2)
    found = [*_mentions(payload), *_ids(payload), *_buttons_and_menus(payload)]
    return (*found, *(_v2(payload) if is_v2 else _classic(payload)))


def nodes(node: object) -> Iterator[JSON]:
    """Return every component of a payload, nested ones too, in order."""
    if isinstance(node, Mapping):
        if isinstance(node.get("type"), int):
            yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for value in node:
            yield from nodes(value)


def size(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _components(payload: JSON) -> tuple[JSON, ...]:
    return tuple(nodes(payload.get("components", ())))


def _of(payload: JSON, *kinds: int) -> Iterator[JSON]:
    return (node for node in _components(payload) if node["type"] in kinds)


def _mentions(payload: JSON) -> Iterator[str]:
    if payload.get("allowed_mentions") != {"parse": []}:
        yield "mentions could fire"


def _ids(payload: JSON) -> Iterator[str]:
    ids = [node["custom_id"] for node in _of(payload, BUTTON, SELECT) if "custom_id" in node]
    if len(set(ids)) < len(ids):
        yield "two components have one id"
    if not all(1 <= len(custom_id) <= MAX_ID for custom_id in ids):
        yield "an id is empty or too long"


def _buttons_and_menus(payload: JSON) -> Iterator[str]:
    for button in _of(payload, BUTTON):
        if not 1 <= size(button.get("label") or "") <= MAX_LABEL:
            yield "a button's label is empty or too long"
    for menu in _of(payload, SELECT):
        yield from _menu(menu)


def _menu(menu: JSON) -> Iterator[str]:
    options = menu["options"]
    if not 1 <= len(options) <= MAX_OPTIONS:
        yield f"a menu of {len(options)} options"
    if len({option["value"] for option in options}) < len(options):
        yield "two options with one value"
    if size(menu.get("placeholder") or "") > MAX_PLACEHOLDER:
        yield "a placeholder is too long"
    for option in options:
        texts = [option["label"], option["value"], option.get("description") or "-"]
        if not all(text.strip() and size(text) <= MAX_OPTION_CHARS for text in texts):
            yield "an option is blank or too long"


def _v2(payload: JSON) -> Iterator[str]:
    if payload.get("content") or payload.get("embeds"):
        yield "content or embeds beside components"
    every, texts = _components(payload), [node["content"] for node in _of(payload, TEXT)]
    if not 1 <= len(every) <= MAX_COMPONENTS:
        yield f"{len(every)} components"
    if sum(map(size, texts)) > MAX_TEXT or not all(text.strip() for text in texts):
        yield "a text is blank, or all are too long"
    if not {node["type"] for node in payload["components"]} <= TOP_LEVEL:
        yield "a component that cannot stand alone"
    yield from _rows(_of(payload, ROW))
    for section in _of(payload, SECTION):
        if not (1 <= len(section["components"]) <= 3 and section["accessory"]["type"] == BUTTON):
            yield "a section without texts or without its button"


def _classic(payload: JSON) -> Iterator[str]:
    rows, embeds = payload.get("components", ()), payload.get("embeds", ())
    if not (embeds or payload.get("content")):
        yield "a message that says nothing"
    if len(rows) > MAX_ROWS or {row["type"] for row in rows} - {ROW}:
        yield "more rows than fit, or none of rows"
    yield from _rows(rows)
    if len(embeds) > MAX_EMBEDS or sum(map(_embed_size, embeds)) > MAX_EMBED_CHARS:
        yield "more embeds than fit"
    for embed in embeds:
        yield from _embed(embed)


def _rows(rows: Iterator[JSON] | Sequence[JSON]) -> Iterator[str]:
    for row in rows:
        inside = [node["type"] for node in row["components"]]
        if not (inside == [SELECT] or (set(inside) == {BUTTON} and len(inside) <= MAX_IN_ROW)):
            yield "a row that holds neither one menu nor up to five buttons"


def _embed(embed: JSON) -> Iterator[str]:
    if not _embed_size(embed):
        yield "an embed that says nothing"
    if size(embed.get("description") or "") > MAX_DESCRIPTION:
        yield "an embed's description is too long"
    if size(embed.get("title") or "") > MAX_TITLE or len(embed.get("fields", ())) > MAX_FIELDS:
        yield "an embed's title is too long, or it has too many fields"


def _embed_size(embed: JSON) -> int:
    fields = [text for field in embed.get("fields", ()) for text in (field["name"], field["value"])]
    foot = embed.get("footer", {}).get("text", "")
    texts = [embed.get("title") or "", embed.get("description") or "", foot, *fields]
    return sum(map(size, texts))
