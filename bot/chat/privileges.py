"""What Discord says of the bot when it signs in over HTTP alone."""

from dataclasses import dataclass

import discord

from bot.chat.failures import LOST
from bot.chat.signing_in import sign_in_error


@dataclass(frozen=True)
class Standing:
    """The bot as Discord knows it: its name, what it may read, and the servers that it is in.

    `servers` leads from ids to names.
    """

    name: str
    reads_messages: bool
    servers: dict[int, str]


async def may_read_messages(token: str) -> bool:
    """Tell whether the bot may read messages that do not mention it.

    Raises:
        SettingsError: Discord refuses the token.
        DeliveryError: Discord cannot be reached.
    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        await _log_in(client, token)
        return _reads(client)


async def ask_standing(token: str) -> Standing:
    """Return how the bot stands.

    Raises:
        SettingsError: Discord refuses the token.
        DeliveryError: Discord cannot be reached.
    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        await _log_in(client, token)
        try:
            servers = {guild.id: guild.name async for guild in client.fetch_guilds(limit=None)}
        except (discord.HTTPException, *LOST) as error:
            raise sign_in_error(error) from error
        return Standing(str(client.user), _reads(client), servers)


async def _log_in(client: discord.Client, token: str) -> None:
    try:
        await client.login(token)
    except (discord.LoginFailure, discord.HTTPException, *LOST) as error:
        raise sign_in_error(error) from error


def _reads(client: discord.Client) -> bool:
    """Tell it from the application's flags.

    Source: Discord API, "Application Flags": `GATEWAY_MESSAGE_CONTENT`, and the `_LIMITED` one of
    bots in few servers.
    """
    flags = client.application_flags
    return flags.gateway_message_content or flags.gateway_message_content_limited
