"""Messages as Discord's components, and the buttons that work after a restart.

A button's id says all that a press needs: which edition and version, which story, and the key of
the post, by which `DiscordChannels.find` knows a message again. Nothing is kept in memory.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, Self, cast

import discord
from discord import ui

from bot.chat.texts.marks import READ
from bot.delivery.compact import ChatMessage
from bot.news import Dossier

Action = Literal["discuss", "open", "read"]

NO_POST: Final = "-"
"""Stands in a button's id for the key of the post if its message answers a command."""
LABELS: Final[dict[Action, str]] = {"discuss": "Discuss", "open": "Open", "read": READ}
CUSTOM_ID: Final = re.compile(
    r"n:(?P<action>discuss|open|read):(?P<mark>[0-9a-f]{24}|-)"
    r":(?P<briefing>[^:]{1,32}):(?P<version>[0-9]{1,9}):(?P<story>[0-9]{1,4})"
)
"""At most 87 characters. Source of the limit, 100: Discord API, "Component Reference"."""


@dataclass(frozen=True)
class Press:
    """What a pressed button is about; `story` is the number in that version, 0 for the edition."""

    action: Action
    mark: str
    briefing_id: str
    version: int
    story: int = 0

    @property
    def custom_id(self) -> str:
        """Return the button's id, which `CUSTOM_ID` reads."""
        return f"n:{self.action}:{self.mark}:{self.briefing_id}:{self.version}:{self.story}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Return what the id says."""
        action = cast("Action", match["action"])
        return cls(
            action, match["mark"], match["briefing"], int(match["version"]), int(match["story"])
        )


class Presses(Protocol):
    """Does what a button asks for; the client does."""

    async def press(self, interaction: discord.Interaction, press: Press) -> None:
        """Answer the press."""
        ...


class EditionButton(ui.DynamicItem[ui.Button[Any]], template=CUSTOM_ID):
    """*Discuss* beside a story; *Open*, and that it is read, at an edition's end."""

    def __init__(self, press: Press) -> None:
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.secondary,
                label=LABELS[press.action],
                custom_id=press.custom_id,
            )
        )
        self.press = press

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        return cls(Press.of(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the client."""
        await cast("Presses", interaction.client).press(interaction, self.press)


def edition_view(message: ChatMessage, dossier: Dossier, mark: str = NO_POST) -> ui.LayoutView:
    """Return the message with a button beside each story and one at its end."""
    edition = dossier.briefing
    box = ui.Container[ui.LayoutView]()
    for stretch in message.stretches:
        if stretch.story is None:
            box.add_item(ui.TextDisplay(stretch.text))
            continue
        press = Press("discuss", mark, edition.id, edition.version, stretch.story)
        box.add_item(ui.Separator())
        box.add_item(ui.Section(stretch.text, accessory=EditionButton(press)))
    press = Press("open", mark, edition.id, edition.version)
    box.add_item(ui.Separator())
    box.add_item(ui.Section(message.closing, accessory=EditionButton(press)))
    read: ui.ActionRow[Any] = ui.ActionRow()
    read.add_item(EditionButton(Press("read", mark, edition.id, edition.version)))
    box.add_item(read)
    return _layout(box)


def text_view(text: str) -> ui.LayoutView:
    """Return a message that is one text."""
    return _layout(ui.TextDisplay(text))


def marks_of(message: discord.Message) -> set[str]:
    """Return the marks of posts that the buttons of a message carry."""
    ids = _found("custom_id", [component.to_dict() for component in message.components])
    return {match["mark"] for match in map(CUSTOM_ID.fullmatch, ids) if match}


def texts_of(message: discord.Message) -> list[str]:
    """Return the texts that the components of a message show."""
    return _found("content", [component.to_dict() for component in message.components])


def _layout(item: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(item)
    return view


def _found(key: str, node: object) -> list[str]:
    """Return the texts under a key, anywhere in a message's components."""
    if isinstance(node, dict):
        own = [node[key]] if isinstance(node.get(key), str) else []
        return own + [i for value in node.values() for i in _found(key, value)]
    return [i for value in node for i in _found(key, value)] if isinstance(node, list) else []
