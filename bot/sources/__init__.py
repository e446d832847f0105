"""From bytes to articles: feeds, pages, wires and texts are read, and become revisions of articles.

Pure: nothing here opens a file or a socket, and no link in a document is followed.
"""

from bot.sources.articles import revise, sight
from bot.sources.documents import read_document, read_wire_items
from bot.sources.identity import article_id
from bot.sources.items import Item, Reading
from bot.sources.opml import Subscription, Subscriptions, read_opml, write_opml
from bot.sources.teasers import complete

__all__ = [
    "Item",
    "Reading",
    "Subscription",
    "Subscriptions",
    "article_id",
    "complete",
    "read_document",
    "read_opml",
    "read_wire_items",
    "revise",
    "sight",
    "write_opml",
]
