"""Finds the feeds that a site's page names, and tells an article's page from a front page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from bot.ports import Document
from bot.sources.encodings import decode_markup, unpack
from bot.sources.links import absolute, canonical, host_of
from bot.sources.markup import Element, has_monster_tag, parse_html, to_text
from bot.sources.page_data import BEST_TYPES, PageData, types_of
from bot.text import clean, squeeze

FeedKind = Literal["rss", "atom", "json", "xml", "link"]
KINDS: Final[dict[str, FeedKind]] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types that a page gives its feeds; `application/json` names interfaces for programs."""
FEED_PATH: Final = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:\.\w+)?/?$|\.(?:rss|atom|rdf)$|(?:^|/)(?:feeds?|rss)/.*\.xml$",
    re.IGNORECASE,
)
SIDELINE: Final = re.compile(r"comment|kommentar|comentario|reactions?\b", re.IGNORECASE)
"""Titles and addresses of feeds of what readers write."""
MAX_FEEDS: Final = 20
MAX_TITLE_CHARS: Final = 200


@dataclass(frozen=True)
class FoundFeed:
    """A feed that a page names: web address, title on one line or empty, and kind.

    The kind is what the page says; `link` is a link among the others that looks like a feed's.
    """

    address: str
    title: str
    kind: FeedKind


@dataclass(frozen=True)
class PageFacts:
    """What a page is, beside what stands in it.

    Args:
        feeds: those that it names, the best first.
        is_article: it says that it is an article, and does not stand at a site's front door.
        stated_body: the text of the article that it gives to machines, or empty.
        is_live: it is a live blog.
    """

    feeds: tuple[FoundFeed, ...] = ()
    is_article: bool = False
    stated_body: str = ""
    is_live: bool = False


def find_feeds(markup: str, base: str) -> tuple[FoundFeed, ...]:
    """Return the feeds that a page names, the best first, each once, at most 20.

    `base` is where the page was found. Those that it declares (HTML, "Link type alternate") come in
    its order, feeds of readers' comments last; only where it declares none, links that look like
    feeds of the same site are taken.
    """
    root = None if has_monster_tag(markup) else parse_html(markup)
    return () if root is None else _feeds(root, base)


def page_facts(document: Document) -> PageFacts:
    """Return what a document is, if it is a page; of any other, that it names nothing.

    Raises:
        ExtractError: it is a damaged gzip file.
    """
    content = unpack(document.address, document.content)
    if b"<" not in content:
        return PageFacts()
    markup = decode_markup(content, *filter(None, [document.charset]))
    root = None if has_monster_tag(markup) else parse_html(markup)
    if root is None:
        return PageFacts()
    base = document.final_address or document.address
    data = PageData(root)
    kinds = types_of(data.article)
    says_so = data.meta("og:type").lower() == "article" or any(map(BEST_TYPES.search, kinds))
    body = data.article.get("articleBody")
    return PageFacts(
        _feeds(root, base),
        is_article=says_so and urlsplit(base).path not in {"", "/"},
        stated_body=to_text(body) if isinstance(body, str) else "",
        is_live="LiveBlogPosting" in kinds,
    )


def _feeds(root: Element, base: str) -> tuple[FoundFeed, ...]:
    bases = [element.get("href") or "" for element in root.iter("base")]
    base = next(filter(None, (absolute(link, base) for link in bases)), base)
    found = list(_declared(root, base)) or list(_linked(root, base))
    found.sort(key=lambda feed: bool(SIDELINE.search(f"{feed.title} {feed.address}")))
    return tuple({canonical(feed.address): feed for feed in reversed(found)}.values())[::-1][
        :MAX_FEEDS
    ]


def _declared(root: Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("link", "a"):
        relations = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        kind = KINDS.get(media_type)
        address = absolute(link.get("href") or "", base)
        if kind and address and {"alternate", "feed"} & set(relations):
            yield FoundFeed(address, _line(link.get("title") or ""), kind)


def _linked(root: Element, base: str) -> Iterator[FoundFeed]:
    for link in root.iter("a"):
        address = absolute(link.get("href") or "", base)
        if not address or not FEED_PATH.search(urlsplit(address).path):
            continue
        if host_of(address) == host_of(base):
            yield FoundFeed(address, _line(link.text_content()), "link")


def _line(text: str) -> str:
    return squeeze(clean(text))[:MAX_TITLE_CHARS]
