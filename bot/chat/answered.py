"""Remembers which messages answered a command with a briefing, so that they can be corrected."""

import logging
from collections.abc import Sequence
from typing import Any

import discord

from bot.chat.parts import Parts
from bot.delivery.parting import posts_of_answer
from bot.errors import ArchiveError
from bot.news import Dossier
from bot.reissuing import remember_answer

log = logging.getLogger(__name__)


async def remember(
    interaction: discord.Interaction[Any],
    dossier: Dossier,
    message_ids: Sequence[int],
    parts: Parts,
) -> None:
    """Keep the messages of an answer; one that cannot be kept stands all the same."""
    elsewhere = interaction.is_user_integration() and not interaction.is_guild_integration()
    if interaction.channel_id is None or elsewhere:
        return  # the bot is not in that place, and could not edit there
    zone, briefing_id = parts.desk.zone, dossier.briefing.id
    name = str(interaction.id)
    posts = posts_of_answer(name, interaction.channel_id, message_ids, dossier=dossier, zone=zone)
    try:
        await remember_answer(parts.desk.tools.archive, parts.posts, posts, briefing_id)
    except (ArchiveError, ValueError) as error:
        log.warning("answer not kept", extra={"briefing": briefing_id, "reason": str(error)})
    else:
        log.info("answer kept", extra={"briefing": briefing_id, "messages": len(posts)})
