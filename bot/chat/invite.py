"""The link that invites the bot to a server, with exactly the permissions that it needs."""

from typing import Final

from discord.utils import oauth_url

from bot.chat.failures import needed_permissions

SCOPES: Final = ("bot", "applications.commands")
"""Source: Discord API, "OAuth2 Scopes"."""


def invite_link(application_id: int) -> str:
    """Return the link, which whoever manages a server opens in a browser."""
    return oauth_url(application_id, permissions=needed_permissions(), scopes=SCOPES)
