"""Articles as lines of the lab give them."""

from datetime import UTC, datetime
from typing import Final

import msgspec

from bot.news import Article, Outlet, Revision, Source
from bot.text import clean

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When an article without a date was published."""


class Told(msgspec.Struct):
    """An article of a line; `date` is ISO 8601, UTC without a zone; `source` is the outlet."""

    id: str
    body: str
    title: str = ""
    date: str = ""
    source: str = ""


def to_article(told: Told) -> Article:
    """Return the article in one revision, its text as it stands in the line.

    Raises:
        msgspec.ValidationError: the date is none.
    """
    at = _instant(told.date)
    outlet = clean(told.source).strip() or told.id
    revision = Revision.of(told.id, 1, told.title, told.body, seen_at=at)
    source = Source(outlet, "text", Outlet(outlet))
    return Article(told.id, source, (revision,), published_at=at)


def _instant(date: str) -> datetime:
    try:
        at = datetime.fromisoformat(date) if date else LONG_AGO
    except ValueError as error:
        raise msgspec.ValidationError(f"“{date}” is no date in ISO 8601.") from error
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
