"""The slash commands of briefings: thin callers of the desk, answered with cards."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.chat.door import Door
from bot.chat.rendering import answer, rendered
from bot.chat.replies import acknowledge
from bot.delivery.compact import edition_messages


class BriefCommand(app_commands.Command[Any, ..., None]):
    """`/brief`: a briefing now."""

    def __init__(self, door: Door) -> None:
        @app_commands.describe(about="Only stories with these words")
        async def brief(
            interaction: discord.Interaction[Any], about: Range[str, 1, 100] | None = None
        ) -> None:
            await acknowledge(interaction, public=True)
            parts = await door.enter(interaction, "brief")
            desk = parts.desk
            payer = f"channel {interaction.channel_id}"
            dossier = await desk.brief(now=parts.clock(), about=about or "", payer=payer)
            messages = edition_messages(dossier, desk.zone)
            rendering = await parts.rendering_of(interaction.guild_id or 0)
            shown = [rendered(m, dossier, rendering=rendering) for m in messages]
            await answer(interaction, shown)

        super().__init__(name="brief", description="A briefing of the day, now", callback=brief)
