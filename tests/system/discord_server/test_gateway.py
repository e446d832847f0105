"""The gateway of the loopback Discord: logging in, events, resuming, and a bot that is killed."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord
import pytest

from tests.discord_server.entry import point_discord_at
from tests.discord_server.faults import Slow
from tests.discord_server.permissions import Intent
from tests.discord_server.server import DiscordServer, Setting
from tests.discord_server.small_bot import INTENTS, SmallBot, Start, text_channel

pytestmark = [pytest.mark.system, pytest.mark.soak]

ROOT = Path(__file__).resolve().parents[3]


@contextlib.asynccontextmanager
async def process_of_its_own(server: DiscordServer) -> AsyncIterator[asyncio.subprocess.Process]:
    command = [sys.executable, "-m", "tests.discord_server.small_bot"]
    process = await asyncio.create_subprocess_exec(
        *command, server.base_url, server.token, cwd=ROOT
    )
    try:
        await server.until_connected(20)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await server.until_gone()


async def test_a_client_logs_in_becomes_ready_and_registers_its_commands(
    server: DiscordServer, bot: SmallBot
) -> None:
    assert bot.user
    assert bot.user.name == "Nutgraf"
    assert [guild.name for guild in bot.guilds] == ["The newsroom"]
    assert [c.name for c in bot.guilds[0].text_channels] == ["briefings", "newsroom"]
    assert {command["name"] for command in server.commands.listed()} == {"brief", "schedule"}
    assert server.gateway.identified == 1


async def test_what_people_write_is_seen_only_with_the_intent_or_a_mention(
    server: DiscordServer, start: Start
) -> None:
    blind = await start()
    await server.say("newsroom", "Good morning")
    await server.say("newsroom", f"{server.world.bot.mention} good morning")
    await server.say(server.direct(), "Direct")
    silent, mentioned = await blind.until_heard(2)
    assert silent == ""
    assert mentioned.endswith("good morning")
    seeing = await start(discord.Intents(INTENTS.value, message_content=True, dm_messages=True))
    await server.say("newsroom", "Good evening")
    await server.say(server.direct(), "Direct")
    assert await seeing.until_heard(2) == ["Good evening", "Direct"]


@pytest.mark.parametrize("end", ["close", "drop", "reconnect", "resumable"])
async def test_a_broken_connection_is_resumed_and_nothing_is_missed(
    server: DiscordServer, start: Start, end: str
) -> None:
    bot = await start(discord.Intents(INTENTS.value, message_content=True))
    if end == "close":
        server.gateway.close(4000)
    elif end == "drop":
        server.gateway.drop()
    elif end == "reconnect":
        server.gateway.reconnect()
    else:
        server.gateway.invalidate(resumable=True)
    await server.say("newsroom", "While you were away")
    await server.until(lambda: server.gateway.resumed == 1, "a resumed session")
    assert await bot.until_heard(1) == ["While you were away"]
    assert server.gateway.identified == 1


async def test_a_discord_that_was_away_is_found_again(server: DiscordServer, bot: SmallBot) -> None:
    await server.stop()
    await server.until_gone()
    with pytest.raises(aiohttp.ClientConnectorError):
        await text_channel(bot).send("Edition", nonce="edition-1")
    await server.start()
    await text_channel(bot).send("Edition", nonce="edition-1")
    await server.until_connected()
    assert (server.gateway.identified, server.gateway.resumed) == (1, 1)
    assert len(server.channel().messages) == 1


async def test_an_invalid_session_is_begun_anew(server: DiscordServer, bot: SmallBot) -> None:
    server.gateway.invalidate()
    await server.until(lambda: server.gateway.identified == 2, "a new session")
    card = await (await server.slash("brief")).reply()
    assert card.text == "All about everything"
    assert bot.is_ready()


async def test_an_intent_that_the_portal_does_not_allow_ends_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    websocket = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(websocket, "DEFAULT_GATEWAY", websocket.DEFAULT_GATEWAY)
    async with DiscordServer(Setting(privileged=Intent.NONE)) as server:
        point_discord_at(server.base_url)
        intents = discord.Intents(INTENTS.value, message_content=True)
        async with SmallBot(intents) as bot:
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await bot.start(server.token)


async def test_members_are_told_only_with_their_intent(start: Start) -> None:
    blind = await start()
    assert [member.name for member in blind.guilds[0].members] == ["Nutgraf"]
    seeing = await start(discord.Intents(INTENTS.value, members=True))
    names = {member.name for member in seeing.guilds[0].members}
    assert names == {"Nutgraf", "chief", "editor", "reader"}
    (found,) = await seeing.guilds[0].query_members("ed")
    assert found.name == "editor"
    assert (await blind.guilds[0].fetch_member(found.id)).name == "editor"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["{"], 4002),
        (['{"op": 99}'], 4001),
        (['{"op": 3, "d": {}}'], 4003),
        (['{"op": 2, "d": {"token": "wrong", "intents": 1}}'], 4004),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 1}}'] * 2, 4005),
    ],
)
async def test_the_gateway_closes_with_discords_codes(
    server: DiscordServer, said: list[str], code: int
) -> None:
    async with aiohttp.ClientSession() as web, web.ws_connect(server.gateway_url) as socket:
        for text in said:
            await socket.send_str(text.replace("TOKEN", server.token))
        async for _ in socket:
            pass
        assert socket.close_code == code


async def test_a_bot_in_a_process_of_its_own_is_killed_and_started_again(
    server: DiscordServer,
) -> None:
    async with process_of_its_own(server) as process:
        await server.until_registered("brief")
        server.fail_next("PATCH", "/webhooks/*", Slow(60))
        card = await (await server.slash("brief", {"about": "ferries"})).reply()
        process.send_signal(signal.SIGKILL)  # the card is there, but the bot has no answer yet
        assert await process.wait() == -signal.SIGKILL
    async with process_of_its_own(server):
        await (await server.press(card, "discuss")).acknowledged()
        assert await server.until(lambda: card.thread, "a thread")
    assert server.channel().messages == [card]
    assert server.gateway.identified == 2
