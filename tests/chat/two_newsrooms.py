"""Two newsrooms at one client, each with a server of its own that must not hear of the other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from bot.chat.parts import Parts
from bot.news import EVERY_DAY, Schedule, Timing
from tests.chat.rooms import NEWS, check_requests, parts_of, plain, text_of
from tests.laws.desks import NOW, a_desk

CRANE, LIBRARY = NEWS
SECRETS = ("Tolland", "Tern Island", "hull", "plates", "crane", "Morning watch")
"""Words that stand in the first newsroom alone: in its articles, and the name of its schedule."""


@dataclass
class Newsroom:
    """One of them: its parts, its server and somebody who may do everything there."""

    parts: Parts
    guild: GuildHandle
    channel: ChannelHandle
    chief: MemberActor


@dataclass
class Two:
    """Both, at one Discord."""

    env: Env
    ours: Newsroom
    theirs: Newsroom

    @property
    def client(self) -> NewsClient:
        """The client that serves both."""
        assert isinstance(self.env.bot, NewsClient)
        return self.env.bot


@asynccontextmanager
async def two_newsrooms() -> AsyncIterator[Two]:
    """Open both: ours has the story of the crane and a schedule, theirs the library's story."""
    parts = [
        replace(parts_of(a_desk({address: NEWS[address]}))[0], name=name)
        for address, name in ((CRANE, "Harbour"), (LIBRARY, "School"))
    ]
    client = NewsClient(*parts)
    async with simcord.run(client, check_errors=False) as env:
        ours, theirs = [await _open(env, one) for one in parts]
        await ours.parts.timetable.save_schedule(schedule_in(ours), seen_until=NOW)
        await ours.chief.slash(ours.channel, "brief")
        yield Two(env, ours, theirs)
        check_requests(env)


def schedule_in(newsroom: Newsroom) -> Schedule:
    """Return a schedule of the newsroom."""
    timing = Timing("UTC", ("07:00",), EVERY_DAY)
    return Schedule(
        "watch", newsroom.guild.id, newsroom.channel.id, "Morning watch", timing, 1, NOW
    )


def everything(newsroom: Newsroom, result: InteractionResult) -> str:
    """Return all that stands in the server by now, and all that a member was answered."""
    answers = [result.response, *result.followups]
    said = [text_of(answer.message) for answer in answers if answer]
    rooms = [newsroom.channel, *newsroom.channel.threads]
    stands = [text_of(message) for room in rooms for message in room.history()]
    return plain("\n".join([*said, *stands]))


async def _open(env: Env, parts: Parts) -> Newsroom:
    guild = env.create_guild(parts.name)
    await parts.servers.add_server(guild.id, now=NOW)
    role = guild.create_role("Chiefs", permissions=discord.Permissions(administrator=True))
    chief = guild.add_member(env.create_user(f"chief-{parts.name.casefold()}"), roles=[role])
    return Newsroom(parts, guild, guild.create_text_channel("news"), chief)
