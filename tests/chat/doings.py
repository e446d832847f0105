"""All that a member can do here: each command and menu of the tree, and what is pressed or asked.

Commands are read from the tree, and their options filled by type and name: a new command is tried
by the tests of faults and of acknowledgement without being named here.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord import app_commands
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from tests.chat.rooms import NEWS, Room, buttons, parts_of
from tests.laws.desks import a_desk

WORDS: Final[Mapping[str, object]] = {
    "at": "07:00",
    "zone": "UTC",
    "schedule": "1",
    "url": "https://courier.example/crane",
    "address": "https://courier.example/crane",
    "question": "How many people cross the sound?",
    "about": "crane",
    "since": "2 hours",
}
"""What is typed into options by their names; into others `ANYTHING`."""
ANYTHING: Final = "crane"
KINDS: Final = discord.AppCommandOptionType
QUOTED: Final = "“The hull of the barge needs new plates”, said Mira Tolland."
QUESTION: Final = "How many people cross the sound?"


@dataclass
class Scene:
    """A room in which a member can do everything: a briefing stands there, a thread, a check."""

    room: Room
    edition: discord.Message
    quoted: discord.Message
    checked: Any
    thread: ChannelHandle


Doing = Callable[[Scene], Awaitable[InteractionResult | None]]
"""Does one thing; what is no interaction (a question in a thread) returns `None`."""


async def a_scene(room: Room) -> Scene:
    """Prepare the room."""
    await room.editor.slash(room.channel, "brief")
    edition = room.channel.history()[0]
    quoted = await room.editor.send(room.channel, QUOTED)
    checked = await room.editor.context_menu(room.channel, "Check quotes", quoted)
    assert checked.response
    await room.editor.click(edition, custom_id=buttons(edition, "Discuss")[0])
    (thread,) = room.channel.threads
    return Scene(room, edition, quoted, checked.response.message, thread)


def doings() -> dict[str, Doing]:
    """Return everything by a name for it."""
    tree = NewsClient(parts_of(a_desk(NEWS))[0]).tree
    found: dict[str, Doing] = {}
    for command in _commands(tree.get_commands(type=discord.AppCommandType.chat_input)):
        found[f"/{command.qualified_name}"] = _slash(command)
    for menu in tree.get_commands(type=discord.AppCommandType.message):
        found[menu.name] = _menu(menu.name)
    return {**found, **PRESSES}


def _commands(
    some: list[app_commands.Command[Any, ..., Any] | app_commands.Group],
) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for one in some:
        if isinstance(one, app_commands.Group):
            yield from _commands(one.commands)
        else:
            yield one


def _slash(command: app_commands.Command[Any, ..., Any]) -> Doing:
    async def do(scene: Scene) -> InteractionResult:
        options = {p.display_name: _value(p, scene) for p in command.parameters if p.required}
        room = scene.room
        return await room.editor.slash(room.channel, command.qualified_name, **options)

    return do


def _value(parameter: app_commands.Parameter, scene: Scene) -> object:
    """Return something that the option takes."""
    if parameter.choices:
        return parameter.choices[0].value
    by_kind: dict[discord.AppCommandOptionType, object] = {
        KINDS.integer: parameter.min_value or 1,
        KINDS.number: float(parameter.min_value or 1),
        KINDS.boolean: True,
        KINDS.channel: scene.room.channel,
        KINDS.user: scene.room.editor,
        KINDS.mentionable: scene.room.editor,
        KINDS.attachment: ("file.txt", b"words"),
    }
    return by_kind.get(parameter.type, WORDS.get(parameter.display_name, ANYTHING))


def _menu(name: str) -> Doing:
    async def do(scene: Scene) -> InteractionResult:
        return await scene.room.editor.context_menu(scene.room.channel, name, scene.quoted)

    return do


def _press(label: str, *, number: int = 0) -> Doing:
    async def do(scene: Scene) -> InteractionResult:
        custom_id = buttons(scene.edition, label)[number]
        return await scene.room.editor.click(scene.edition, custom_id=custom_id)

    return do


async def _open(scene: Scene) -> InteractionResult:
    return await scene.room.editor.select(scene.edition, ["0"])


async def _open_story(scene: Scene) -> InteractionResult:
    return await scene.room.editor.select(scene.edition, ["1"])


async def _post_check(scene: Scene) -> InteractionResult:
    return await scene.room.editor.click(scene.checked, label="Post in thread")


async def _choose(scene: Scene) -> InteractionResult:
    return await scene.room.editor.select(scene.thread.history()[0], ["all"])


async def _ask(scene: Scene) -> None:
    await scene.room.editor.send(scene.thread, QUESTION)


PRESSES: Final[Mapping[str, Doing]] = {
    "Open": _open,
    "Open a story": _open_story,
    "Discuss": _press("Discuss", number=1),
    "Discuss again": _press("Discuss"),
    "Post in thread": _post_check,
    "What I answer here": _choose,
    "a question": _ask,
}
