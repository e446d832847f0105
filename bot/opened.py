"""A newsroom that is open: its archive and its desk, apart from every other one's."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.adapters.documents import AnyDocuments
from bot.app import build_desk, list_sources, open_writing
from bot.console.progress import no_progress
from bot.desk import Desk
from bot.ports import Reader
from bot.settings import NewsroomSettings, Settings


@dataclass(frozen=True)
class Newsroom:
    """What one newsroom has of its own; `servers` are those that the settings give it."""

    name: str
    archive: SqliteArchive
    desk: Desk
    servers: tuple[int, ...] = ()


@asynccontextmanager
async def open_newsroom(
    named: NewsroomSettings, settings: Settings, documents: AnyDocuments, reader: Reader
) -> AsyncIterator[Newsroom]:
    """Open a newsroom for this process alone, with its sources listed.

    Raises:
        ArchiveError: the archive cannot be opened, or another process runs on it.
        SettingsError: its models are not in order.
        PromptError: a prompt file cannot be followed.
    """
    async with (
        SqliteArchive.open(Path(named.database), exclusive=True) as archive,
        open_writing(settings, archive) as writing,
    ):
        await list_sources(settings, archive)
        desk = build_desk(settings, archive, documents, no_progress, writing=writing, reader=reader)
        yield Newsroom(named.name, archive, desk, named.servers)


async def keep_apart(rooms: Sequence[Newsroom], now: datetime) -> None:
    """Give each newsroom the servers that the settings give it, and take them from every other.

    Raises:
        ArchiveError: an archive cannot be written.
    """
    for room in rooms:
        for server_id in room.servers:
            for other in rooms:
                if other is not room:
                    await other.archive.servers.remove_server(server_id)
            await room.archive.servers.add_server(server_id, now=now)
