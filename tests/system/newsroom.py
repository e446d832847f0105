"""A whole newsroom for a test: the sample wire, the loopback Discord, and the bot as a process."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.demo.server import ListedFeed, SampleWire
from bot.server_desk import note_welcomed
from tests.discord_server.clock import Clock
from tests.discord_server.permissions import Permission
from tests.discord_server.server import DiscordServer, Setting
from tests.system.moved_clock import MovedClock

ROOT = Path(__file__).resolve().parents[2]
MORNING = datetime(2026, 9, 17, 6, 59, 30, tzinfo=UTC)
CHANNEL = "briefings"
DATABASE = "data/nutgraf.db"
"""Where the bot keeps its archive, in its folder, if its settings do not say otherwise."""


@dataclass
class Newsroom:
    """What a test sees: the folder of the bot, its clock, the wire and the people in Discord."""

    folder: Path
    clock: MovedClock
    wire: SampleWire
    discord: DiscordServer
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the bot and wait until it is there and its commands are registered."""
        await self.launch()
        await self.discord.until_connected(30)
        await self.discord.until_registered("brief", 30)

    async def launch(self) -> asyncio.subprocess.Process:
        """Start the bot's process; its log goes on in `bot.log`."""
        with (self.folder / "bot.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.system.run_bot", self.discord.base_url),
                str(self.folder / "clock.json"),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                env=os.environ
                | {"PYTHONPATH": str(ROOT), "NUTGRAF_DISCORD_TOKEN": self.discord.token},
            )
        return self.process

    async def kill(self) -> None:
        """End the process as a power cut would, and wait until Discord has noticed."""
        assert self.process
        self.process.kill()
        await self.process.wait()
        await self.discord.until_gone(30)

    async def stop(self) -> int:
        """Ask the process to stop, and return its exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            return await self.process.wait()

    def log(self) -> str:
        """Return what the bot has logged so far."""
        return (self.folder / "bot.log").read_text(encoding="utf-8")


def write_settings(
    folder: Path, wire: SampleWire, feeds: Sequence[ListedFeed] | None = None
) -> None:
    """Write the settings of a newsroom that reads the wire, or only some of its feeds."""
    blocks = [
        f'[[source]]\naddress = "{feed.address}"\noutlet = "{feed.outlet}"\n'
        f'publisher = "{feed.publisher}"\n'
        for feed in (wire.feeds if feeds is None else feeds)
    ]
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config/nutgraf.toml").write_text(
        f'[reading]\nallow = ["{wire.host_port}"]\n[briefing]\nwindow_hours = 72\nmax_stories = 5\n'
        + "\n".join(blocks),
        encoding="utf-8",
    )


async def set_up(folder: Path, *server_ids: int, database: str = DATABASE) -> None:
    """Let the servers belong to the newsroom, as if their setup cards had been posted long ago."""
    async with SqliteArchive.open(folder / database) as archive:
        for server_id in server_ids:
            await archive.servers.add_server(server_id, now=MORNING)
            await note_welcomed(archive.servers, server_id)


@asynccontextmanager
async def a_newsroom(folder: Path, setting: Setting | None = None) -> AsyncIterator[Newsroom]:
    """Open a newsroom at half a minute to seven; the bot is not started yet."""
    clock = MovedClock(folder / "clock.json")
    clock.set(MORNING)
    async with SampleWire() as wire, DiscordServer(setting, Clock(clock.now)) as discord:
        wire.move_on()
        discord.grant("Editors", Permission.MANAGE_CHANNELS)
        discord.grant("Chiefs", Permission.MANAGE_CHANNELS | Permission.MANAGE_GUILD)
        write_settings(folder, wire)
        await set_up(folder, discord.guild.id)
        newsroom = Newsroom(folder, clock, wire, discord)
        try:
            yield newsroom
        finally:
            if newsroom.process and newsroom.process.returncode is None:
                newsroom.process.kill()
                await newsroom.process.wait()


DAY = timedelta(days=1)
