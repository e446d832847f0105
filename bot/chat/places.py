"""Channels as places for editions: whose they are, and what we and the member may do there."""

from collections.abc import Callable
from typing import Any, Final

import discord

from bot.chat.failures import LOST, delivery_error, lacking
from bot.errors import DeliveryError, SettingsError
from bot.ports import Place

EDITORS: Final = discord.Permissions(manage_channels=True)
"""Who may plan editions. The rule is Discord's to show and ours to check on every call."""


def require_editor(interaction: discord.Interaction[Any]) -> None:
    """Let editors through: Discord's own check can be changed in a server's settings.

    Raises:
        CheckFailure: the member is none; anything else than discord.py's own would be lost.
    """
    if not interaction.permissions.is_superset(EDITORS):
        raise discord.app_commands.CheckFailure(
            "Planning editions needs the permission Manage Channels."
        )


def place_of(interaction: discord.Interaction[Any], channel: discord.TextChannel | None) -> Place:
    """Return the named channel, or the one where the command was given, as the member sees it.

    Raises:
        DeliveryError: it is no text channel.
    """
    target = channel or interaction.channel
    if not isinstance(target, discord.TextChannel) or interaction.guild is None:
        raise DeliveryError("Editions are posted in text channels. Name one.", permanent=True)
    member = interaction.user
    allowed = isinstance(member, discord.Member) and target.permissions_for(member)
    refused = ""
    if not allowed or not (allowed.view_channel and allowed.send_messages):
        refused = f"You may not post in #{target.name} yourself."
    missing = lacking(target.permissions_for(interaction.guild.me))
    return Place(interaction.guild.id, target.id, f"#{target.name}", missing, refused)


class DiscordPlaces:
    """Port `Places`. Works once the client is logged in; needs no gateway."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def find_place(self, channel_id: int) -> Place:
        """Return the channel, asked of Discord anew: its permissions may have changed."""
        try:
            found = await self._client.fetch_channel(channel_id)
            if not isinstance(found, discord.TextChannel):
                raise DeliveryError(
                    f"Channel {channel_id} is no text channel. Editions are posted in those.",
                    permanent=True,
                )
            guild = await self._client.fetch_guild(found.guild.id)
            channel = await guild.fetch_channel(channel_id)
            me = await guild.fetch_member(self._client.user.id if self._client.user else 0)
        except (discord.HTTPException, discord.RateLimited, discord.InvalidData, *LOST) as error:
            raise delivery_error(error, f"channel {channel_id}") from error
        missing = lacking(channel.permissions_for(me))
        return Place(guild.id, channel_id, f"#{channel.name}", missing)


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
