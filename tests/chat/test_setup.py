"""The setup card: posted once where somebody sees it, and every button of it works."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
import simcord
from msgspec.structs import replace
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from bot.chat.parts import Parts
from tests.chat.rooms import NEWS, buttons, check_requests, parts_of, plain, text_of
from tests.laws.desks import a_desk

FEED = "https://sport.example/feed"
RSS = (
    b"<rss version='2.0'><channel><title>Sport Post</title><item><title>Oars</title>"
    b"<link>https://sport.example/1</link><pubDate>Thu, 17 Sep 2026 04:00:00 GMT</pubDate>"
    b"<description>The rowers of Ostervik won both races on the sound.</description></item>"
    b"</channel></rss>"
)


@dataclass
class Joined:
    """A server that the bot has just come to."""

    env: Env
    guild: GuildHandle
    chief: MemberActor
    parts: Parts

    @property
    def client(self) -> NewsClient:
        """The client."""
        assert isinstance(self.env.bot, NewsClient)
        return self.env.bot

    async def join(self) -> None:
        """Tell the client that it came to the server, which simcord does not."""
        self.client.dispatch("guild_join", self.client.get_guild(self.guild.id))
        await self.env.settle()

    def card(self, channel: ChannelHandle) -> discord.Message:
        """Return the only message of the channel."""
        (message,) = channel.history()
        return message


@asynccontextmanager
async def joined() -> AsyncIterator[Joined]:
    """Give a server without channels and a chief in it."""
    parts, _ = parts_of(a_desk({**NEWS, FEED: RSS}, list(NEWS)))
    async with simcord.run(NewsClient(parts), check_errors=False) as env:
        guild = env.create_guild("Harbour")
        may = discord.Permissions(manage_channels=True, manage_guild=True)
        role = guild.create_role("Chiefs", permissions=may)
        chief = guild.add_member(env.create_user("mira"), roles=[role])
        yield Joined(env, guild, chief, parts)
        check_requests(env)


def said(result: InteractionResult) -> str:
    """Return all that a member was answered."""
    answers = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in answers if answer))


async def test_the_card_is_posted_once_in_the_first_channel_that_takes_it() -> None:
    async with joined() as it:
        silent = discord.PermissionOverwrite(send_messages=False)
        closed = it.guild.create_text_channel("rules", overwrites={it.guild.default_role: silent})
        channel = it.guild.create_text_channel("lobby")

        await it.join()
        await it.join()
        await it.env.restart_bot(NewsClient(it.parts))
        await it.env.settle()

        assert closed.history() == []
        text = plain(text_of(it.card(channel)))
        assert "Time zone: UTC" in text.replace("**", "")
        assert "Sources: 2 sources" in text.replace("**", "")
        server = await it.parts.servers.find_server(it.guild.id)
        assert server
        assert server.welcomed


async def test_a_server_that_invited_the_bot_while_it_was_off_gets_its_card() -> None:
    async with joined() as it:
        channel = it.guild.create_text_channel("lobby")

        await it.env.restart_bot(NewsClient(it.parts))
        await it.env.settle()

        assert "Nutgraf is here" in text_of(it.card(channel))


async def test_without_a_channel_the_owner_is_told_directly() -> None:
    async with joined() as it:
        await it.join()

        (card,) = it.guild.owner.dm_channel.history()
        assert "Nutgraf is here" in text_of(card)
        assert "name it with /desk set in the server" in plain(text_of(card))

        opened = await it.guild.owner.click(card, custom_id=buttons(card, "Time zone")[0])
        await it.guild.owner.submit_modal(opened, {"zone": "Asia/Tokyo"})
        server = await it.parts.servers.find_server(it.guild.id)
        assert server
        assert server.zone == "Asia/Tokyo"


async def test_a_server_of_no_newsroom_is_told_the_command_that_adds_it() -> None:
    async with joined() as it:
        await it.parts.servers.claim_first(1, now=it.parts.clock())
        channel = it.guild.create_text_channel("lobby")

        await it.join()

        text = plain(text_of(it.card(channel)))
        assert f"nutgraf newsroom add {it.guild.id}" in text
        assert "sources" not in text


async def test_a_card_that_cannot_be_posted_is_posted_at_the_next_start() -> None:
    async with joined() as it:
        channel = it.guild.create_text_channel("lobby")
        it.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        await it.join()
        assert channel.history() == []

        await it.env.restart_bot(NewsClient(it.parts))
        await it.env.settle()

        assert "Nutgraf is here" in text_of(it.card(channel))


async def test_everything_is_set_from_the_card_after_a_restart_too() -> None:
    async with joined() as it:
        channel = it.guild.create_text_channel("lobby")
        await it.join()
        await it.env.restart_bot(NewsClient(it.parts))
        card = it.card(channel)

        opened = await it.chief.click(card, custom_id=buttons(card, "Time zone")[0])
        answered = await it.chief.submit_modal(opened, {"zone": "Europe/London"})
        assert "Cards show the clock of Europe/London" in said(answered)

        chosen = await it.chief.select(
            card, [channel], custom_id=f"n:setup:operations:{it.guild.id}"
        )
        assert "Operations are told in #lobby" in said(chosen)

        opened = await it.chief.click(card, custom_id=buttons(card, "First source")[0])
        assert opened.modal
        address, *_, which = [one["component"]["custom_id"] for one in opened.modal["components"]]
        added = await it.chief.submit_modal(opened, {address: FEED, which: ["best"]})
        assert "Sport Post" in said(added)

        shown = await it.chief.click(card, custom_id=buttons(card, "Preview a briefing")[0])
        assert "Harbour crane stands still" in said(shown)
        assert shown.ephemeral

        text = plain(text_of(it.card(channel))).replace("**", "")
        assert "Time zone: Europe/London" in text
        assert f"<#{channel.id}>" in text
        assert "3 sources" in text


async def test_a_zone_that_is_none_is_refused_with_an_example() -> None:
    async with joined() as it:
        channel = it.guild.create_text_channel("lobby")
        await it.join()
        card = it.card(channel)

        opened = await it.chief.click(card, custom_id=buttons(card, "Time zone")[0])
        answered = await it.chief.submit_modal(opened, {"zone": "Mars"})

        assert "Write it like Europe/London" in said(answered)


async def test_setting_up_is_for_chiefs() -> None:
    async with joined() as it:
        channel = it.guild.create_text_channel("lobby")
        await it.join()
        card = it.card(channel)
        reader = it.guild.add_member(it.env.create_user("sten"))

        for label in ("Time zone", "First source", "Preview a briefing"):
            result = await reader.click(card, custom_id=buttons(card, label)[0])
            assert "This is for a newsroom's chiefs." in said(result)
        custom_id = f"n:setup:operations:{it.guild.id}"
        result = await reader.select(card, [channel], custom_id=custom_id)
        assert "This is for a newsroom's chiefs." in said(result)
        assert await it.parts.operations.channel_of(it.guild.id) is None


async def test_a_card_of_a_server_that_left_the_newsroom_sets_nothing_up() -> None:
    async with joined() as it:
        channel = it.guild.create_text_channel("lobby")
        await it.join()
        card = it.card(channel)
        await it.parts.servers.remove_server(it.guild.id)
        await it.parts.servers.claim_first(1, now=it.parts.clock())
        await it.parts.servers.change_server(1, lambda server: replace(server, zone="UTC"))

        result = await it.chief.click(card, custom_id=buttons(card, "Preview a briefing")[0])

        assert "belongs to no newsroom" in said(result)
        assert "crane" not in said(result)
