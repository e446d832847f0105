"""`nutgraf run` as the system tests start it: at the loopback Discord, by a clock they move.

usage: python -m tests.system.run_bot DISCORD_URL CLOCK_FILE
"""

import asyncio
import sys
from pathlib import Path

from bot.discord_token import load_token
from bot.errors import NutgrafError
from bot.logs import set_up_logs
from bot.run import run_newsroom
from bot.settings import load_settings
from tests.discord_server.entry import point_discord_at
from tests.system.moved_clock import MovedClock


def main() -> None:
    """Run until told to stop; an expected error is its sentence and exit code 2, as in `cli`."""
    discord_url, clock_file = sys.argv[1:]
    point_discord_at(discord_url)
    set_up_logs()
    clock = MovedClock(Path(clock_file))
    try:
        settings = load_settings()
        asyncio.run(run_newsroom(settings, load_token(settings), now=clock.now, check_seconds=0.2))
    except NutgrafError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
