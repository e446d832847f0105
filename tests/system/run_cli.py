"""`nutgraf …` as the system tests type it: at the loopback Discord, by a clock they move.

usage: python -m tests.system.run_cli DISCORD_URL CLOCK_FILE COMMAND…
"""

import sys
from pathlib import Path

import bot.commands
from bot.cli import main as run
from tests.discord_server.entry import point_discord_at
from tests.system.moved_clock import MovedClock


def main() -> None:
    """Run the command as the shell would."""
    discord_url, clock_file, *command = sys.argv[1:]
    point_discord_at(discord_url)
    vars(bot.commands)["clock"] = MovedClock(Path(clock_file)).now
    sys.argv[1:] = command
    run()


if __name__ == "__main__":
    main()
