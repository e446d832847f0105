"""Messages as Discord's components, and the buttons that work after a restart.

A button's id says all that a press needs: which edition and version, which story, and the key of
the post, by which `DiscordChannels.find` knows a message again. Nothing is kept in memory.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, Self, cast

import discord
from discord import ui

from bot.chat.texts import editions as texts
from bot.chat.texts.marks import READ
from bot.delivery.citing import plain
from bot.delivery.compact import ChatMessage
from bot.delivery.phrases import count
from bot.delivery.titles import thread_name
from bot.news import Brief, Briefing, Dossier

Action = Literal["discuss", "open", "read"]

NO_POST: Final = "-"
"""Stands in a button's id for the key of the post if its message answers a command."""
LABELS: Final[dict[Action, str]] = {
    "discuss": texts.DISCUSS,
    "open": texts.OPEN,
    "read": READ,
}
CUSTOM_ID: Final = re.compile(
    r"n:(?P<action>discuss|open|read):(?P<mark>[0-9a-f]{24}|-)"
    r":(?P<briefing>[^:]{1,32}):(?P<version>[0-9]{1,9}):(?P<story>[0-9]{1,4})"
)
"""At most 87 characters. Source of the limit, 100: Discord API, "Component Reference"."""
MENU_ID: Final = re.compile(
    r"n:menu:(?P<mark>[0-9a-f]{24}|-):(?P<briefing>[^:]{1,32}):(?P<version>[0-9]{1,9})"
)
MAX_OPTION: Final = 100
"""Characters of an option's label. Source: Discord API, "Component Reference", "String Select"."""


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

    def __init__(self, press: Press, label: str | None = None) -> None:
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.secondary,
                label=label or LABELS[press.action],
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


class OpenMenu(ui.DynamicItem[ui.Select[Any]], template=MENU_ID):
    """*Open*: leads from an edition to one of its stories, or to the whole of it."""

    def __init__(self, select: ui.Select[Any], mark: str, briefing_id: str, version: int) -> None:
        super().__init__(select)
        self._mark, self._briefing_id, self._version = mark, briefing_id, version

    @classmethod
    def of(cls, edition: Briefing, mark: str, stories: Sequence[tuple[int, Brief]]) -> Self:
        """Return the menu of a message that tells these stories, by their numbers."""
        options = [_option(number, brief) for number, brief in stories]
        whole = discord.SelectOption(label=texts.WHOLE, value="0", description=texts.WHOLE_IS)
        select = ui.Select[Any](
            custom_id=f"n:menu:{mark}:{edition.id}:{edition.version}",
            placeholder=texts.MENU,
            options=[*options, whole],
        )
        return cls(select, mark, edition.id, edition.version)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the menu in which something was chosen, from its id."""
        select = cast("ui.Select[Any]", item)
        return cls(select, match["mark"], match["briefing"], int(match["version"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand on what was chosen, as a press of *Open*."""
        story = int(self.item.values[0])
        press = Press("open", self._mark, self._briefing_id, self._version, story)
        await cast("Presses", interaction.client).press(interaction, press)


def _option(number: int, brief: Brief) -> discord.SelectOption:
    name = thread_name(f"{number}. {plain(brief.headline)}", at_most=MAX_OPTION)
    told = count(len(brief.story.origins), "origin")
    quotes = f" · {count(len(brief.quotes), 'quote')}" if brief.quotes else ""
    return discord.SelectOption(label=name, value=f"{number}", description=f"{told}{quotes}")


def edition_view(message: ChatMessage, dossier: Dossier, mark: str = NO_POST) -> ui.LayoutView:
    """Return the message with a button beside each story and the menu of its stories below."""
    presses = dict(discussed(message, dossier, mark))
    box = ui.Container[ui.LayoutView]()
    for stretch in message.stretches:
        if stretch.story is None:
            box.add_item(ui.TextDisplay(stretch.text))
            continue
        button = EditionButton(presses[stretch.story])
        box.add_item(ui.Separator())
        box.add_item(ui.Section(stretch.text, accessory=button))
    box.add_item(ui.Separator())
    box.add_item(ui.TextDisplay(message.closing))
    box.add_item(ui.ActionRow(menu_of(message, dossier, mark)))
    return _layout(box)


def menu_of(message: ChatMessage, dossier: Dossier, mark: str = NO_POST) -> ui.Item[Any]:
    """Return the *Open* menu of a message: of the stories that begin in it, and of the edition."""
    stories = [(part.story, part.told) for part in message.stretches if part.story and part.told]
    return OpenMenu.of(dossier.briefing, mark, stories)


def text_view(text: str) -> ui.LayoutView:
    """Return a message that is one text."""
    return _layout(ui.TextDisplay(text))


def marks_of(message: discord.Message) -> set[str]:
    """Return the marks of posts that the buttons of a message carry."""
    ids = _found("custom_id", [component.to_dict() for component in message.components])
    found = (CUSTOM_ID.fullmatch(i) or MENU_ID.fullmatch(i) for i in ids)
    return {match["mark"] for match in found if match}


def discussed(message: ChatMessage, dossier: Dossier, mark: str) -> Iterator[tuple[int, Press]]:
    """Return the number of each story that begins in the message, with what *Discuss* means."""
    edition = dossier.briefing
    counted_in = message.counted_in or edition.version
    for stretch in message.stretches:
        if stretch.story is not None:
            press = Press("discuss", mark, edition.id, counted_in, stretch.story)
            yield stretch.story, press


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
