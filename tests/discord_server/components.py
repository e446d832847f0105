"""Reads what is inside a message or modal made of components, nested ones included."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

Json = dict[str, Any]
"""An object as it goes over the wire."""

BUTTON: Final = 2
STRING_SELECT: Final = 3
TEXT_INPUT: Final = 4
TEXT_DISPLAY: Final = 10
LABEL: Final = 18
SELECTS: Final = frozenset({3, 5, 6, 7, 8})
VERSION_2_TYPES: Final = frozenset({9, 10, 11, 12, 13, 14, 17})
"""Types that need the flag IS_COMPONENTS_V2. Source: Discord's component reference."""

IS_COMPONENTS_V2: Final = 1 << 15


def walk(components: Iterable[Json] | None) -> Iterator[Json]:
    """Yield each component before what is inside it, in reading order."""
    for component in components or ():
        yield component
        yield from walk(component.get("components"))
        inner = [component[key] for key in ("accessory", "component") if component.get(key)]
        yield from walk(inner)


def number(components: Iterable[Json] | None) -> None:
    """Give each component without an `id` the next free one, as Discord does."""
    found = list(walk(components))
    used = {component["id"] for component in found if component.get("id")}
    free = (number for number in range(1, 1000) if number not in used)
    for component in found:
        if not component.get("id"):
            component["id"] = next(free)


def text_of(payload: Json) -> str:
    """Return all text a reader sees in a message: content, embeds, text displays, one a line."""
    lines = [payload.get("content") or ""]
    for embed in payload.get("embeds") or ():
        lines += [embed.get("title") or "", embed.get("description") or ""]
        lines += [f"{field['name']}\n{field['value']}" for field in embed.get("fields") or ()]
        lines.append((embed.get("footer") or {}).get("text") or "")
    shown = (c for c in walk(payload.get("components")) if c["type"] == TEXT_DISPLAY)
    lines += [component["content"] for component in shown]
    return "\n".join(line for line in lines if line)


def find(components: Iterable[Json] | None, name: str, types: frozenset[int]) -> Json:
    """Return the component of one of the types with this custom id, else with this label.

    Raises:
        LookupError: there is none, or it is disabled; the message lists what there is.
    """
    found = [component for component in walk(components) if component["type"] in types]
    for key in ("custom_id", "label"):
        for component in found:
            if component.get(key) == name:
                if component.get("disabled"):
                    raise LookupError(f"{name!r} is disabled")
                return component
    there = [component.get("custom_id") or component.get("label") for component in found]
    raise LookupError(f"no {name!r} here; there is {there}")
