"""What `nutgraf newsroom` does: the servers of each newsroom, on its archive."""

from contextlib import AsyncExitStack
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.app import clock
from bot.delivery.phrases import count
from bot.errors import SettingsError
from bot.server_desk import add_server, remove_server
from bot.settings import NewsroomSettings, Settings, newsroom_named, newsrooms_of


async def list_servers(settings: Settings) -> str:
    """Return the newsrooms with their servers, a line each.

    Raises:
        ArchiveError: an archive cannot be opened.
    """
    lines = []
    for named, _ in newsrooms_of(settings):
        async with SqliteArchive.open(Path(named.database)) as archive:
            kept = {server.id for server in await archive.servers.servers()}
        ids = sorted(kept | set(named.servers))
        lines.append(f"{named.name} ({named.database}): {count(len(ids), 'server')}")
        lines += [f"  {server_id}" for server_id in ids]
        if not ids:
            lines.append("  The first server that the bot comes to will belong to it.")
    return "\n".join(lines) + "\n"


async def add_one(settings: Settings, server_id: int, name: str | None) -> str:
    """Let the server belong to the newsroom, and return what was done.

    Raises:
        SettingsError: there is no such newsroom, or it must be named.
        UnknownError: the server belongs to another newsroom.
        ArchiveError: an archive cannot be opened or written.
    """
    chosen, _ = newsroom_named(settings, name)
    _require_free(settings, chosen, server_id)
    async with AsyncExitStack() as stack:
        archives = {
            one.name: await stack.enter_async_context(SqliteArchive.open(Path(one.database)))
            for one, _ in newsrooms_of(settings)
        }
        ours = archives.pop(chosen.name).servers
        others = {name: archive.servers for name, archive in archives.items()}
        added = await add_server(ours, others, server_id, now=clock())
    said = "belongs" if added else "belongs already"
    return f"Server {server_id} {said} to the newsroom {chosen.name}."


async def remove_one(settings: Settings, server_id: int, name: str | None) -> str:
    """Let the server belong no longer, and return what was done.

    Raises:
        SettingsError: there is no such newsroom, it must be named, or the settings list the server.
        UnknownError: the server does not belong to it.
        ArchiveError: the archive cannot be opened or written.
    """
    chosen, _ = newsroom_named(settings, name)
    if server_id in chosen.servers:
        raise SettingsError(
            f"Server {server_id} stands in newsroom.servers of {chosen.name} in the settings file; "
            "take it out there."
        )
    async with SqliteArchive.open(Path(chosen.database)) as archive:
        paused = await remove_server(archive.servers, archive.timetable, server_id, now=clock())
    return (
        f"Server {server_id} belongs to the newsroom {chosen.name} no longer; "
        f"{count(paused, 'schedule')} paused."
    )


def _require_free(settings: Settings, chosen: NewsroomSettings, server_id: int) -> None:
    for one in settings.newsroom:
        if one.name != chosen.name and server_id in one.servers:
            raise SettingsError(
                f"Server {server_id} stands in newsroom.servers of {one.name} in the settings "
                "file; take it out there first."
            )
