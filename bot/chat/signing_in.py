"""Says what to do when Discord does not let the bot sign in."""

from typing import Final

import discord

from bot.errors import DeliveryError, NutgrafError, SettingsError

PORTAL: Final = "https://discord.com/developers/applications"


def sign_in_error(error: Exception) -> NutgrafError:
    """Return what an error at signing in means: a sentence that says what to do."""
    if isinstance(error, discord.LoginFailure):
        return SettingsError(
            f"Discord refuses the bot's token. Copy it anew from {PORTAL} (your application, Bot, "
            "Reset Token) into NUTGRAF_DISCORD_TOKEN or the file that discord.token_file names."
        )
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return SettingsError(
            "Discord has just withdrawn the Message Content Intent. Start again: I go on without "
            f"it, or switch it on at {PORTAL} (your application, Bot)."
        )
    return DeliveryError(f"Discord could not be reached to sign in: {error}.")
