"""The work of `nutgraf run` without its claim to the archive alone, and with short leases.

usage: python -m tests.system.run_worker DISCORD_URL CLOCK_FILE LEASE_SECONDS

`nutgraf run` lets no second process post from one archive. One that was paused for long enough
may still wake up beside the next one (on a disk that two machines share, say); here two may run.
"""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

from bot.adapters.archive import SqliteArchive
from bot.adapters.parsing import Workers
from bot.app import build_desk, list_sources, open_documents
from bot.console.progress import no_progress
from bot.discord_token import load_token
from bot.logs import set_up_logs
from bot.run import build_service
from bot.settings import load_settings
from tests.discord_server.entry import point_discord_at
from tests.system.moved_clock import MovedClock


async def main() -> None:
    """Work until SIGTERM."""
    discord_url, clock_file, lease_seconds = sys.argv[1:]
    point_discord_at(discord_url)
    set_up_logs()
    clock, settings = MovedClock(Path(clock_file)), load_settings()
    lease = timedelta(seconds=float(lease_seconds))
    async with (
        SqliteArchive.open(Path(settings.archive.database)) as archive,
        open_documents(settings) as documents,
        Workers() as reader,
    ):
        await list_sources(settings, archive)
        desk = build_desk(settings, archive, documents, no_progress, reader=reader)
        service, client = build_service(archive, desk, clock.now, check_seconds=0.2, lease=lease)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, service.stop)
        async with client:
            await client.login(load_token(settings))
            await service.run()


if __name__ == "__main__":
    asyncio.run(main())
