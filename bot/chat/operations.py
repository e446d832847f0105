"""Tells operations in Discord: in a channel, or a member directly."""

import re
from datetime import datetime
from typing import Final

import discord

from bot.chat.channels import BEFORE_TRY
from bot.chat.failures import LOST, delivery_error
from bot.chat.replies import say
from bot.chat.reviews import review_view
from bot.chat.views import text_view, texts_of
from bot.chat.wrong import ruling_view
from bot.delivery.compact import card_texts
from bot.news import Review

CHANNEL: Final = re.compile(r"\\?<\\?#(\d{1,20})\\?>")


class DiscordTeller:
    """Port `Teller`. Works once the client is logged in; needs no gateway."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def tell(
        self,
        channel_id: int,
        text: str,
        nonce: str,
        report_id: int = 0,
        *,
        since: datetime | None = None,
    ) -> None:
        """Post the text, unless it stands there since, with the buttons that decide on a report."""
        channel = self._client.get_partial_messageable(channel_id)
        where = f"<#{channel_id}>"
        if since is None or not await self._stands(channel, text, where, since):
            await _send(channel, text, nonce, where=where, report_id=report_id)

    async def ask(self, review: Review, text: str, nonce: str) -> None:
        """Post the text in the review's channel with its buttons."""
        channel = self._client.get_partial_messageable(review.channel_id)
        try:
            await channel.send(view=review_view(review, text), nonce=nonce)
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, f"<#{review.channel_id}>") from error

    async def tell_member(
        self, member_id: int, text: str, nonce: str, *, since: datetime | None = None
    ) -> None:
        """Send the text to the member directly, unless it was sent since."""
        where = "this member"
        try:
            member = self._client.get_user(member_id) or await self._client.fetch_user(member_id)
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, where) from error
        if since is None or not await self._stands(member, text, where, since):
            await _send(member, text, nonce, where=where)

    async def _stands(
        self, place: discord.abc.Messageable, text: str, where: str, since: datetime
    ) -> bool:
        """Tell whether the text stands there; where we may not look, that it does not."""
        us, shown = self._client.user, _shown(text)
        try:
            async for message in place.history(limit=None, after=since - BEFORE_TRY):
                if us and message.author.id == us.id and shown in texts_of(message):
                    return True
        except discord.Forbidden:  # operations rather hear of it twice than not at all
            return False
        except (discord.HTTPException, discord.RateLimited, *LOST) as error:
            raise delivery_error(error, where) from error
        return False


async def _send(
    place: discord.abc.Messageable, text: str, nonce: str, *, where: str, report_id: int = 0
) -> None:
    shown = _shown(text)
    try:
        view = ruling_view(shown, report_id) if report_id else text_view(shown)
        await place.send(view=view, nonce=nonce)
    except (discord.HTTPException, discord.RateLimited, *LOST) as error:
        raise delivery_error(error, where) from error


def _shown(text: str) -> str:
    # a notice is a few sentences, far below the limit; a channel that it names pings nobody
    return CHANNEL.sub(r"<#\1>", card_texts(say(text))[0])
