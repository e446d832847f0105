"""What reading a source gives: its items, before any of them is an article."""

from dataclasses import dataclass
from datetime import datetime

from bot.news import SourceKind, WireFacts, Withdrawal


@dataclass(frozen=True)
class Item:
    """One item as a source gave it.

    Title and byline stand on one line; the body's paragraphs are separated by a blank line, unless
    it is a text, whose lines stay as they are. What the source did not say is empty or `None`.

    Args:
        guid: the source's own identifier; it means nothing outside that source.
        address: where the item stands, http or https, or empty.
        language: a BCP 47 tag.
        embargoed_until: before this instant the text may not be shown.
        withdrawn: what the source says of the item as a whole.
        wire: what a wire states beside the text; `None` for what did not come from a wire.
        teaser: the body is only a teaser; the page at `address` should be read to complete it.
        completed_from: SHA-256 of title and body of the page that completed it, as the page has
            them.
        categories: what the source files it under.
        liveblog: one update of a live blog; the fragment of its address belongs to it.
    """

    guid: str = ""
    address: str = ""
    title: str = ""
    body: str = ""
    byline: str = ""
    language: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    embargoed_until: datetime | None = None
    withdrawn: Withdrawal | None = None
    wire: WireFacts | None = None
    teaser: bool = False
    completed_from: tuple[str, str] | None = None
    liveblog: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What one document holds. `outlet` is its own name for itself, never empty.

    `shortfall` says what of the document could not be read: a clause without a full stop, or empty.
    `ttl_seconds` is how long it asks to be left alone, `update_seconds` how often it says that it
    changes; 0 if it does not say.
    `title` is that of a live blog, whose items have headlines of their own; else empty.
    """

    kind: SourceKind
    outlet: str
    items: tuple[Item, ...]
    language: str = ""
    shortfall: str = ""
    ttl_seconds: int = 0
    update_seconds: int = 0
    title: str = ""
