"""`/schedule`: thin callers of the desk of schedules, answered with cards."""

from typing import Any, Final
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.parts import Parts
from bot.chat.places import EDITORS, DiscordPlaces, place_of, require_editor
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.views import text_view
from bot.delivery.compact import card_texts
from bot.delivery.edition import briefing_card
from bot.errors import NutgrafError, ScheduleError
from bot.news import EditionOrder, MissedRuns, Schedule, WhenEmpty
from bot.schedule_desk import (
    ScheduleDesk,
    Wish,
    add,
    edit,
    find_schedule,
    listing,
    pause,
    preview,
    remove,
    require_place,
    resume,
    run_now,
)
from bot.schedule_desk.cards import (
    NameOf,
    capital,
    instant_words,
    listing_card,
    plan_card,
    title_of,
)
from bot.schedule_desk.desk import planned

MAX_CHOICES: Final = 25
MAX_CHOICE_CHARS: Final = 100
"""Choices of an autocompletion and characters of each. Source: Discord API, "Application Command
Option Choice Structure"."""

At = Range[str, 1, 200]
Name = Range[str, 1, 100]
Short = Range[str, 0, 200]
ABOUT: Final = {
    "at": "When: weekdays 07:00 and 17:30; every 2 hours from 6 to 22:00; 1st of the month 07:00",
    "zone": "Time zone, such as Europe/London; the desk's own if you give none",
    "channel": "Where; this channel if you give none",
    "name": "What to call it",
    "topics": "Only stories that match one of these topics, with commas between them",
    "sources": "Only articles of these outlets or addresses, with commas between them",
    "origins": "Only stories that so many independent sources have",
    "stories": "At most so many stories; 0 for the desk's own number",
    "language": "Only articles in this language, such as en",
    "prompt": "Name of the edition prompt for the model writer",
    "missed": "What becomes of runs that the bot slept through",
    "when_empty": "Whether the channel is told that nothing passed",
}
"""What each option is for. At most 100 characters each, as Discord's API says."""


class ScheduleCommands(app_commands.Group):
    """`/schedule`: editions that come by themselves."""

    def __init__(self, parts: Parts, schedules: ScheduleDesk) -> None:
        super().__init__(
            name="schedule",
            description="Editions that come by themselves",
            default_permissions=EDITORS,
        )
        self._parts = parts
        self.desk = schedules

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let editors through."""
        require_editor(interaction)
        return True

    @app_commands.command(name="add", description="Plan an edition")
    @app_commands.describe(**ABOUT)
    async def add_one(  # noqa: PLR0913, PLR0917 - the command's options
        self,
        interaction: discord.Interaction[Any],
        at: At,
        zone: Range[str, 1, 64] | None = None,
        channel: discord.TextChannel | None = None,
        name: Range[str, 1, 80] | None = None,
        topics: Short | None = None,
        sources: Short | None = None,
        origins: Range[int, 1, 20] | None = None,
        stories: Range[int, 0, 25] | None = None,
        language: Range[str, 0, 3] | None = None,
        prompt: Range[str, 0, 40] | None = None,
        missed: MissedRuns | None = None,
        when_empty: WhenEmpty | None = None,
    ) -> None:
        """Plan an edition in a channel, and show when it will come."""
        await acknowledge(interaction)
        wish = Wish(
            at, zone, name, topics, sources, origins, stories, language, prompt, missed, when_empty
        )
        plan = await add(
            self.desk,
            wish,
            place_of(interaction, channel),
            schedule_id=f"{interaction.id}",
            by=interaction.user.id,
            now=self._parts.clock(),
        )
        await self._parts.on_schedules_changed()
        hint = "/schedule edit changes it, /schedule remove stops it."
        names = _names(interaction)
        await reply_card(interaction, plan_card(plan, "Edition planned", names, hint=hint))

    @app_commands.command(name="edit", description="Change an edition")
    @app_commands.describe(schedule="Which one", **ABOUT | {"channel": "Where from now on"})
    async def edit_one(  # noqa: PLR0913, PLR0917 - the command's options
        self,
        interaction: discord.Interaction[Any],
        schedule: Name,
        at: At | None = None,
        zone: Range[str, 1, 64] | None = None,
        channel: discord.TextChannel | None = None,
        name: Range[str, 1, 80] | None = None,
        topics: Short | None = None,
        sources: Short | None = None,
        origins: Range[int, 1, 20] | None = None,
        stories: Range[int, 0, 25] | None = None,
        language: Range[str, 0, 3] | None = None,
        prompt: Range[str, 0, 40] | None = None,
        missed: MissedRuns | None = None,
        when_empty: WhenEmpty | None = None,
    ) -> None:
        """Change what is named of an edition, and show when it will come from now on."""
        await acknowledge(interaction)
        wish = Wish(
            at, zone, name, topics, sources, origins, stories, language, prompt, missed, when_empty
        )
        found = await self._find(interaction, schedule)
        target = place_of(interaction, channel or _channel(interaction, found))
        plan = await edit(self.desk, found, wish, target, now=self._parts.clock())
        await self._parts.on_schedules_changed()
        await reply_card(interaction, plan_card(plan, "Edition changed", _names(interaction)))

    @app_commands.command(name="list", description="The planned editions of this server")
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        """Show the server's schedules, each with its next run and how its last one went."""
        await acknowledge(interaction)
        entries = await listing(self.desk, interaction.guild_id, now=self._parts.clock())
        await reply_card(interaction, listing_card(entries, _names(interaction)))

    @app_commands.command(name="pause", description="Let an edition rest")
    @app_commands.describe(schedule="Which one")
    async def pause_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Pause a schedule of this server."""
        await acknowledge(interaction)
        found = await self._find(interaction, schedule)
        paused = await pause(self.desk, found, now=self._parts.clock())
        await self._parts.on_schedules_changed()
        title = self._title(found, interaction)
        said = f"Paused: {title}." if paused else f"This was paused already: {title}."
        await reply_card(interaction, say(said))

    @app_commands.command(name="resume", description="Let a paused edition come again")
    @app_commands.describe(schedule="Which one")
    async def resume_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Let a schedule run again, if its channel takes it."""
        await acknowledge(interaction)
        found = await self._find(interaction, schedule)
        now = self._parts.clock()
        place = await DiscordPlaces(interaction.client).find_place(found.channel_id)
        await require_place(self.desk, place, by=found.created_by, now=now)
        plan = await resume(self.desk, found, now=now)
        await self._parts.on_schedules_changed()
        await reply_card(interaction, plan_card(plan, "Edition resumed", _names(interaction)))

    @app_commands.command(name="remove", description="Stop an edition")
    @app_commands.describe(schedule="Which one")
    async def remove_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Forget a schedule of this server."""
        await acknowledge(interaction)
        found = await self._find(interaction, schedule)
        await remove(self.desk, found)
        await self._parts.on_schedules_changed()
        await reply_card(interaction, say(f"Stopped: {self._title(found, interaction)}."))

    @app_commands.command(name="preview", description="Show when an edition comes, and what it is")
    @app_commands.describe(
        at=ABOUT["at"], zone=ABOUT["zone"], schedule="One that is planned: how it would be now"
    )
    async def preview_one(
        self,
        interaction: discord.Interaction[Any],
        at: At | None = None,
        zone: Range[str, 1, 64] | None = None,
        schedule: Name | None = None,
    ) -> None:
        """Show the next runs of some words, or of a schedule with its edition as of now."""
        await acknowledge(interaction)
        now = self._parts.clock()
        if schedule is None:
            if at is None:
                raise ScheduleError("Say what to show: at, or schedule.")
            plan = preview(self.desk, at, zone or "", now=now)
            await reply_card(interaction, plan_card(plan, "Not saved yet", _names(interaction)))
            return
        found = await self._find(interaction, schedule)
        plan = planned(self.desk, found.timing, now=now, schedule=found)
        await reply_card(interaction, plan_card(plan, "As of now", _names(interaction)))
        order = EditionOrder(found.filters)
        dossier = await self._parts.desk.edition(order, now=now)
        # it is not stored, so buttons would lead nowhere
        for text in card_texts(briefing_card(dossier.briefing, self._parts.desk.zone)):
            await interaction.followup.send(view=text_view(text), ephemeral=True)

    @app_commands.command(name="run", description="Post an edition now, beside its timetable")
    @app_commands.describe(schedule="Which one")
    async def run_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Have an edition made and posted at once."""
        await acknowledge(interaction)
        found = await self._find(interaction, schedule)
        started = await run_now(self.desk, found, now=self._parts.clock())
        where = _names(interaction)(found.channel_id)
        said = f"The edition comes to {where} in a moment." if started else "It is on its way."
        await reply_card(interaction, say(said))

    @add_one.autocomplete("at")
    @edit_one.autocomplete("at")
    @preview_one.autocomplete("at")
    async def _read_at(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[Choice[str]]:
        """Show, while somebody types, how it is understood and when it would come."""
        if not typed.strip() or len(typed) > MAX_CHOICE_CHARS:
            return []
        zone = getattr(interaction.namespace, "zone", None) or ""
        try:
            plan = preview(self.desk, typed, zone, now=self._parts.clock())
            runs = instant_words(plan.runs, ZoneInfo(plan.timing.zone))
            said = f"{capital(plan.words)}: {runs}"
        except NutgrafError as error:
            said = str(error)
        return [Choice(name=said[:MAX_CHOICE_CHARS], value=typed)]

    @edit_one.autocomplete("schedule")
    @pause_one.autocomplete("schedule")
    @resume_one.autocomplete("schedule")
    @remove_one.autocomplete("schedule")
    @preview_one.autocomplete("schedule")
    @run_one.autocomplete("schedule")
    async def _suggest(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[Choice[str]]:
        schedules = await self._parts.timetable.schedules(interaction.guild_id)
        lines = [(self._title(one, interaction), one.id) for one in schedules]
        fitting = [(line, i) for line, i in lines if typed.casefold() in line.casefold()]
        return [Choice(name=line[:MAX_CHOICE_CHARS], value=i) for line, i in fitting[:MAX_CHOICES]]

    async def _find(self, interaction: discord.Interaction[Any], name: str) -> Schedule:
        return await find_schedule(self.desk, name, interaction.guild_id)

    def _title(self, schedule: Schedule, interaction: discord.Interaction[Any]) -> str:
        words = self._parts.timing.in_words(schedule.timing)
        return title_of(schedule, words, _names(interaction))


def _channel(
    interaction: discord.Interaction[Any], schedule: Schedule
) -> discord.TextChannel | None:
    """Return the schedule's channel, if it still is one that we see."""
    found = interaction.guild and interaction.guild.get_channel(schedule.channel_id)
    return found if isinstance(found, discord.TextChannel) else None


def _names(interaction: discord.Interaction[Any]) -> NameOf:
    def name_of(channel_id: int) -> str:
        channel = interaction.guild and interaction.guild.get_channel(channel_id)
        return f"#{channel.name}" if channel else f"#{channel_id}"

    return name_of
