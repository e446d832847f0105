"""How news comes in that we do not fetch: what is dropped into a folder, what is pushed to us."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import ExtractError, SourceError
from bot.news import Unread
from bot.ports import Document, Dropped, Item, Reading, TriedFile
from bot.reading import Intake, take_in
from bot.tools import Listed, Tools

NO_ARTICLE: Final = "holds no article"
LEFT: Final = "holds more files than are read at once; the others are read next"


@dataclass(frozen=True)
class FolderRead:
    """What came of a look into a folder: ids of articles, how many were new or changed, the rest.

    `is_all` is false when there is more to be read than one look gives.
    """

    article_ids: tuple[str, ...]
    new: int
    unread: tuple[Unread, ...]
    is_all: bool


@dataclass(frozen=True)
class _FileRead:
    """What came of one file of a folder."""

    file: TriedFile
    address: str
    reading: Reading | None = None


async def read_folder(
    entry: Listed, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> FolderRead:
    """Read what was dropped into a watched folder.

    Each file is read once when it is complete, and again when it has changed, as a revision. A file
    that cannot be read is named until it changes or goes.

    Raises:
        FetchError: there is no such folder, or it may not be read.
    """
    look = await tools.folders.look(entry.address, now=now)
    files = await asyncio.gather(
        *(_read_file(entry, file, tools, gate, now=now) for file in reversed(look.ready))
    )
    readings = [file.reading for file in files if file.reading]
    ids, taken = await take_in(entry, readings, tools, gate, now=now)
    await tools.folders.note(entry.address, [file.file for file in files], now=now)
    failed = (Unread(f.address, f.file.reason) for f in files if f.file.reason)
    left = () if look.is_all else (Unread(entry.address, LEFT),)
    return FolderRead(ids, taken.new, (*look.unread, *failed, *taken.unread, *left), look.is_all)


async def receive(document: Document, entry: Listed, tools: Tools, *, now: datetime) -> Intake:
    """Take in a document that was pushed to us under the name of a source.

    Raises:
        ExtractError: nothing that we can read, no article, or more articles than are taken at once.
    """
    reading = await tools.reader.read(document, now=now)
    most = tools.max_items_per_source
    if len(reading.items) > most:
        reason = f"holds {len(reading.items)} articles; at most {most} are taken at once"
        raise ExtractError(document.address, reason)
    gate = asyncio.Semaphore(tools.fetches_at_once)
    ids, found = await take_in(entry, [_of_push(reading)], tools, gate, now=now)
    if not ids:
        raise ExtractError(document.address, NO_ARTICLE)
    return Intake(ids, found.unread)


async def _read_file(
    entry: Listed, file: Dropped, tools: Tools, gate: asyncio.Semaphore, *, now: datetime
) -> _FileRead:
    tried = TriedFile(file.key, file.stamp, name="")
    address = entry.address
    try:
        async with gate:
            document = await tools.folders.fetch(entry.address, file)
        address = document.address
        reading = await tools.reader.read(document, now=now)
    except SourceError as error:
        tried = replace(tried, name=_name(error.address, entry), reason=error.reason)
        return _FileRead(tried, error.address)
    tried = replace(tried, name=_name(address, entry))
    return _FileRead(tried, address, _of_file(reading, file))


def _name(address: str, entry: Listed) -> str:
    return address.removeprefix(entry.address)


def _of_file(reading: Reading, file: Dropped) -> Reading:
    """Return the reading of a text or page with what only its file says: its identity and date.

    The name of the file is its identity, so that an edited file is a revision.
    """
    if reading.kind not in {"text", "page"}:
        return reading
    return replace(reading, items=tuple(_of_time(item, file) for item in reading.items))


def _of_time(item: Item, file: Dropped) -> Item:
    return replace(item, guid=f"file {file.key}", published_at=item.published_at or file.written_at)


def _of_push(reading: Reading) -> Reading:
    """Return the reading with pages known inside their source: here no site vouches for an address.

    Everything else that is read has names that count only inside its source.
    """
    if reading.kind != "page":
        return reading
    items = tuple(replace(item, guid=item.guid or item.address) for item in reading.items)
    return replace(reading, items=items)
