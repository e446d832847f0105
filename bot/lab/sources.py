"""The source stage alone: what pages, feeds and wire files are read as."""

import asyncio
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from bot.adapters.files import Files
from bot.errors import ExtractError
from bot.ports import Document
from bot.sources import as_one, read_document, read_wire_items

LONG_AFTER: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""When the lab reads what has dates of its own: none of them is in the future."""
UNREAD: Final = {"title": "", "byline": "", "date": None, "body": ""}
"""What `lab extract` writes for a page that cannot be read: lines keep step with the input."""


def extract_page(line: bytes) -> dict[str, Any]:
    """Return title, byline, date and body of the page that a line names: path, tab, web address.

    Raises:
        SourceError: there is no such file, or no article in it.
    """
    path, _, address = line.decode().rstrip("\r\n").partition("\t")
    document = _document(path, final_address=address.strip())
    reading = read_document(document, now=LONG_AFTER)
    if not reading.items:
        raise ExtractError(path, "holds no article")
    item = as_one(reading)
    return {
        "title": item.title,
        "byline": item.byline,
        "date": item.published_at,
        "body": item.body,
    }


def read_entries(path: str) -> str:
    """Return the entries of a feed as a JSON list of id, title, link and date.

    Raises:
        SourceError: there is no such file, or it is no feed.
    """
    items = read_document(_document(path), now=LONG_AFTER).items
    return _to_json(
        {"id": i.guid, "title": i.title, "link": i.address, "date": i.published_at} for i in items
    )


def read_wire_fields(path: str) -> str:
    """Return the items of a wire document as a JSON list of what each states, nothing left out.

    Raises:
        SourceError: there is no such file, or it is in no wire format.
    """
    items = read_wire_items(_document(path))
    return _to_json(asdict(item) | {"body_chars": len(item.body)} for item in items)


def _document(path: str, *, final_address: str = "") -> Document:
    return replace(asyncio.run(Files().fetch(path)), final_address=final_address)


def _to_json(records: Iterable[dict[str, Any]]) -> str:
    return msgspec.json.format(msgspec.json.encode(list(records)), indent=2).decode()
