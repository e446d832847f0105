"""Mends the usual damage of feeds before a parser sees them, and refuses what would choke it."""

import re
from html.entities import html5
from itertools import islice
from typing import Final

from bot.errors import ExtractError
from bot.sources.markup import has_monster_tag
from bot.text import clean

MAX_DEPTH: Final = 2_000
"""Elements inside each other. Feeds have a dozen; 200,000 cost a parser ten seconds."""
PROLOGUE: Final = re.compile(
    r"""(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?(\w+)""",
    re.DOTALL | re.IGNORECASE,
)
LATE_START: Final = re.compile(
    r"<\?xml\b[^>]*\?>|<rss\b|<rdf:RDF\b|<feed\s+[^>]*\bxmlns", re.IGNORECASE
)
LATEST_START: Final = 10_000
"""Characters that a server's warnings before the feed may fill."""
DECLARATION: Final = re.compile(r"^\s*<\?xml\b[^>]*\?>")
FEED_ROOTS: Final = frozenset({"rss", "rdf", "feed", "channel", "entry"})
CDATA: Final = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|$))", re.DOTALL)
ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)(\w+;)?")
ENTRY_START: Final = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
ENTRY_END: Final = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
ROOT_END: Final = re.compile(r"</(?:\w+:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
TAG: Final = re.compile(r"<(/?)[A-Za-z_](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")


def root_name(text: str) -> str:
    """Return the lower-case name of the first element, without its prefix, or nothing."""
    match = PROLOGUE.match(text)
    return match.group(1).lower() if match else ""


def is_feed(text: str) -> bool:
    """Tell whether the document's first element is a feed's."""
    return root_name(text) in FEED_ROOTS


def find_late_feed(text: str) -> str | None:
    """Return the feed that stands behind something else, such as a server's warnings."""
    start = LATE_START.search(text, 0, LATEST_START)
    late = text[start.start() :] if start else ""
    return late if is_feed(late) else None


def mend(address: str, text: str) -> str:
    """Return the feed as a parser can be given it, to be encoded as UTF-8.

    Control characters go, bare ampersands are escaped, HTML's entities resolved; an entry that the
    end of a broken transmission cut in half is dropped.

    Raises:
        ExtractError: a tag is too long or elements nest too deep.
    """
    return mend_markup(address, cut_half_entry(text))


def mend_markup(address: str, text: str) -> str:
    """Return any XML as a parser can be given it, to be encoded as UTF-8; nothing is cut.

    Raises:
        ExtractError: a tag is too long or elements nest too deep.
    """
    pieces = CDATA.split(DECLARATION.sub("", clean(text)))
    outside = [ENTITY.sub(_resolve, piece) for piece in pieces[::2]]
    if any(has_monster_tag(piece) for piece in outside):
        raise ExtractError(address, "holds a tag with thousands of attributes, and is not parsed")
    if _depth(outside) > MAX_DEPTH:
        raise ExtractError(address, f"nests more than {MAX_DEPTH} elements, and is not parsed")
    pieces[::2] = outside
    return "".join(pieces)


def cut_half_entry(text: str) -> str:
    """Return the feed without a last entry that has no end, if the feed has no end either."""
    ends = [match.end() for match in ENTRY_END.finditer(text)]
    start = ENTRY_START.search(text, ends[-1] if ends else 0)
    if start is None or ROOT_END.search(text, start.end()):
        return text
    return text[: start.start()]


def first_entries(text: str, count: int | None) -> str:
    """Return the feed as far as its first entries reach, at least `count`; all of it for `None`.

    Twice as many ends are looked for: those inside a CDATA section end no entry.
    """
    ends = ENTRY_END.finditer(text)
    last = next(islice(ends, 2 * count - 1, None), None) if count else None
    return text if last is None else text[: last.end()]


def _resolve(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name:
        return "&amp;"
    return "".join(f"&#{ord(c)};" for c in html5[name]) if name in html5 else match.group()


def _depth(pieces: list[str]) -> int:
    depth = deepest = 0
    for piece in pieces:
        for match in TAG.finditer(piece):
            if match.group(1):
                depth -= 1
            elif not match.group().endswith("/>"):
                depth += 1
                deepest = max(depth, deepest)
    return deepest
