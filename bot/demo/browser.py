"""`nutgraf demo --browser`: the real bot on the sample wire, in a local browser, without Discord.

Needs the extra `preview`: simcord imitates Discord in this process and shows its channel on a
loopback page. No token, no network; the clock runs on from the sample wire's third morning.
"""

import asyncio
import sys
import webbrowser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from bot.adapters.archive import SqliteArchive
from bot.app import build_desk, clock, list_sources, open_documents
from bot.console.progress import no_progress
from bot.demo.command import clear_folder, demo_settings
from bot.demo.server import SampleWire
from bot.demo.wire import NOW
from bot.desk import Desk
from bot.errors import SettingsError
from bot.run import build_service
from bot.tools import Listed

CHECK_SECONDS: Final = 1.0


async def run_browser_demo(folder: Path) -> None:
    """Serve the demo until Ctrl-C.

    Raises:
        SettingsError: the extra `preview` is not installed.
        ArchiveError: the folder cannot be written.
    """
    simcord = _simcord()
    settings = demo_settings(folder)
    clear_folder(folder)
    started = clock()

    def now() -> datetime:
        return NOW + (clock() - started)

    async with SampleWire() as wire:
        wire.move_on()
        path = Path(settings.archive.database)
        allowed = frozenset({wire.host_port})
        async with (
            SqliteArchive.open(path, exclusive=True) as archive,
            open_documents(settings, allowed) as documents,
        ):
            sources = [Listed(feed.address, feed.outlet, feed.publisher) for feed in wire.feeds]
            await list_sources(settings, archive, sources=sources)
            desk = build_desk(settings, archive, documents, no_progress)
            await desk.read_sources(now=now())
            await _serve(simcord, archive, desk, now)


async def _serve(
    simcord: Any,  # noqa: ANN401 - an optional library, known by name only
    archive: SqliteArchive,
    desk: Desk,
    now: Callable[[], datetime],
) -> None:
    service, client = build_service(archive, desk, now, check_seconds=CHECK_SECONDS)
    async with simcord.run(client, check_errors=False) as env:
        guild = env.create_guild("Port Aldren newsroom")
        channel = guild.create_text_channel("briefings")
        chief = guild.create_role("Chiefs", permissions=_all_permissions())
        editor = guild.add_member(env.create_user("editor"), roles=[chief])
        working = asyncio.create_task(service.run())
        try:
            await editor.slash(channel, "brief")
            async with env.preview(channel, viewers=[editor], layout="channel") as preview:
                await _stay(preview.url)
        finally:
            service.stop()
            await working


async def _stay(url: str) -> None:
    Console().print(
        f"The newsroom is open at {url}\nTry /brief harbour, /schedule add, Discuss, and a "
        "question in a story's thread. Ctrl-C closes it.",
        highlight=False,
        soft_wrap=True,
    )
    if sys.stdout.isatty():
        webbrowser.open(url)
    await asyncio.Event().wait()


def _all_permissions() -> Any:  # noqa: ANN401 - as above
    import discord  # noqa: PLC0415

    return discord.Permissions.all()


def _simcord() -> Any:  # noqa: ANN401 - as above
    try:
        import simcord  # noqa: PLC0415
        import simcord.preview  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            "The browser demo needs the extra `preview`; `make demo-browser` installs it."
        ) from error
    return simcord
