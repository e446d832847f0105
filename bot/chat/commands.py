"""The slash commands of briefings: thin callers of the desk, answered with cards."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.chat.door import Door
from bot.chat.replies import acknowledge, reader_of, reply, reply_card
from bot.chat.texts.marks import ABOUT, BRIEF, HANDOVER, SHIFT_SINCE, SINCE
from bot.chat.views import edition_view
from bot.delivery.compact import edition_messages
from bot.delivery.handover import handover_card
from bot.desk_marks import handover, mark_of, note_briefed
from bot.moments import parse_moment


class BriefCommand(app_commands.Command[Any, ..., None]):
    """`/brief`: a briefing now; with nothing given, for who has read before, what is new since."""

    def __init__(self, door: Door) -> None:
        @app_commands.describe(about=ABOUT, since=SINCE)
        async def brief(
            interaction: discord.Interaction[Any],
            about: Range[str, 1, 100] | None = None,
            since: Range[str, 1, 60] | None = None,
        ) -> None:
            await acknowledge(interaction, public=True)
            parts = await door.enter(interaction, "brief")
            desk, now, reader = parts.desk, parts.clock(), reader_of(interaction)
            begins = parse_moment(since, desk.zone, now=now) if since else None
            if not (about or since):
                begins = await mark_of(desk, reader)
            payer = f"channel {interaction.channel_id}"
            dossier = await desk.brief(now=now, about=about or "", payer=payer, since=begins)
            messages = edition_messages(dossier, desk.zone)
            await reply(interaction, [edition_view(message, dossier) for message in messages])
            if not (about or since):
                await note_briefed(desk, reader, dossier)

        super().__init__(name="brief", description=BRIEF, callback=brief)


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
