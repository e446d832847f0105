"""The loopback Discord, and a bot of the real discord.py that talks to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import discord
import pytest

from tests.discord_server.entry import point_discord_at
from tests.discord_server.server import DiscordServer
from tests.discord_server.small_bot import INTENTS, SmallBot, Start


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def start(server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    websocket = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(websocket, "DEFAULT_GATEWAY", websocket.DEFAULT_GATEWAY)
    async with contextlib.AsyncExitStack() as stack:

        async def run(intents: discord.Intents = INTENTS, token: str | None = None) -> SmallBot:
            point_discord_at(server.base_url)
            bot = SmallBot(intents)
            await stack.enter_async_context(bot)
            await bot.login(token or server.token)
            task = asyncio.create_task(bot.connect())
            stack.push_async_callback(asyncio.wait, [task])
            stack.push_async_callback(bot.close)
            await asyncio.wait(
                [task, asyncio.create_task(bot.wait_until_ready())],
                return_when=asyncio.FIRST_COMPLETED,
            )
            if task.done():
                task.result()
            return bot

        yield run


@pytest.fixture
async def bot(start: Start) -> SmallBot:
    return await start()
