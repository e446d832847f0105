"""`/desk`: whom this server's bot tells when something goes wrong."""

from typing import Any

import discord
from discord import app_commands

from bot import desk_reports
from bot.chat.door import Door
from bot.chat.places import place_of
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.rights import EDITORS
from bot.chat.texts import wrong as texts
from bot.delivery.reporting import rulings_card
from bot.schedule_desk import ScheduleDesk, set_operations

Number = app_commands.Range[int, 1, 2**31]


class DeskCommands(app_commands.Group):
    """`/desk`: what holds for the whole server."""

    def __init__(self, door: Door, schedules: ScheduleDesk) -> None:
        super().__init__(
            name="desk",
            description="What holds for the whole server",
            default_permissions=EDITORS,
        )
        self._door = door
        self._schedules = schedules

    @app_commands.command(name="set", description="Name the channel that hears of failures")
    @app_commands.describe(operations="Where to say what could not be posted, and why")
    async def set_channel(
        self, interaction: discord.Interaction[Any], operations: discord.TextChannel
    ) -> None:
        """Keep the operations channel of the server."""
        await acknowledge(interaction)
        await self._door.enter(interaction, "desk set")
        place = place_of(interaction, operations)
        await set_operations(self._schedules, place)
        await reply_card(interaction, say(f"Operations are told in {place.name} from now on."))

    @app_commands.command(description=texts.CORRECTIONS)
    @app_commands.describe(confirm=texts.TO_CONFIRM, dismiss=texts.TO_DISMISS, undo=texts.TO_UNDO)
    async def corrections(
        self,
        interaction: discord.Interaction[Any],
        confirm: Number | None = None,
        dismiss: Number | None = None,
        undo: Number | None = None,
    ) -> None:
        """List what was reported and decided, or decide on one report."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "desk corrections")
        by, now = f"{interaction.user.id}", parts.clock()
        if confirm:
            await desk_reports.confirm(parts.desk, confirm, by=by, now=now)
            await reply_card(interaction, say(texts.CONFIRMED.format(id=confirm)))
        elif dismiss:
            await desk_reports.dismiss(parts.desk, dismiss, by=by, now=now)
            await reply_card(interaction, say(texts.DISMISSED.format(id=dismiss)))
        elif undo:
            await desk_reports.undo(parts.desk, undo, by=by, now=now)
            await reply_card(interaction, say(texts.UNDONE.format(id=undo)))
        else:
            found = await desk_reports.rulings(parts.desk)
            await reply_card(interaction, rulings_card(found, parts.desk.zone))

    @app_commands.command(description="Show who hears of failures")
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Say which channel hears of failures, or who does without one."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "desk show")
        guild = interaction.guild
        channel_id = await parts.operations.channel_of(guild.id) if guild else None
        channel = guild.get_channel(channel_id) if guild and channel_id else None
        if channel_id is None:
            told = "Whoever planned an edition is told directly; /desk set names a channel."
        else:
            told = f"Operations are told in {f'#{channel.name}' if channel else channel_id}."
        await reply_card(interaction, say(told))
