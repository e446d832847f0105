"""From bytes to articles: feeds, pages, wires and texts are read, and become revisions of articles.

Pure: nothing here opens a file or a socket, and no link in a document is followed.
"""

from bot.sources.articles import revise, sight
from bot.sources.documents import read_document, read_wire_items
from bot.sources.feed_links import FoundFeed, find_feeds
from bot.sources.identity import article_id
from bot.sources.items import Item, Reading
from bot.sources.opml import Subscription, Subscriptions, read_opml, write_opml
from bot.sources.teasers import as_one, complete

__all__ = [
    "FoundFeed",
    "Item",
    "Reading",
    "Subscription",
    "Subscriptions",
    "article_id",
    "as_one",
    "complete",
    "find_feeds",
    "read_document",
    "read_opml",
    "read_wire_items",
    "revise",
    "sight",
    "write_opml",
]
