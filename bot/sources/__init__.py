"""From bytes to articles: feeds, pages, wires and texts are read, and become revisions of articles.

Pure: nothing here opens a file or a socket, and no link in a document is followed.
"""

from bot.ports import Item, Reading
from bot.sources.articles import revise, sight
from bot.sources.documents import read_document, read_wire_items
from bot.sources.formats import format_name
from bot.sources.front_pages import FoundFeed, PageFacts, find_feeds, page_facts
from bot.sources.identity import article_id
from bot.sources.opml import Outline, RefusedOutline, read_opml, write_opml
from bot.sources.polling import (
    Read,
    after_failure,
    after_look,
    after_no_change,
    after_push,
    after_reading,
    after_refusal,
    body_digest,
    item_digest,
    validators,
)
from bot.sources.teasers import as_one, complete

__all__ = [
    "FoundFeed",
    "Item",
    "Outline",
    "PageFacts",
    "Read",
    "Reading",
    "RefusedOutline",
    "after_failure",
    "after_look",
    "after_no_change",
    "after_push",
    "after_reading",
    "after_refusal",
    "article_id",
    "as_one",
    "body_digest",
    "complete",
    "find_feeds",
    "format_name",
    "item_digest",
    "page_facts",
    "read_document",
    "read_opml",
    "read_wire_items",
    "revise",
    "sight",
    "validators",
    "write_opml",
]
