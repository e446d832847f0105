"""What Discord lets the bot do beside what servers give it: the privileged intents."""

import discord

from bot.chat.failures import LOST
from bot.chat.signing_in import sign_in_error


async def may_read_messages(token: str) -> bool:
    """Tell whether the bot may read messages that do not mention it; signs in over HTTP alone.

    Source: Discord API, "Application Flags": `GATEWAY_MESSAGE_CONTENT`, and the `_LIMITED` one of
    bots in few servers.

    Raises:
        SettingsError: Discord refuses the token.
        DeliveryError: Discord cannot be reached.
    """
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(token)
    except (discord.LoginFailure, discord.HTTPException, *LOST) as error:
        raise sign_in_error(error) from error
    finally:
        await client.close()
    flags = client.application_flags
    return flags.gateway_message_content or flags.gateway_message_content_limited
