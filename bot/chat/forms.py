"""What all forms share: an error in one is explained as everywhere else."""

from typing import Any

import discord
from discord import ui

from bot.chat.replies import explain


class Form(ui.Modal):
    """A modal whose errors the member is told."""

    async def on_error(  # type: ignore[override]  # as discord.py's `Modal`, which has no item
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Tell the member what went wrong."""
        await explain(interaction, error)
