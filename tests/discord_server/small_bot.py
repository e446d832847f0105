"""A tiny bot on the real discord.py, which shows that the loopback Discord is one to it.

`python -m tests.discord_server.small_bot BASE_URL TOKEN` runs it as a process of its own.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands, ui

from tests.discord_server.bell import Bell
from tests.discord_server.entry import point_discord_at

INTENTS = discord.Intents(guilds=True, guild_messages=True)
"""What the bot asks for unless a test says otherwise: it may not read what people write."""

ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/Lima")
"""What the autocompletion of a zone offers."""


class AskForm(ui.Modal, title="Ask"):
    """A form with one question."""

    question: ui.TextInput["AskForm"] = ui.TextInput(label="Question", custom_id="question")

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Answer to the person alone."""
        await interaction.response.send_message(f"You ask: {self.question}", ephemeral=True)


class Card(ui.LayoutView):
    """A card with a story, buttons and a select."""

    row: ui.ActionRow["Card"] = ui.ActionRow()
    pick: ui.ActionRow["Card"] = ui.ActionRow()

    def __init__(self, about: str) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(ui.TextDisplay(f"All about {about}")))

    @row.button(label="Discuss", custom_id="discuss")
    async def discuss(self, interaction: discord.Interaction, _: ui.Button["Card"]) -> None:
        """Open the thread of the card."""
        await interaction.response.defer()
        if interaction.message:
            thread = await interaction.message.create_thread(name="The harbour")
            await thread.send("Ask about this story.")

    @row.button(label="Ask", custom_id="ask")
    async def ask(self, interaction: discord.Interaction, _: ui.Button["Card"]) -> None:
        """Open a form."""
        await interaction.response.send_modal(AskForm())

    @pick.select(
        custom_id="tone", options=[discord.SelectOption(label=t, value=t) for t in ("dry", "warm")]
    )
    async def tone(self, interaction: discord.Interaction, picked: ui.Select["Card"]) -> None:
        """Put the choice in place of the card."""
        view = ui.LayoutView()
        view.add_item(ui.TextDisplay(f"Tone: {picked.values[0]}"))
        await interaction.response.edit_message(view=view)


class SmallBot(discord.Client):
    """Answers a command with a card, and messages in threads or with a mention."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_brief)
        self.tree.add_command(_schedule)
        self.heard: list[str] = []
        self.bell = Bell()

    async def setup_hook(self) -> None:
        """Register the commands."""
        self.add_view(Card("anything"))
        await self.tree.sync()

    async def until_heard(self, count: int) -> list[str]:
        """Return what people wrote as soon as it is so many messages."""
        return await self.bell.until(
            lambda: self.heard if len(self.heard) >= count else [], f"{count} messages", 10
        )

    async def on_message(self, message: discord.Message) -> None:
        """Note what people write, and answer in a thread."""
        if message.author == self.user:
            return
        self.heard.append(message.content)
        self.bell.ring()
        if isinstance(message.channel, discord.Thread):
            await message.reply("Not in the sources.", mention_author=False)


Start = Callable[..., Awaitable[SmallBot]]
"""Starts another bot, with its intents and token if they are not the usual ones."""


def text_channel(bot: SmallBot, name: str = "briefings") -> discord.TextChannel:
    """Return a text channel as the bot knows it.

    Raises:
        LookupError: it knows none of that name.
    """
    for channel in bot.get_all_channels():
        if isinstance(channel, discord.TextChannel) and channel.name == name:
            return channel
    raise LookupError(name)


@app_commands.command(name="brief", description="A briefing, now")
async def _brief(interaction: discord.Interaction, about: str | None = None) -> None:
    await interaction.response.defer()
    await interaction.edit_original_response(view=Card(about or "everything"))


_schedule = app_commands.Group(name="schedule", description="Editions")


@_schedule.command(name="add", description="Add a daily edition")
async def _add(interaction: discord.Interaction, hour: int, zone: str) -> None:
    await interaction.response.send_message(f"Daily at {hour}:00, {zone}.", ephemeral=True)
    await interaction.followup.send("Noted.", ephemeral=True)


@_add.autocomplete("zone")
async def _zones(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    fitting = [zone for zone in ZONES if typed.lower() in zone.lower()]
    return [app_commands.Choice(name=zone, value=zone) for zone in fitting]


async def main(base_url: str, token: str) -> None:
    """Run the bot until it is stopped."""
    point_discord_at(base_url)
    async with SmallBot(INTENTS) as bot:
        await bot.start(token)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
