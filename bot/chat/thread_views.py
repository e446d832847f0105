"""The first post of a story's thread: the story's card, and what is answered there."""

import re
from typing import Any, Final, Protocol, Self, cast

import discord
from discord import ui

from bot.chat.texts import threads as texts
from bot.chat.views import text_view
from bot.news import ThreadMode

MODE_ID: Final = "n:mode"
CUSTOM_ID: Final = re.compile(MODE_ID)


class Choosing(Protocol):
    """Keeps what was chosen; the client does."""

    async def choose(self, interaction: discord.Interaction[Any], mode: ThreadMode) -> None:
        """Keep the mode of the interaction's thread, and answer the member."""
        ...


class ModeSelect(ui.DynamicItem[ui.Select[Any]], template=CUSTOM_ID):
    """The menu below the card; which thread it is for, its channel says."""

    def __init__(self, mode: ThreadMode | None = None) -> None:
        options = [
            discord.SelectOption(label=label, value=value, default=value == mode)
            for value, label in texts.MODES.items()
        ]
        super().__init__(ui.Select(placeholder=texts.CHOOSE, options=options, custom_id=MODE_ID))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],  # noqa: ARG003
        /,
    ) -> Self:
        """Return the menu that was used."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice on."""
        (chosen,) = self.item.values
        client = cast("Choosing", interaction.client)
        await client.choose(interaction, cast("ThreadMode", chosen))


def first_view(text: str, mode: ThreadMode, *, reads_messages: bool) -> ui.LayoutView:
    """Return the text of the story, what is answered in its thread, and the menu to change it.

    Without the text of messages there is nothing to choose: it says what can be answered.
    """
    view = text_view(text)
    view.add_item(ui.Separator())
    view.add_item(ui.TextDisplay(f"-# {texts.ANSWERED[mode] if reads_messages else texts.UNREAD}"))
    if reads_messages:
        view.add_item(ui.ActionRow(ModeSelect(mode)))
    return view


def story_text(message: discord.Message) -> str:
    """Return the text of the story in such a post, as it was sent."""
    shown = [c.content for c in message.components if isinstance(c, discord.TextDisplay)]
    return shown[0] if shown else ""
