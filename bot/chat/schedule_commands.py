"""`/schedule`: thin callers of the desk of schedules, answered with cards."""

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.door import Door
from bot.chat.parts import Parts
from bot.chat.places import (
    ChosenRoom,
    DiscordPlaces,
    place_of,
    place_of_member,
)
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.rights import EDITORS
from bot.chat.schedule_options import (
    At,
    Language,
    Listed,
    Name,
    Origins,
    Prompt,
    Stories,
    Title,
    Zone,
    fitting,
    names_in,
    place_before,
    title,
    understood,
)
from bot.chat.texts import reviews as texts
from bot.chat.texts import schedule as words
from bot.chat.views import text_view
from bot.delivery.compact import card_texts
from bot.delivery.edition import briefing_card
from bot.delivery.phrases import count
from bot.errors import ScheduleError
from bot.news import MAX_APPROVALS, EditionOrder, MissedRuns, Schedule, WhenEmpty
from bot.news.schedules import REVIEW_LEAD
from bot.ports import Teller
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
    want_approval,
)
from bot.schedule_desk.cards import listing_card, plan_card
from bot.schedule_desk.desk import planned


class ScheduleCommands(app_commands.Group):
    """`/schedule`: editions that come by themselves."""

    def __init__(self, door: Door, teller: Teller) -> None:
        super().__init__(
            name="schedule",
            description=words.GROUP,
            default_permissions=EDITORS,
        )
        self._door = door
        self.teller = teller

    @app_commands.command(name="add", description=words.ADD)
    @app_commands.describe(**words.ABOUT)
    async def add_one(  # noqa: PLR0913, PLR0917 - the command's options
        self,
        interaction: discord.Interaction[Any],
        at: At,
        zone: Zone | None = None,
        channel: ChosenRoom | None = None,
        name: Title | None = None,
        topics: Listed | None = None,
        sources: Listed | None = None,
        origins: Origins | None = None,
        stories: Stories | None = None,
        language: Language | None = None,
        prompt: Prompt | None = None,
        missed: MissedRuns | None = None,
        when_empty: WhenEmpty | None = None,
        *,
        to_me: bool = False,
    ) -> None:
        """Plan an edition in a channel, and show when it will come."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule add")
        language = language or (parts.server and parts.server.language) or None
        wish = Wish(
            at, zone, name, topics, sources, origins, stories, language, prompt, missed, when_empty
        )
        plan = await add(
            desk,
            wish,
            await place_of_member(interaction) if to_me else place_of(interaction, channel),
            schedule_id=f"{interaction.id}",
            by=interaction.user.id,
            now=parts.clock(),
        )
        await parts.on_schedules_changed()
        hint = words.HINT
        names = names_in(interaction)
        await reply_card(interaction, plan_card(plan, words.WAS_PLANNED, names, hint=hint))

    @app_commands.command(name="edit", description=words.EDIT)
    @app_commands.describe(schedule=words.WHICH, **words.CHANGED)
    async def edit_one(  # noqa: PLR0913, PLR0917 - the command's options
        self,
        interaction: discord.Interaction[Any],
        schedule: Name,
        at: At | None = None,
        zone: Zone | None = None,
        channel: ChosenRoom | None = None,
        name: Title | None = None,
        topics: Listed | None = None,
        sources: Listed | None = None,
        origins: Origins | None = None,
        stories: Stories | None = None,
        language: Language | None = None,
        prompt: Prompt | None = None,
        missed: MissedRuns | None = None,
        when_empty: WhenEmpty | None = None,
    ) -> None:
        """Change what is named of an edition, and show when it will come from now on."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule edit")
        wish = Wish(
            at, zone, name, topics, sources, origins, stories, language, prompt, missed, when_empty
        )
        found = await _find(desk, interaction, schedule)
        before = None if channel else place_before(interaction, found)
        target = before or place_of(interaction, channel)
        plan = await edit(desk, found, wish, target, now=parts.clock())
        await parts.on_schedules_changed()
        await reply_card(interaction, plan_card(plan, words.WAS_CHANGED, names_in(interaction)))

    @app_commands.command(name="list", description=words.LIST)
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        """Show the server's schedules, each with its next run and how its last one went."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule list")
        entries = await listing(desk, interaction.guild_id, now=parts.clock())
        await reply_card(interaction, listing_card(entries, names_in(interaction)))

    @app_commands.command(name="pause", description=words.PAUSE)
    @app_commands.describe(schedule=words.WHICH)
    async def pause_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Pause a schedule of this server."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule pause")
        found = await _find(desk, interaction, schedule)
        paused = await pause(desk, found, now=parts.clock())
        await parts.on_schedules_changed()
        called = title(desk, found, interaction)
        said = (
            words.PAUSED.format(called=called)
            if paused
            else words.PAUSED_BEFORE.format(called=called)
        )
        await reply_card(interaction, say(said))

    @app_commands.command(name="resume", description=words.RESUME)
    @app_commands.describe(schedule=words.WHICH)
    async def resume_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Let a schedule run again, if its channel takes it."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule resume")
        found = await _find(desk, interaction, schedule)
        now = parts.clock()
        place = await DiscordPlaces(interaction.client).find_place(found.channel_id)
        await require_place(desk, place, by=found.created_by, now=now)
        plan = await resume(desk, found, now=now)
        await parts.on_schedules_changed()
        await reply_card(interaction, plan_card(plan, words.WAS_RESUMED, names_in(interaction)))

    @app_commands.command(name="remove", description=words.REMOVE)
    @app_commands.describe(schedule=words.WHICH)
    async def remove_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Forget a schedule of this server."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule remove")
        found = await _find(desk, interaction, schedule)
        await remove(desk, found)
        await parts.on_schedules_changed()
        await reply_card(interaction, say(f"Stopped: {title(desk, found, interaction)}."))

    @app_commands.command(name="preview", description=words.PREVIEW)
    @app_commands.describe(at=words.ABOUT["at"], zone=words.ABOUT["zone"], schedule=words.PLANNED)
    async def preview_one(
        self,
        interaction: discord.Interaction[Any],
        at: At | None = None,
        zone: Zone | None = None,
        schedule: Name | None = None,
    ) -> None:
        """Show the next runs of some words, or of a schedule with its edition as of now."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule preview")
        now = parts.clock()
        if schedule is None:
            if at is None:
                raise ScheduleError(words.SAY_WHAT)
            plan = preview(desk, at, zone or "", now=now)
            await reply_card(interaction, plan_card(plan, words.NOT_SAVED, names_in(interaction)))
            return
        found = await _find(desk, interaction, schedule)
        plan = planned(desk, found.timing, now=now, schedule=found)
        await reply_card(interaction, plan_card(plan, words.AS_OF_NOW, names_in(interaction)))
        order = EditionOrder(found.filters)
        dossier = await parts.desk.edition(order, now=now)
        # it is not stored, so buttons would lead nowhere
        for text in card_texts(briefing_card(dossier.briefing, parts.desk.zone)):
            await interaction.followup.send(view=text_view(text), ephemeral=True)

    @app_commands.command(name="run", description=words.RUN)
    @app_commands.describe(schedule=words.WHICH)
    async def run_one(self, interaction: discord.Interaction[Any], schedule: Name) -> None:
        """Have an edition made and posted at once."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule run")
        found = await _find(desk, interaction, schedule)
        started = await run_now(desk, found, now=parts.clock())
        where = names_in(interaction)(found.channel_id)
        said = words.COMES.format(where=where) if started else words.ON_ITS_WAY
        await reply_card(interaction, say(said))

    @app_commands.command(name="approval", description=texts.ABOUT_APPROVAL)
    @app_commands.describe(
        schedule=words.WHICH, people=texts.ABOUT_PEOPLE, channel=texts.ABOUT_CHANNEL
    )
    async def approve_one(
        self,
        interaction: discord.Interaction[Any],
        schedule: Name,
        people: Range[int, 0, MAX_APPROVALS],
        channel: discord.TextChannel | discord.Thread | None = None,
    ) -> None:
        """Have an edition approved before it is posted, or not any more."""
        await acknowledge(interaction)
        parts, desk = await self._enter(interaction, "schedule approval")
        found = await _find(desk, interaction, schedule)
        place = place_of(interaction, channel) if people else None
        await want_approval(desk, found, people, place, now=parts.clock())
        await parts.on_schedules_changed()
        called = title(desk, found, interaction)
        said = texts.ASKED_NOBODY.format(title=called)
        if place:
            said = texts.ASKED.format(
                people=count(people, "person", "different people"),
                place=place.name,
                minutes=REVIEW_LEAD // timedelta(minutes=1),
                title=called,
            )
        await reply_card(interaction, say(said))

    @add_one.autocomplete("at")
    @edit_one.autocomplete("at")
    @preview_one.autocomplete("at")
    async def _read_at(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[Choice[str]]:
        """Show, while somebody types, how it is understood and when it would come."""
        parts = self._door.known(interaction, "schedule")
        if parts is None:
            return []
        zone = getattr(interaction.namespace, "zone", None) or ""
        return understood(parts.schedule_desk(self.teller), typed, zone, now=parts.clock())

    @edit_one.autocomplete("schedule")
    @pause_one.autocomplete("schedule")
    @resume_one.autocomplete("schedule")
    @remove_one.autocomplete("schedule")
    @preview_one.autocomplete("schedule")
    @run_one.autocomplete("schedule")
    @approve_one.autocomplete("schedule")
    async def _suggest(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[Choice[str]]:
        parts = self._door.known(interaction, "schedule list")
        if parts is None:
            return []
        return fitting(parts.schedule_desk(self.teller), parts.suggestions, interaction, typed)

    async def _enter(
        self, interaction: discord.Interaction[Any], doing: str
    ) -> tuple[Parts, ScheduleDesk]:
        parts = await self._door.enter(interaction, doing)
        return parts, parts.schedule_desk(self.teller)


async def _find(desk: ScheduleDesk, interaction: discord.Interaction[Any], name: str) -> Schedule:
    return await find_schedule(desk, name, interaction.guild_id)
