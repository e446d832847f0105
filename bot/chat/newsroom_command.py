"""`/newsroom`: which of a member's newsrooms answers in direct messages."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.chat.door import Door
from bot.chat.newsrooms import Newsrooms
from bot.chat.replies import acknowledge, reply_card, say
from bot.chat.texts import newsroom as texts
from bot.errors import UnknownError


class NewsroomCommand(app_commands.Command[Any, ..., None]):
    """`/newsroom`: show or choose it."""

    def __init__(self, door: Door, newsrooms: Newsrooms) -> None:
        @app_commands.describe(name=texts.NAME)
        async def newsroom(
            interaction: discord.Interaction[Any], name: Range[str, 1, 80] | None = None
        ) -> None:
            await acknowledge(interaction)
            await door.enter(interaction, "newsroom")
            said = await _answer(newsrooms, interaction, name)
            await reply_card(interaction, say(said))

        super().__init__(name="newsroom", description=texts.NEWSROOM, callback=newsroom)
        alone_too(self)


async def _answer(
    newsrooms: Newsrooms, interaction: discord.Interaction[Any], name: str | None
) -> str:
    mine = await newsrooms.of_member(interaction.client, interaction.user.id)
    names = [one.parts.name for one in mine]
    if name is None:
        chosen = names[0] if len(names) == 1 or (mine and mine[0].chosen_at) else ""
        answers = texts.ANSWERS.format(name=chosen) if chosen else texts.NONE_CHOSEN
        return f"{answers} {texts.YOURS.format(names=', '.join(sorted(names)))}"
    for one in mine:
        if one.parts.name.casefold() == name.strip().casefold():
            await one.parts.servers.choose(interaction.user.id, now=one.parts.clock())
            return texts.ANSWERS.format(name=one.parts.name)
    raise UnknownError(texts.UNKNOWN.format(names=", ".join(sorted(names))))


def alone_too(command: app_commands.Command[Any, ..., Any]) -> None:
    """Let members use the command in direct messages too, and wherever they bring the bot along.

    The answers are theirs alone there; whose newsroom answers, the door decides.
    """
    command.allowed_contexts = app_commands.AppCommandContext(
        guild=True, dm_channel=True, private_channel=True
    )
    command.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
