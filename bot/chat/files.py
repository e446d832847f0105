"""Answers with a file attached."""

from io import BytesIO
from typing import Final

import discord
from discord import ui

from bot.cards import Card
from bot.chat.replies import AnyInteraction
from bot.delivery.compact import card_texts
from bot.errors import DeliveryError

MAX_BYTES: Final = 10 * 1024 * 1024
"""Size of a file that every server takes. Source: Discord API, "Uploading Files"."""
TOO_LARGE: Final = (
    "This would be a file of {megabytes:.0f} MB, and Discord takes 10. Where Nutgraf runs, the "
    "command `nutgraf show` writes it."
)


async def reply_file(
    interaction: AnyInteraction, card: Card, filename: str, content: bytes
) -> None:
    """Answer an acknowledged interaction with a short card and a file.

    Raises:
        DeliveryError: the file is larger than Discord takes.
    """
    if len(content) > MAX_BYTES:
        raise DeliveryError(TOO_LARGE.format(megabytes=len(content) / 1_000_000), permanent=True)
    file = discord.File(BytesIO(content), filename)
    view = ui.LayoutView(timeout=None)
    for text in card_texts(card):
        view.add_item(ui.TextDisplay(text))
    view.add_item(ui.File(file))
    await interaction.edit_original_response(view=view, attachments=[file])
