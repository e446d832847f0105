"""What a page says about itself to machines: JSON-LD, meta elements, its first heading."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.sources.markup import Element
from bot.text import clean, squeeze

ARTICLE_TYPES: Final = re.compile(r"(?:Article|Posting|Report|Review|WebPage|VideoObject)$")
BEST_TYPES: Final = re.compile(r"(?:Article|Posting|Report)$")
CONTROL: Final = re.compile(r"[\x00-\x1f]+")
TELLING: Final = ("headline", "datePublished", "author", "publisher", "articleBody")
MAX_NODES: Final = 5_000
"""JSON-LD nodes looked at; pages have a few dozen."""

Node = Mapping[str, object]


class PageData:
    """The machine-readable part of a page.

    Args:
        root: the page's root element, before anything hidden was removed from it.
    """

    def __init__(self, root: Element) -> None:
        self.nodes = tuple(_nodes(root))
        self.metas = _metas(root)
        self._by_id = {
            n["@id"]: n for n in self.nodes if isinstance(n.get("@id"), str) and len(n) > 1
        }
        self.article = self._article()

    def meta(self, *names: str) -> str:
        """Return the first filled `meta` of those names, properties or itemprops, on one line."""
        return next(iter(self.metas_of(*names)), "")

    def metas_of(self, *names: str) -> list[str]:
        """Return all values of the first of those names that is filled, each on one line."""
        return next((self.metas[name] for name in names if name in self.metas), [])

    def text(self, key: str) -> str:
        """Return a plain value of the article's node, on one line, or nothing."""
        return text_of_value(self.article.get(key))

    def resolve(self, value: object) -> list[object]:
        """Return the values of a property as a list, references to other nodes followed once."""
        values = value if isinstance(value, list) else [value]
        return [self._by_id.get(str(v.get("@id")), v) if isinstance(v, dict) else v for v in values]

    def names(self, key: str) -> list[str]:
        """Return the names that a property of the article's node holds (authors, publisher)."""
        found: list[str] = []
        for value in self.resolve(self.article.get(key)):
            names = value.get("name") if isinstance(value, Mapping) else value
            listed = names if isinstance(names, list) else [names]
            found += [name for name in map(text_of_value, listed) if name]
        return list(dict.fromkeys(found))

    def _article(self) -> Node:
        for wanted in (BEST_TYPES, ARTICLE_TYPES):
            for node in self.nodes:
                if any(wanted.search(t) for t in types_of(node)) and _tells(node):
                    return node
        return {}


def types_of(node: Node) -> list[str]:
    """Return the schema.org types of a JSON-LD node."""
    value = node.get("@type")
    return [t for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]


def text_of_value(value: object) -> str:
    """Return a string on one line, and nothing for any other value."""
    if isinstance(value, Mapping):
        value = value.get("@value")
    return squeeze(clean(value)) if isinstance(value, str) else ""


def _tells(node: Node) -> bool:
    return any(key in node for key in TELLING)


def _nodes(root: Element) -> Iterator[Node]:
    scripts = (s for s in root.iter("script") if "ld+json" in (s.get("type") or "").lower())
    waiting: list[object] = [_load(script.text or "") for script in scripts]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            yield value
            waiting += [v for v in value.values() if isinstance(v, list | dict)]


def _load(text: str) -> object:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    try:
        # publishers leave line breaks inside strings
        return json.loads(CONTROL.sub(" ", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        value = squeeze(clean(element.get("content") or ""))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").lower().split():
                if value:
                    found.setdefault(name, []).append(value)
    return found
