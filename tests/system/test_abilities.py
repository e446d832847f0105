"""What a run says that it can and cannot do: in the log, and once in operations."""

import time
from pathlib import Path

import pytest

from bot.adapters.archive import SqliteArchive
from tests.discord_server.permissions import PRIVILEGED, Intent
from tests.discord_server.server import Setting
from tests.system.newsroom import DATABASE, a_newsroom
from tests.system.test_walk import ask, seen

pytestmark = [pytest.mark.system, pytest.mark.soak]
UNREAD = Setting(privileged=PRIVILEGED & ~Intent.MESSAGE_CONTENT)


async def test_without_the_privilege_to_read_messages_the_bot_goes_on_and_says_so_once(
    tmp_path: Path,
) -> None:
    async with a_newsroom(tmp_path, UNREAD) as newsroom:
        discord = newsroom.discord
        operations = discord.world.add_channel(discord.guild, "operations")
        async with SqliteArchive.open(tmp_path / DATABASE) as archive:
            await archive.operations.set_channel(discord.guild.id, operations.id)
        await newsroom.start()

        await discord.until(lambda: operations.messages, "a notice", 30)
        (notice,) = operations.messages
        assert "Discord does not let me read messages" in notice.text
        assert "server lacks something" in newsroom.log()

        briefed = await discord.slash("brief")
        await briefed.reply(seconds=60)
        (edition,) = discord.channel().messages
        button = next(i for i in edition.custom_ids if i.startswith("n:discuss"))
        await (await discord.press(edition, button)).reply(seconds=20)
        (thread,) = discord.guild.threads
        me = discord.world.bot.id
        answer = await ask(newsroom, thread, f"<@{me}> How many people were aboard the ferry?")
        assert "206" in seen(answer)

        began = time.monotonic()
        assert await newsroom.stop() == 0
        assert time.monotonic() - began < 10
        await newsroom.start()
        assert await newsroom.stop() == 0
        assert len(operations.messages) == 1
        assert "Traceback" not in newsroom.log()
        assert discord.violations == []


@pytest.mark.soak
async def test_a_server_that_nobody_set_up_gets_its_card_once(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as newsroom:
        discord = newsroom.discord
        async with SqliteArchive.open(tmp_path / DATABASE) as archive:
            await archive.servers.remove_server(discord.guild.id)

        await newsroom.start()
        await discord.until(lambda: discord.channel().messages, "the setup card", 30)
        assert await newsroom.stop() == 0
        await newsroom.start()
        assert await newsroom.stop() == 0

        (card,) = discord.channel().messages
        assert "Nutgraf is here" in card.text
        assert discord.violations == []
