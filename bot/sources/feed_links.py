"""Finds the feeds that a site's front page names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from bot.sources.folding import fold_address
from bot.sources.links import absolute, host_of
from bot.sources.markup import Element, has_monster_tag, parse_html
from bot.sources.sites import site_of
from bot.text import clean, squeeze

FeedKind = Literal["rss", "atom", "json"]
TYPES: Final[dict[str, FeedKind]] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
"""Source: RSS Advisory Board, "RSS Autodiscovery"; Atom, RFC 4287; JSON Feed 1.1, "Discovery"."""
LOOKS_LIKE: Final = re.compile(
    r"""(?:^|[/.?&=_-])(?:rss|atom|feed|feeds|rdf|xml)(?:\d(?:\.\d)?)?(?:[/.?&=_-]|$)
    |\.(?:rss|atom|rdf)$""",
    re.VERBOSE | re.IGNORECASE,
)
COMMENTS: Final = re.compile(
    r"\b(?:comments?|kommentare?|commentaires?|comentarios?)\b", re.IGNORECASE
)
MAX_FOUND: Final = 50


@dataclass(frozen=True)
class FoundFeed:
    """A feed that a page names: its address, its title as the page has it, what it says it is.

    `title` may be empty; `kind` is a guess from the address where the page only links.
    """

    address: str
    title: str
    kind: FeedKind


def find_feeds(markup: str, base: str) -> tuple[FoundFeed, ...]:
    """Return the feeds of the page's own site that the page names, the best first, each once.

    Those that the page declares come before those that it links to, and feeds of comments last.
    `base` is the page's address. At most 50; none of a page that would choke a parser.
    """
    root = None if has_monster_tag(markup) else parse_html(markup)
    if root is None:
        return ()
    site = site_of(host_of(base))
    found: dict[str, FoundFeed] = {}
    for feed in (*_declared(root, base), *_linked(root, base)):
        if site and site_of(host_of(feed.address)) == site:
            found.setdefault(fold_address(feed.address), feed)
    return tuple(sorted(found.values(), key=_is_of_comments)[:MAX_FOUND])


def _declared(root: Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("link"):
        kind = TYPES.get((link.get("type") or "").partition(";")[0].strip().lower())
        address = absolute(link.get("href") or "", base)
        if kind and address and "alternate" in (link.get("rel") or "").lower().split():
            yield FoundFeed(address, _line(link.get("title") or ""), kind)


def _linked(root: Element, base: str) -> Iterator[FoundFeed]:
    for anchor in root.iter("a"):
        address = absolute(anchor.get("href") or "", base)
        path = address.partition("://")[2].partition("/")[2]
        if address and LOOKS_LIKE.search(path):
            title = _line(anchor.text_content()) or _line(anchor.get("title") or "")
            yield FoundFeed(address, title, _guess(path))


def _guess(path: str) -> FeedKind:
    lower = path.lower()
    return "json" if "json" in lower else "atom" if "atom" in lower else "rss"


def _is_of_comments(feed: FoundFeed) -> bool:
    return bool(COMMENTS.search(f"{feed.title} {feed.address}"))


def _line(text: str) -> str:
    return squeeze(clean(text))
