"""`/desk`: what is set for a server: who may do what, its clock, and who hears of failures."""

from datetime import timedelta
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Range

from bot import desk_reports, desk_stops
from bot.cards import Card
from bot.chat.desk_card import desk_card, hidden_hints
from bot.chat.door import Door
from bot.chat.places import place_of
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.rights import EDITORS
from bot.chat.suggestions import MAX_CHOICES
from bot.chat.texts import desk as texts
from bot.chat.texts import reviews, wrong
from bot.chat.zones import zones_like
from bot.delivery.reporting import rulings_card
from bot.delivery.reviewing import audit_card
from bot.delivery.stopping import audit_card as deeds_card
from bot.errors import ScheduleError
from bot.news import Rendering
from bot.ports import Teller
from bot.schedule_desk import set_operations
from bot.server_desk import Kind, ServerWish, set_server

ZoneName = Range[str, 1, 64]
LanguageCode = Range[str, 1, 7]
ABOUT: Final = {
    "operations": texts.OPERATIONS,
    "zone": texts.ZONE,
    "language": texts.LANGUAGE,
    "reader": texts.ROLE.format(kind="reader"),
    "editor": texts.ROLE.format(kind="editor"),
    "chief": texts.ROLE.format(kind="chief"),
    "forget": texts.FORGET,
    "rendering": texts.RENDERING,
}

AUDITED: Final = timedelta(days=30)
"""How far back `/desk audit` looks."""

Number = app_commands.Range[int, 1, 2**31]


class DeskCommands(app_commands.Group):
    """`/desk`: what holds for the whole server."""

    def __init__(self, door: Door, teller: Teller) -> None:
        super().__init__(name="desk", description=texts.DESK, default_permissions=EDITORS)
        self._door = door
        self._teller = teller

    @app_commands.command(name="set", description=texts.SET)
    @app_commands.describe(**ABOUT)
    async def set_server(  # noqa: PLR0913, PLR0917 - the command's options
        self,
        interaction: discord.Interaction[Any],
        operations: discord.TextChannel | None = None,
        zone: ZoneName | None = None,
        language: LanguageCode | None = None,
        reader: discord.Role | None = None,
        editor: discord.Role | None = None,
        chief: discord.Role | None = None,
        forget: Kind | None = None,
        rendering: Rendering | None = None,
    ) -> None:
        """Keep what is named, and show how everything stands."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "desk set")
        roles = {"reader": reader, "editor": editor, "chief": chief}
        named = {kind: role for kind, role in roles.items() if role}
        if not (operations or zone or language or named or forget or rendering):
            raise ScheduleError(texts.NOTHING)
        if operations:
            desk = parts.schedule_desk(self._teller)
            await set_operations(desk, place_of(interaction, operations))
        ids = {kind: role.id for kind, role in named.items()}
        wish = ServerWish(zone, language, **ids, forget=forget, rendering=rendering)
        server = await set_server(parts.servers, interaction.guild_id or 0, wish)
        as_set = await self._door.seat(server.id)
        card = await desk_card(interaction, as_set, hidden_hints(interaction, named))
        await reply_card(interaction, card)

    @app_commands.command(description=wrong.CORRECTIONS)
    @app_commands.describe(confirm=wrong.TO_CONFIRM, dismiss=wrong.TO_DISMISS, undo=wrong.TO_UNDO)
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
            await reply_card(interaction, say(wrong.CONFIRMED.format(id=confirm)))
        elif dismiss:
            await desk_reports.dismiss(parts.desk, dismiss, by=by, now=now)
            await reply_card(interaction, say(wrong.DISMISSED.format(id=dismiss)))
        elif undo:
            await desk_reports.undo(parts.desk, undo, by=by, now=now)
            await reply_card(interaction, say(wrong.UNDONE.format(id=undo)))
        else:
            found = await desk_reports.rulings(parts.desk)
            await reply_card(interaction, rulings_card(found, parts.desk.zone))

    @app_commands.command(description=texts.SHOW)
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Show what is set, where the rest comes from, and who may do what."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "desk show")
        await reply_card(interaction, await desk_card(interaction, parts))

    @app_commands.command(description=reviews.ABOUT_AUDIT)
    async def audit(self, interaction: discord.Interaction[Any]) -> None:
        """Show who did what to editions that wait for approval, and who stopped what."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "desk audit")
        steps = await parts.reviews.steps_since(parts.clock() - AUDITED)
        guild = interaction.guild

        def name_of(member_id: int) -> str:
            member = guild and guild.get_member(member_id)
            return member.display_name if member else f"member {member_id}"

        reviewed = audit_card(steps, parts.desk.zone, name_of)
        stopped = deeds_card(await desk_stops.audit(parts.desk), parts.desk.zone)
        await reply_card(interaction, Card((*reviewed.blocks, *stopped.blocks)))

    @set_server.autocomplete("zone")
    async def _suggest_zone(
        self,
        interaction: discord.Interaction[Any],  # noqa: ARG002 - discord.py's signature
        typed: str,
    ) -> list[app_commands.Choice[str]]:
        found = zones_like(typed, limit=MAX_CHOICES)
        return [app_commands.Choice(name=name, value=name) for name in found]
