"""Answers interactions: acknowledged first, errors in one place, each as a sentence."""

import logging
from collections.abc import Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.cards import Card, Paragraph, Run
from bot.chat.failures import LOST, expected, is_too_late
from bot.chat.views import text_view
from bot.delivery.compact import card_texts

log = logging.getLogger(__name__)

AnyInteraction = discord.Interaction[Any]

PUBLIC: Final = "public"
"""Key of `Interaction.extras`: everybody in the channel sees that the bot is thinking."""


async def acknowledge(interaction: AnyInteraction, *, public: bool = False) -> None:
    """Say within Discord's three seconds that an answer will come; only the member sees it."""
    public = public and not is_elsewhere(interaction)
    interaction.extras[PUBLIC] = public
    await interaction.response.defer(ephemeral=not public, thinking=True)


def reader_of(interaction: AnyInteraction) -> str:
    """Return how the desk names the member as a reader."""
    return f"discord {interaction.user.id}"


def is_elsewhere(interaction: AnyInteraction) -> bool:
    """Tell whether the member brought the bot along to where it does not belong by itself.

    There may be people of no newsroom there, so that what is answered is for the member alone.
    """
    return interaction.is_user_integration() and not interaction.is_guild_integration()


async def reply(interaction: AnyInteraction, views: Sequence[ui.LayoutView]) -> tuple[int, ...]:
    """Answer an acknowledged interaction with one or more messages, seen by whom it was told to.

    Returns the ids of the messages, in the order of the views.
    """
    first, *others = views
    found = [(await interaction.edit_original_response(view=first)).id]
    hidden = not interaction.extras.get(PUBLIC)
    for view in others:
        sent = await interaction.followup.send(view=view, ephemeral=hidden, wait=True)
        found.append(sent.id)
    return tuple(found)


async def reply_card(interaction: AnyInteraction, card: Card) -> None:
    """Answer an acknowledged interaction with a card."""
    await reply(interaction, [text_view(text) for text in card_texts(card)])


def say(sentence: str) -> Card:
    """Return the card of one sentence."""
    return Card((Paragraph((Run(sentence),)),))


def sentence_for(error: Exception, where: str, reference: int) -> str:
    """Return what a member is told of the error; one that nobody expected is logged here, once."""
    known = expected(error, where)
    if known:
        return str(known)
    log.error("unexpected error", exc_info=error, extra={"reference": reference})
    return f"Something went wrong that should not. The log has it under {reference}."


async def explain(interaction: AnyInteraction, error: Exception) -> None:
    """Tell the member, and nobody else, why there is no answer."""
    if is_too_late(error):
        log.warning("interaction acknowledged too late", extra={"reference": interaction.id})
        return
    sentence = sentence_for(error, name_of(interaction.channel), interaction.id)
    views = [text_view(text) for text in card_texts(say(sentence))]
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(view=views[0], ephemeral=True)
            return
        if not interaction.extras.get(PUBLIC):
            await reply(interaction, views)
            return
        # The first answer to what was acknowledged in public is public whatever its flags say, and
        # once that is deleted Discord takes no other: so a placeholder, the sentence, and away.
        await interaction.edit_original_response(view=text_view("No answer."))
        for view in views:
            await interaction.followup.send(view=view, ephemeral=True)
        await interaction.delete_original_response()
    except (discord.HTTPException, discord.RateLimited, *LOST) as failure:
        log.warning("member not told", extra={"reason": str(failure), "told": sentence})


def name_of(channel: object) -> str:
    """Return how a sentence names the channel."""
    name = getattr(channel, "name", None)
    return f"#{name}" if name else "this channel"
