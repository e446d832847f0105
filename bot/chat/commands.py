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
from bot.chat.replies import acknowledge, reader_of, reply_card
from bot.chat.texts import brief as texts
from bot.chat.texts import windows as window_texts
from bot.chat.texts.marks import HANDOVER, SHIFT_SINCE
from bot.chat.windows import LENGTH_CHOICES, LENGTHS, SINCE_CHOICES, since_of
from bot.delivery.compact import edition_messages
from bot.delivery.handover import handover_card
from bot.desk_marks import handover, mark_of, note_briefed
from bot.moments import parse_moment


class BriefCommand(app_commands.Command[Any, ..., None]):
    """`/brief`: a briefing now; with nothing given, for who has read before, what is new since."""

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
            reader, asks = reader_of(interaction), bool(about or since or length)
            async with shown_work(interaction):
                dossier = await parts.desk.brief(
                    now=parts.clock(),
                    about=about or "",
                    payer=f"channel {interaction.channel_id}",
                    since=await since_of(parts, interaction, since),
                    mark=None if asks else await mark_of(parts.desk, reader),
                    max_stories=LENGTHS.get(length or ""),
                )
            messages = edition_messages(dossier, parts.desk.zone)
            rendering = parts.server.rendering if parts.server else "components"
            shown = [rendered(message, dossier, rendering=rendering) for message in messages]
            await remember(interaction, dossier, await answer(interaction, shown), parts)
            if not asks:
                await note_briefed(parts.desk, reader, dossier)

        super().__init__(name="brief", description=texts.COMMAND, callback=brief)
        alone_too(self)


class HandoverCommand(app_commands.Command[Any, ..., None]):
    """`/handover`: what the next shift must know, for the member alone."""

    def __init__(self, door: Door) -> None:
        @app_commands.describe(since=SHIFT_SINCE)
        async def hand_over(
            interaction: discord.Interaction[Any], since: Range[str, 1, 60] | None = None
        ) -> None:
            await acknowledge(interaction)
            parts = await door.enter(interaction, "handover")
            desk, now = parts.desk, parts.clock()
            begins = parse_moment(since, desk.zone, now=now) if since else None
            told = await handover(desk, now=now, since=begins)
            await reply_card(interaction, handover_card(told, desk.zone))

        super().__init__(name="handover", description=HANDOVER, callback=hand_over)
