"""The setup card as Discord's components; its buttons work after a restart.

Their ids say which server is set up, since the card may stand in a direct message. What is set
already is read from the store each time.
"""

import re
from typing import Any, Final, Protocol, Self, cast

import discord
from discord import ui

from bot.chat.parts import Parts
from bot.chat.texts import setup as texts
from bot.delivery.chat_text import escape
from bot.delivery.phrases import count

BUTTON_ID: Final = re.compile(r"n:setup:(?P<what>zone|source|preview):(?P<server>[0-9]{1,20})")
CHANNEL_ID: Final = re.compile(r"n:setup:operations:(?P<server>[0-9]{1,20})")
LABELS: Final = {
    "zone": texts.ZONE_BUTTON,
    "source": texts.SOURCE_BUTTON,
    "preview": texts.PREVIEW_BUTTON,
}


class SetsUp(Protocol):
    """Does what the card asks for."""

    async def press(self, interaction: discord.Interaction[Any], what: str, server_id: int) -> None:
        """Answer a pressed button."""
        ...

    async def choose(
        self,
        interaction: discord.Interaction[Any],
        channel: discord.app_commands.AppCommandChannel | discord.app_commands.AppCommandThread,
        server_id: int,
    ) -> None:
        """Answer a chosen channel."""
        ...


class HasSetup(Protocol):
    """Has somebody who sets up; the client does."""

    setup: SetsUp


class SetupButton(ui.DynamicItem[ui.Button[Any]], template=BUTTON_ID):
    """*Time zone*, *First source*, *Preview a briefing*."""

    def __init__(self, what: str, server_id: int) -> None:
        super().__init__(
            ui.Button(label=LABELS[what], custom_id=f"n:setup:{what}:{server_id}"),
        )
        self._what, self._server_id = what, server_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        return cls(match["what"], int(match["server"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press on."""
        setup = cast("HasSetup", interaction.client).setup
        await setup.press(interaction, self._what, self._server_id)


class SetupChannel(ui.DynamicItem[ui.ChannelSelect[Any]], template=CHANNEL_ID):
    """The choice of the operations channel."""

    def __init__(self, server_id: int) -> None:
        super().__init__(
            ui.ChannelSelect(
                custom_id=f"n:setup:operations:{server_id}",
                channel_types=[discord.ChannelType.text],
                placeholder=texts.CHOOSE,
            )
        )
        self._server_id = server_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the menu in which a channel was chosen, from its id."""
        made = cls(int(match["server"]))
        made.item = cast("ui.ChannelSelect[Any]", item)
        return made

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice on."""
        setup = cast("HasSetup", interaction.client).setup
        await setup.choose(interaction, self.item.values[0], self._server_id)


async def setup_view(parts: Parts, server_id: int, *, in_server: bool) -> ui.LayoutView:
    """Return the card as things stand; channels can be chosen in the server alone."""
    channel_id = await parts.operations.channel_of(server_id)
    none = texts.NO_OPERATIONS if in_server else texts.ELSEWHERE
    sources = len(await parts.desk.subscriptions.subscriptions())
    box = ui.Container[ui.LayoutView](
        ui.TextDisplay(texts.HELLO),
        ui.TextDisplay(
            "\n".join(
                (
                    texts.ZONE.format(zone=escape(str(parts.desk.zone))),
                    texts.OPERATIONS.format(channel=f"<#{channel_id}>" if channel_id else none),
                    texts.SOURCES.format(count=count(sources, "source")),
                )
            )
        ),
    )
    if in_server:
        box.add_item(ui.ActionRow(SetupChannel(server_id)))
    box.add_item(ui.ActionRow(*(SetupButton(what, server_id) for what in LABELS)))
    box.add_item(ui.TextDisplay(texts.NEXT))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    return view
