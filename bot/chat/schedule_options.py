"""The options of `/schedule`: what each is for, and what is suggested while somebody types."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord.app_commands import Choice, Range

from bot.chat.places import ROOMS, place_of
from bot.chat.suggestions import MAX_CHOICE_CHARS, Suggestions, matching, shelved
from bot.errors import NutgrafError
from bot.news import Schedule
from bot.ports import Place
from bot.schedule_desk import ScheduleDesk, preview
from bot.schedule_desk.cards import NameOf, capital, instant_words, title_of

At = Range[str, 1, 200]
Name = Range[str, 1, 100]
Zone = Range[str, 1, 64]
Title = Range[str, 1, 80]
Listed = Range[str, 0, 200]
Origins = Range[int, 1, 20]
Stories = Range[int, 0, 25]
Language = Range[str, 0, 3]
Prompt = Range[str, 0, 40]


def understood(desk: ScheduleDesk, typed: str, zone: str, *, now: datetime) -> list[Choice[str]]:
    """Return the only choice: how the words are understood so far, and when that would come."""
    if not typed.strip() or len(typed) > MAX_CHOICE_CHARS:
        return []
    try:
        plan = preview(desk, typed, zone, now=now)
        runs = instant_words(plan.runs, ZoneInfo(plan.timing.zone))
        said = f"{capital(plan.words)}: {runs}"
    except NutgrafError as error:
        said = str(error)
    return [Choice(name=said[:MAX_CHOICE_CHARS], value=typed)]


def fitting(
    desk: ScheduleDesk, known: Suggestions, interaction: discord.Interaction[Any], typed: str
) -> list[Choice[str]]:
    """Return the server's schedules in whose lines stands what was typed, from memory."""
    ours = (one for one in known.schedules if one.newsroom_id == interaction.guild_id)
    shelf = shelved((title(desk, one, interaction), one.id, frozenset()) for one in ours)
    return [Choice(name=one.shown, value=one.value) for one in matching(shelf, typed)]


def title(desk: ScheduleDesk, schedule: Schedule, interaction: discord.Interaction[Any]) -> str:
    """Return what a schedule is called in this server."""
    return title_of(schedule, desk.timing.in_words(schedule.timing), names_in(interaction))


def names_in(interaction: discord.Interaction[Any]) -> NameOf:
    """Return how channels are called in this server."""

    def name_of(channel_id: int) -> str:
        channel = interaction.guild and interaction.guild.get_channel_or_thread(channel_id)
        return f"#{channel.name}" if channel else f"#{channel_id}"

    return name_of


def place_before(interaction: discord.Interaction[Any], schedule: Schedule) -> Place | None:
    """Return where the schedule posts by now, if that still is a place that we see."""
    if schedule.target == "direct":
        where = "direct messages"
        return Place(schedule.newsroom_id, schedule.channel_id, where, target="direct")
    guild = interaction.guild
    found = guild and guild.get_channel_or_thread(schedule.channel_id)
    return place_of(interaction, found) if isinstance(found, ROOMS) else None
