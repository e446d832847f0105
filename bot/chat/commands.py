"""The slash commands: thin callers of the desk, answered with cards."""

from datetime import tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.cards import Bullets, Card, Heading, Note, Paragraph, Run
from bot.chat.failures import lacking
from bot.chat.parts import Parts
from bot.chat.replies import acknowledge, reply, reply_card, say
from bot.chat.views import edition_view
from bot.delivery.compact import edition_messages
from bot.delivery.phrases import day_and_hour, listed
from bot.errors import DeliveryError, UnknownError
from bot.news import Schedule, Timing

EDITORS: Final = discord.Permissions(manage_channels=True)
"""Who may plan editions. The rule is Discord's to show and ours to check on every call."""
MAX_CHOICES: Final = 25
MAX_CHOICE_CHARS: Final = 100
"""Choices of an autocompletion and characters of each. Source: Discord API, "Application Command
Option Choice Structure"."""


class BriefCommand(app_commands.Command[Any, ..., None]):
    """`/brief`: a briefing now."""

    def __init__(self, parts: Parts) -> None:
        @app_commands.describe(about="Only stories with these words")
        async def brief(
            interaction: discord.Interaction[Any], about: Range[str, 1, 100] | None = None
        ) -> None:
            await acknowledge(interaction, public=True)
            desk = parts.desk
            dossier = await desk.brief(now=parts.clock(), about=about or "")
            messages = edition_messages(dossier, desk.zone)
            await reply(interaction, [edition_view(message, dossier) for message in messages])

        super().__init__(name="brief", description="A briefing of the day, now", callback=brief)


class ScheduleCommands(app_commands.Group):
    """`/schedule`: editions that come by themselves."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(
            name="schedule",
            description="Editions that come by themselves",
            default_permissions=EDITORS,
        )
        self._parts = parts

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let editors through: Discord's own check can be changed in a server's settings."""
        if not interaction.permissions.is_superset(EDITORS):
            # anything else than discord.py's own error would be lost here
            raise app_commands.CheckFailure(
                "Planning editions needs the permission Manage Channels."
            )
        return True

    @app_commands.command(description="Plan an edition")
    @app_commands.describe(
        at="When, such as: 07:00, or weekdays 07:00 and 17:30",
        zone="Time zone, such as Europe/London; the desk's own if you give none",
        channel="Where; this channel if you give none",
    )
    async def add(
        self,
        interaction: discord.Interaction[Any],
        at: Range[str, 1, 200],
        zone: Range[str, 1, 64] | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Plan an edition in a channel, and show when it will come."""
        await acknowledge(interaction)
        target = _target(interaction, channel)
        timing = self._parts.timing.parse(at, zone or _zone_name(self._parts.desk.zone))
        now = self._parts.clock()
        schedule = Schedule(
            f"{interaction.id}",
            target.guild.id,
            target.id,
            self._parts.timing.in_words(timing),
            timing,
            created_by=interaction.user.id,
            created_at=now,
            text=at,
        )
        await self._parts.timetable.save_schedule(schedule, seen_until=now)
        await self._parts.on_schedules_changed()
        await reply_card(interaction, self._plan(timing, target.name))

    @app_commands.command(name="list", description="The planned editions of this server")
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        """Show the server's schedules, each with its next run."""
        await acknowledge(interaction)
        schedules = await self._parts.timetable.schedules(interaction.guild_id)
        if not schedules:
            await reply_card(interaction, say("No edition is planned. Try /schedule add."))
            return
        items = tuple((Run(self._line(s, interaction.guild)),) for s in schedules)
        await reply_card(interaction, Card((Heading("Planned editions"), Bullets(items))))

    @app_commands.command(description="Stop an edition")
    @app_commands.describe(schedule="Which one")
    async def remove(
        self, interaction: discord.Interaction[Any], schedule: Range[str, 1, 100]
    ) -> None:
        """Forget a schedule of this server."""
        await acknowledge(interaction)
        found = await self._parts.timetable.find_schedule(schedule)
        if found is None or found.newsroom_id != interaction.guild_id:
            raise UnknownError("There is no such edition here. /schedule list shows them.")
        await self._parts.timetable.remove_schedule(found.id)
        await self._parts.on_schedules_changed()
        await reply_card(
            interaction, say(f"Stopped: {self._line(found, interaction.guild, runs=0)}.")
        )

    @remove.autocomplete("schedule")
    async def _suggest(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[Choice[str]]:
        schedules = await self._parts.timetable.schedules(interaction.guild_id)
        lines = [(self._line(s, interaction.guild, runs=0), s.id) for s in schedules]
        fitting = [(line, i) for line, i in lines if typed.casefold() in line.casefold()]
        return [Choice(name=line[:MAX_CHOICE_CHARS], value=i) for line, i in fitting[:MAX_CHOICES]]

    def _plan(self, timing: Timing, channel: str) -> Card:
        words = self._parts.timing.in_words(timing)
        runs = self._parts.timing.next_runs(timing, self._parts.clock())
        times = tuple((Run(day_and_hour(run, ZoneInfo(timing.zone))),) for run in runs)
        return Card(
            (
                Heading("Edition planned"),
                Paragraph((Run(f"{_capital(words)}, in #{channel}. The next ones:"),)),
                Bullets(times),
                Note((Run("/schedule remove stops it."),)),
            )
        )

    def _line(self, schedule: Schedule, guild: discord.Guild | None, *, runs: int = 1) -> str:
        channel = guild.get_channel(schedule.channel_id) if guild else None
        line = f"{_capital(schedule.name)}, in #{channel.name if channel else schedule.channel_id}"
        if not runs:
            return line
        if schedule.paused:
            return f"{line} (paused)"
        upcoming = self._parts.timing.next_runs(schedule.timing, self._parts.clock())[:runs]
        times = [day_and_hour(run, ZoneInfo(schedule.timing.zone)) for run in upcoming]
        return f"{line}; next: {listed(times)}"


def _target(
    interaction: discord.Interaction[Any], channel: discord.TextChannel | None
) -> discord.TextChannel:
    """Return the channel once both the bot and the member may post in it."""
    target = channel or interaction.channel
    if not isinstance(target, discord.TextChannel) or interaction.guild is None:
        raise DeliveryError("Editions are posted in text channels. Name one.", permanent=True)
    if missing := lacking(target.permissions_for(interaction.guild.me)):
        raise DeliveryError(
            f"I cannot post in #{target.name} yet. Give me there: {listed(missing)}.",
            permanent=True,
        )
    member = interaction.user
    allowed = isinstance(member, discord.Member) and target.permissions_for(member)
    if not allowed or not (allowed.view_channel and allowed.send_messages):
        raise DeliveryError(f"You may not post in #{target.name} yourself.", permanent=True)
    return target


def _zone_name(zone: tzinfo) -> str:
    return str(zone)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
