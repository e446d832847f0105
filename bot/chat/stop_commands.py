"""`/kill`, `/hold`, `/release`, `/desk purge`: thin callers of the desk."""

from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot import desk_stops
from bot.chat.door import Door
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.rights import EDITORS
from bot.chat.texts import stops as texts
from bot.delivery.stopping import (
    purged_card,
    released_card,
    standing_card,
    stopped_card,
)

Interaction = discord.Interaction[Any]
Reason = Range[str, 1, 200]
MAX_CHOICES: Final = 25
"""Source: Discord API, "Application Command Autocomplete"."""
MAX_CHOICE_CHARS: Final = 100


class StopCommands(app_commands.Group):
    """`/kill` or `/hold`: a story or a quote."""

    def __init__(self, door: Door, *, killed: bool) -> None:
        super().__init__(
            name="kill" if killed else "hold",
            description=texts.KILL if killed else texts.HOLD,
            default_permissions=EDITORS,
        )
        self._door = door
        self._killed = killed

    @app_commands.command(name="story", description=texts.STORY)
    @app_commands.describe(name=texts.NAME, reason=texts.REASON)
    async def story(
        self, interaction: Interaction, name: Range[str, 1, 100], reason: Reason = ""
    ) -> None:
        """Stop a story."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, self.name)
        stop = await desk_stops.stop_story(
            parts.desk,
            name,
            killed=self._killed,
            by=who(interaction),
            now=parts.clock(),
            reason=reason,
        )
        parts.suggestions.drop(stop.article_ids)
        await reply_card(interaction, stopped_card(stop))

    @app_commands.command(name="quote", description=texts.QUOTE)
    @app_commands.describe(words=texts.WORDS, reason=texts.REASON)
    async def quote(
        self, interaction: Interaction, words: Range[str, 5, 1000], reason: Reason = ""
    ) -> None:
        """Stop a quote."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, self.name)
        stop = await desk_stops.stop_quote(
            parts.desk,
            words,
            killed=self._killed,
            by=who(interaction),
            now=parts.clock(),
            reason=reason,
        )
        parts.suggestions.drop(stop.article_ids)
        await reply_card(interaction, stopped_card(stop))


def release_command(door: Door) -> app_commands.Command[Any, ..., None]:
    """Return `/release`."""

    @app_commands.command(name="release", description=texts.RELEASE)
    @app_commands.describe(number=texts.NUMBER, reason=texts.REASON)
    @app_commands.default_permissions(EDITORS)
    async def release(
        interaction: Interaction,
        number: Range[int, 1, 999_999_999] | None = None,
        reason: Reason = "",
    ) -> None:
        await acknowledge(interaction)
        parts = await door.enter(interaction, "release")
        if number is None:
            card = standing_card(await desk_stops.stopped(parts.desk), parts.desk.zone)
        else:
            stop = await desk_stops.release(
                parts.desk, number, by=who(interaction), now=parts.clock(), reason=reason
            )
            card = released_card(stop)
        await reply_card(interaction, card)

    @release.autocomplete("number")
    async def suggest(interaction: Interaction, typed: int | str) -> list[Choice[int]]:
        parts = door.known(interaction, "release")
        stops = await desk_stops.stopped(parts.desk) if parts else ()
        named = [(f"{stop.id}: {stop.order.name}"[:MAX_CHOICE_CHARS], stop.id) for stop in stops]
        fitting = [Choice(name=name, value=n) for name, n in named if str(typed or "") in name]
        return fitting[:MAX_CHOICES]

    return release


def purge_command(door: Door) -> app_commands.Command[Any, ..., None]:
    """Return `purge`, which stands below `/desk`."""

    @app_commands.command(name="purge", description=texts.PURGE)
    @app_commands.describe(article=texts.ARTICLE, for_good=texts.FOR_GOOD, reason=texts.REASON)
    async def purge(
        interaction: Interaction,
        article: Range[str, 1, 100],
        for_good: bool,  # noqa: FBT001 - a command's option
        reason: Reason = "",
    ) -> None:
        await acknowledge(interaction)
        parts = await door.enter(interaction, "desk purge")
        if not for_good:
            await reply_card(interaction, say(texts.NOT_SURE))
            return
        texts_gone = await desk_stops.purge(
            parts.desk, article, by=who(interaction), now=parts.clock(), reason=reason
        )
        parts.suggestions.drop([article])
        await reply_card(interaction, purged_card(article, texts_gone))

    return purge


def who(interaction: Interaction) -> str:
    """Return how the audit names a member: the user name may change, the id does not."""
    return f"{interaction.user.name} ({interaction.user.id})"
