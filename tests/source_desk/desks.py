"""Builders of desks and of the documents that sources serve."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.language import load_lexicon
from bot.news import Subscription
from bot.ports import Document, Subscriptions
from bot.source_desk import ReadingLimits, SourceDesk
from tests.fakes import FakeDocuments, FakeReader, FakeRobots
from tests.fakes_subscriptions import FakeSubscriptions

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SITE = "https://courier.example/"
FEED = "https://courier.example/feed.xml"
OTHER = "https://courier.example/sport.xml"
STORY = "https://courier.example/ferry"
LIMITS = ReadingLimits(20_000_000, 20, 5, 100)
FERRY = (
    "The ferry to Tern Island stops for a month from Monday. “The hull needs new plates,” said "
    "Mira Tolland, who runs the line. "
) + "Two hundred people cross the sound on it each day, and nobody knows how they will. " * 9


class Served(FakeDocuments):
    """Documents in memory; some of them whole, as a server sends them."""

    def __init__(self, contents: Mapping[str, bytes], *whole: Document) -> None:
        super().__init__(contents)
        self.whole = {document.address: document for document in whole}

    async def fetch(self, address: str) -> Document:
        """Return the document, or the bytes."""
        return self.whole.get(address) or await super().fetch(address)


def no_progress(doing: str, done: int, total: int) -> None:
    """Nobody waits for a test."""


def a_source_desk(
    contents: Mapping[str, bytes],
    subscriptions: Subscriptions | Sequence[Subscription] = (),
    *whole: Document,
) -> SourceDesk:
    """Return a desk on these documents."""
    if isinstance(subscriptions, Sequence):
        subscriptions = FakeSubscriptions(subscriptions)
    return SourceDesk(
        subscriptions,
        Served(contents, *whole),
        FakeReader(),
        FakeRobots(),
        no_progress,
        load_lexicon,
        LIMITS,
        UTC,
    )


def a_feed(*items: str, title: str = "Harbour Courier") -> bytes:
    """Return an RSS feed of these items."""
    return (
        "<rss version='2.0' xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'>"
        f"<channel><title>{title}</title><language>en-GB</language>{''.join(items)}</channel></rss>"
    ).encode()


def an_item(
    title: str = "Ferry stops", text: str = FERRY, link: str = STORY, more: str = ""
) -> str:
    """Return an item of a feed."""
    return (
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description>"
        f"<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate>{more}</item>"
    )


def a_page(head: str = "", body: str = "<nav><a href='/'>Home</a></nav>") -> bytes:
    """Return a page; without a body nothing stands in it."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def an_article_page(head: str = "") -> bytes:
    """Return the page of an article."""
    says = "<meta property='og:type' content='article'>" + head
    return a_page(says, f"<article><h1>Ferry stops</h1><p>{FERRY}</p></article>")


def links_to(*addresses: str) -> str:
    """Return what a page declares as its feeds."""
    return "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{address[-9:]}' href='{address}'>"
        for address in addresses
    )
