"""`/desk`: whom this server's bot tells when something goes wrong."""

from datetime import timedelta
from typing import Any, Final

import discord
from discord import app_commands

from bot.chat.door import Door
from bot.chat.places import place_of
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.rights import EDITORS
from bot.chat.texts import reviews as texts
from bot.delivery.reviewing import audit_card
from bot.schedule_desk import ScheduleDesk, set_operations

AUDITED: Final = timedelta(days=30)
"""How far back `/desk audit` looks."""


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

    @app_commands.command(description=texts.ABOUT_AUDIT)
    async def audit(self, interaction: discord.Interaction[Any]) -> None:
        """Show who did what to editions that wait for approval, or did."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "desk audit")
        steps = await parts.reviews.steps_since(parts.clock() - AUDITED)
        guild = interaction.guild

        def name_of(member_id: int) -> str:
            member = guild and guild.get_member(member_id)
            return member.display_name if member else f"member {member_id}"

        await reply_card(interaction, audit_card(steps, parts.desk.zone, name_of))
