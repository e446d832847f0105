"""`/brief`: a briefing now, with its window, its threshold and its counts in the head."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.chat.answered import remember
from bot.chat.door import Door
from bot.chat.newsroom_command import alone_too
from bot.chat.progress import shown_work
from bot.chat.rendering import answer, rendered
from bot.chat.replies import acknowledge
from bot.chat.texts import brief as texts
from bot.chat.texts import windows as window_texts
from bot.chat.windows import LENGTH_CHOICES, LENGTHS, SINCE_CHOICES, since_of
from bot.delivery.compact import edition_messages


class BriefCommand(app_commands.Command[Any, ..., None]):
    """`/brief`: a briefing now."""

    def __init__(self, door: Door) -> None:
        @app_commands.describe(
            about=texts.ABOUT, since=window_texts.SINCE_BRIEF, length=window_texts.LENGTH
        )
        @app_commands.choices(since=SINCE_CHOICES, length=LENGTH_CHOICES)
        async def brief(
            interaction: discord.Interaction[Any],
            about: Range[str, 1, 100] | None = None,
            since: str | None = None,
            length: str | None = None,
        ) -> None:
            await acknowledge(interaction, public=True)
            parts = await door.enter(interaction, "brief")
            async with shown_work(interaction):
                dossier = await parts.desk.brief(
                    now=parts.clock(),
                    about=about or "",
                    payer=f"channel {interaction.channel_id}",
                    since=await since_of(parts, interaction, since),
                    max_stories=LENGTHS.get(length or ""),
                )
            messages = edition_messages(dossier, parts.desk.zone)
            rendering = parts.server.rendering if parts.server else "components"
            shown = [rendered(message, dossier, rendering=rendering) for message in messages]
            await remember(interaction, dossier, await answer(interaction, shown), parts)

        super().__init__(name="brief", description=texts.COMMAND, callback=brief)
        alone_too(self)
