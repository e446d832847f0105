"""Tells operations in Discord: in a channel, or a member directly."""

import re
from typing import Final

import discord

from bot.chat.failures import LOST, delivery_error
from bot.chat.replies import say
from bot.chat.reviews import review_view
from bot.chat.views import text_view
from bot.chat.wrong import ruling_view
from bot.delivery.compact import card_texts
from bot.news import Review

CHANNEL: Final = re.compile(r"\\?<\\?#(\d{1,20})\\?>")


class DiscordTeller:
    """Port `Teller`. Works once the client is logged in; needs no gateway."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def tell(self, channel_id: int, text: str, nonce: str, report_id: int = 0) -> None:
        """Post the text in the channel, with the buttons that decide on a report."""
        channel = self._client.get_partial_messageable(channel_id)
        await _send(channel, text, nonce, where=f"<#{channel_id}>", report_id=report_id)

    async def ask(self, review: Review, text: str, nonce: str) -> None:
        """Post the text in the review's channel with its buttons."""
        channel = self._client.get_partial_messageable(review.channel_id)
        try:
            await channel.send(view=review_view(review, text), nonce=nonce)
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, f"<#{review.channel_id}>") from error

    async def tell_member(self, member_id: int, text: str, nonce: str) -> None:
        """Send the text to the member directly."""
        where = "this member"
        try:
            member = self._client.get_user(member_id) or await self._client.fetch_user(member_id)
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, where) from error
        await _send(member, text, nonce, where=where)


async def _send(
    place: discord.abc.Messageable, text: str, nonce: str, *, where: str, report_id: int = 0
) -> None:
    # a notice is a few sentences, far below the limit; a channel that it names pings nobody
    first = CHANNEL.sub(r"<#\1>", card_texts(say(text))[0])
    try:
        view = ruling_view(first, report_id) if report_id else text_view(first)
        await place.send(view=view, nonce=nonce)
    except (discord.HTTPException, discord.RateLimited, *LOST) as error:
        raise delivery_error(error, where) from error
