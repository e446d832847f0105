"""From bytes to articles: feeds, pages, wires and texts are read, and become revisions of articles.

Pure: nothing here opens a file or a socket, and no link in a document is followed.
"""

from bot.ports import Item, Reading
from bot.sources.articles import article_id, revise
from bot.sources.documents import read_document, read_wire_items
from bot.sources.opml import Subscription, Subscriptions, read_opml, write_opml
from bot.sources.polling import (
    Read,
    after_failure,
    after_look,
    after_no_change,
    after_push,
    after_reading,
    body_digest,
    item_digest,
    validators,
)
from bot.sources.teasers import complete

__all__ = [
    "Item",
    "Read",
    "Reading",
    "Subscription",
    "Subscriptions",
    "after_failure",
    "after_look",
    "after_no_change",
    "after_push",
    "after_reading",
    "article_id",
    "body_digest",
    "complete",
    "item_digest",
    "read_document",
    "read_opml",
    "read_wire_items",
    "revise",
    "validators",
    "write_opml",
]
