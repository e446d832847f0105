"""Channels as places for editions: whose they are, and what we and the member may do there."""

from collections.abc import Callable
from typing import Any, Final

import discord
from discord import app_commands

from bot.chat.failures import LOST, delivery_error, lacking
from bot.errors import DeliveryError, SettingsError
from bot.news import TargetKind
from bot.ports import Place

Room = discord.TextChannel | discord.Thread | discord.ForumChannel
"""Text and news channels, threads and forums: where members can name a target."""
ROOMS: Final = (discord.TextChannel, discord.Thread, discord.ForumChannel)
CHANNEL_TYPES: Final = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.news_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
]
NO_ROOM: Final = "Editions are posted in text channels, threads and forums. Name one."


class RoomChoice(app_commands.Transformer):
    """The option of a command that names a target; discord.py's own would offer media channels."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Return that it is a channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return which ones."""
        return CHANNEL_TYPES

    async def transform(self, _: discord.Interaction[Any], value: Any, /) -> Room:  # noqa: ANN401
        """Return the channel as the client knows it.

        Raises:
            DeliveryError: we cannot see it.
        """
        found = value.resolve()
        if not isinstance(found, ROOMS):
            raise DeliveryError(f"I cannot see #{value.name}. Give me View Channel there.")
        return found


ChosenRoom = app_commands.Transform[Room, RoomChoice]


def kind_of(channel: object) -> TargetKind | None:
    """Return what kind of target a channel is; `None` if no edition can be posted there."""
    if isinstance(channel, discord.Thread):
        return "thread"
    if isinstance(channel, discord.ForumChannel):
        return "forum"
    return "channel" if isinstance(channel, discord.TextChannel) else None


def place_of(interaction: discord.Interaction[Any], channel: Room | None) -> Place:
    """Return the named channel, or the one where the command was given, as the member sees it.

    Raises:
        DeliveryError: no edition can be posted there.
    """
    target = channel or interaction.channel
    kind = kind_of(target)
    if not isinstance(target, ROOMS) or kind is None or interaction.guild is None:
        raise DeliveryError(NO_ROOM, permanent=True)
    member = interaction.user
    allowed = isinstance(member, discord.Member) and target.permissions_for(member)
    refused = ""
    if not allowed or not _may_post(allowed, kind):
        refused = f"You may not post in #{target.name} yourself."
    missing = lacking(target.permissions_for(interaction.guild.me), kind)
    return Place(interaction.guild.id, target.id, f"#{target.name}", missing, refused, kind)


async def place_of_member(interaction: discord.Interaction[Any]) -> Place:
    """Return the direct messages with the member who asks.

    Raises:
        DeliveryError: Discord does not open them.
    """
    try:
        direct = await interaction.user.create_dm()
    except (discord.HTTPException, discord.RateLimited, *LOST) as error:
        raise delivery_error(error, "your direct messages") from error
    server = interaction.guild_id or 0
    return Place(server, direct.id, "your direct messages", target="direct")


def _may_post(allowed: discord.Permissions, kind: TargetKind) -> bool:
    sends = allowed.send_messages_in_threads if kind == "thread" else allowed.send_messages
    return allowed.view_channel and sends


class DiscordPlaces:
    """Port `Places`. Works once the client is logged in; needs no gateway."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def find_place(self, channel_id: int) -> Place:
        """Return the channel, asked of Discord anew: its permissions may have changed."""
        try:
            found = await self._client.fetch_channel(channel_id)
            if isinstance(found, discord.DMChannel):
                return Place(0, channel_id, "direct messages", target="direct")
            kind = kind_of(found)
            if not isinstance(found, ROOMS) or kind is None:
                raise DeliveryError(f"Channel {channel_id}: {NO_ROOM}", permanent=True)
            guild = await self._client.fetch_guild(found.guild.id)
            home_id = found.parent_id if isinstance(found, discord.Thread) else channel_id
            home = await guild.fetch_channel(home_id)
            me = await guild.fetch_member(self._client.user.id if self._client.user else 0)
        except (discord.HTTPException, discord.RateLimited, discord.InvalidData, *LOST) as error:
            raise delivery_error(error, f"channel {channel_id}") from error
        missing = lacking(home.permissions_for(me), kind)
        return Place(guild.id, channel_id, f"#{found.name}", missing, target=kind)


class PlacesByToken:
    """Port `Places` for a moment's question: signs in over HTTP alone, asks, and leaves.

    Args:
        load_token: returns the bot's token; raises `SettingsError` if there is none.
    """

    def __init__(self, load_token: Callable[[], str]) -> None:
        self._load_token = load_token

    async def find_place(self, channel_id: int) -> Place:
        """Return the channel.

        Raises:
            SettingsError: there is no token, or Discord refuses it.
            DeliveryError: as the port says.
        """
        client = discord.Client(intents=discord.Intents.none())
        try:
            await client.login(self._load_token())
            return await DiscordPlaces(client).find_place(channel_id)
        except discord.LoginFailure as error:
            raise SettingsError("Discord refuses the bot's token; copy it anew.") from error
        except (discord.HTTPException, *LOST) as error:
            raise delivery_error(error, f"channel {channel_id}") from error
        finally:
            await client.close()
