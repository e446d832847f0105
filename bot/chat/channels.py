"""Posts editions into Discord's channels, and finds a post again after a crash."""

from datetime import timedelta, tzinfo
from typing import Final

import discord

from bot.chat.failures import LOST, delivery_error
from bot.chat.views import edition_view, marks_of
from bot.delivery.compact import edition_messages, message_number
from bot.errors import DeliveryError
from bot.news import Dossier, Post

HISTORY: Final = 100
"""Messages that are looked through for a post. Source: one page, Discord API, "Get Messages"."""
BEFORE_TRY: Final = timedelta(minutes=1)
"""How far our clock may run ahead of Discord's when we look for what was sent after a try."""


class DiscordChannels:
    """Port `Channels`. Works once the client is logged in; needs no gateway.

    Args:
        client: sends the requests.
        zone: the reader's clock in editions.
    """

    def __init__(self, client: discord.Client, zone: tzinfo) -> None:
        self._client = client
        self._zone = zone

    async def send(self, post: Post, dossier: Dossier) -> int:
        """Send the message of the edition that the post's key numbers; return its id."""
        messages = edition_messages(dossier, self._zone)
        number = message_number(post.key)
        if number > len(messages):
            raise DeliveryError(f"Post {post.key} has nothing to say any more.", permanent=True)
        # In discord.py a nonce brings `enforce_nonce` along: sent again, Discord answers with the
        # message that stands there already.
        view = edition_view(messages[number - 1], dossier, post.nonce)
        channel = self._client.get_partial_messageable(post.channel_id)
        try:
            sent = await channel.send(view=view, nonce=post.nonce)
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, self._name(post)) from error
        return sent.id

    async def find(self, post: Post) -> int | None:
        """Return the id of our own message that carries the post's mark in a button."""
        channel = self._client.get_partial_messageable(post.channel_id)
        after = post.tried_at - BEFORE_TRY if post.tried_at else None
        us = self._client.user
        try:
            async for message in channel.history(limit=None, after=after):
                if us and message.author.id == us.id and post.nonce in marks_of(message):
                    return message.id
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, self._name(post)) from error
        return None

    def _name(self, post: Post) -> str:
        channel = self._client.get_channel(post.channel_id)
        name = getattr(channel, "name", None)
        return f"#{name}" if name else f"channel {post.channel_id}"
