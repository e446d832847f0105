"""Schedules from the shell while the bot runs, editions on the second, failures told once."""

import asyncio
import os
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.discord_server.channels import Message
from tests.discord_server.permissions import Permission
from tests.system.newsroom import CHANNEL, MORNING, ROOT, Newsroom, a_newsroom

pytestmark = [pytest.mark.system, pytest.mark.soak]
SEVEN = MORNING + timedelta(seconds=30)


async def typed(newsroom: Newsroom, *command: str, expect: int = 0, token: bool = True) -> str:
    """Return what the command prints, while the bot may be running."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment |= {"NUTGRAF_DISCORD_TOKEN": newsroom.discord.token} if token else {}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.system.run_cli", newsroom.discord.base_url),
        *(str(newsroom.folder / "clock.json"), *command),
        cwd=newsroom.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        stdin=asyncio.subprocess.DEVNULL,
        env=environment,
    )
    out, _ = await process.communicate()
    assert process.returncode == expect, out.decode()
    return out.decode()


def posted_at(message: Message) -> datetime:
    return datetime.fromisoformat(message.payload["timestamp"])


async def test_a_schedule_from_the_shell_is_noticed_and_its_edition_comes_on_the_second(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        channel = newsroom.discord.channel(CHANNEL)
        add = ("schedule", "add", "07:00", "--stories", "1", "--channel", f"{channel.id}")
        refused = await typed(newsroom, *add, expect=2, token=False)
        assert "There is no Discord token" in refused
        newsroom.clock.set(MORNING - timedelta(minutes=20))
        await newsroom.start()
        named = await typed(newsroom, "schedule", "operations", "--channel", f"{channel.id}")
        assert f"Operations are told in #{CHANNEL} from now on." in named
        planned = await typed(newsroom, *add)
        assert "Thursday 17 September 2026, 07:00 UTC" in planned
        assert "At most 1 story." in planned
        await asyncio.sleep(3)  # what is promised: within a few seconds, without a restart

        newsroom.clock.set(SEVEN - timedelta(seconds=70))
        await until_logged(newsroom, "edition made")
        newsroom.clock.set(SEVEN - timedelta(seconds=2))
        (edition,) = await newsroom.discord.until_posts(CHANNEL, 1, 60)
        late = posted_at(edition) - SEVEN
        print(f"posted {late / timedelta(milliseconds=1):.0f} ms after its instant")  # noqa: T201
        assert timedelta() <= late < timedelta(seconds=0.5)
        assert "Briefing, Thursday 17 September 2026, 07:00 UTC" in re.sub(r"\\", "", edition.text)
        await until_logged(newsroom, "edition posted")
        listed = await typed(newsroom, "schedule", "list")
        assert "last: 17 Sep, 07:00, posted on time (1 of" in listed
        assert await newsroom.stop() == 0
        assert newsroom.discord.violations == []


async def test_a_kill_after_the_edition_was_made_ahead_posts_it_once_and_says_it_is_late(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        await newsroom.start()
        planned = await newsroom.discord.slash("schedule add", {"at": "07:00", "zone": "UTC"})
        await planned.reply(seconds=20)
        newsroom.clock.set(SEVEN - timedelta(seconds=60))
        await until_logged(newsroom, "edition made")
        await newsroom.kill()
        assert newsroom.discord.channel(CHANNEL).messages == []

        newsroom.clock.set(SEVEN + timedelta(minutes=20))
        await newsroom.start()
        (edition,) = await newsroom.discord.until_posts(CHANNEL, 1, 60)
        said = re.sub(r"\\", "", edition.text)
        assert "Due 17 Sep, 07:00" in said
        assert "late because it could not be posted before." in said
        await until_logged(newsroom, "edition posted")
        assert await newsroom.stop() == 0
        assert len(newsroom.discord.channel(CHANNEL).messages) == 1
        assert newsroom.discord.violations == []


async def test_a_channel_that_refuses_pauses_its_schedule_and_operations_hear_of_it_once(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        discord = newsroom.discord
        operations = discord.world.add_channel(discord.guild, "operations")
        await newsroom.start()
        named = await discord.slash("desk set", {"operations": operations}, member="chief")
        assert "#operations" in (await named.reply(seconds=20)).text
        planned = await discord.slash("schedule add", {"at": "07:00", "zone": "UTC"})
        await planned.reply(seconds=20)
        discord.deny(CHANNEL, Permission.SEND_MESSAGES)
        newsroom.clock.set(SEVEN - timedelta(seconds=2))

        await discord.until(lambda: operations.messages, "a notice", 60)
        await asyncio.sleep(2)
        (notice,) = operations.messages
        said = re.sub(r"\\", "", notice.text)
        assert "The edition of 17 Sep, 07:00 (UTC)" in said
        assert f"I may not post in #{CHANNEL}." in said
        assert "The schedule is paused until it is resumed" in said
        listed = await typed(newsroom, "schedule", "list")
        assert f"(paused: I may not post in #{CHANNEL}." in listed
        assert "last: 17 Sep, 07:00, failed" in listed
        assert await newsroom.stop() == 0


async def until_logged(newsroom: Newsroom, phrase: str, seconds: float = 60) -> None:
    """Wait until the bot has logged the phrase."""
    async with asyncio.timeout(seconds):
        while phrase not in newsroom.log():  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.1)
