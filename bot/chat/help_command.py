"""`/help`: what the commands do and who may use them, generated from the commands themselves."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord
from discord import app_commands

from bot.cards import Block, Bullets, Card, Heading, Note, Paragraph, Run
from bot.chat.door import Door
from bot.chat.pages import Kind, Listing, Pages
from bot.chat.parts import Parts
from bot.chat.replies import AnyInteraction, acknowledge
from bot.chat.rights import RIGHTS, ROLES, Role
from bot.chat.texts import help as texts
from bot.delivery.phrases import listed

KIND: Final = "help"
PUBLIC: Final = ("brief", "story", "link", "ask")
"""Commands that acknowledge in public: their answers are briefings and no looking up."""

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


class HelpCommand(app_commands.Command[Any, ..., None]):
    """`/help`: the list of commands, with what this member may do first."""

    def __init__(self, door: Door, pages: Pages) -> None:
        async def show(interaction: discord.Interaction[Any]) -> None:
            await acknowledge(interaction)
            await pages.show(interaction, KIND, "")

        async def derive(_: Parts, interaction: AnyInteraction, __: str) -> Listing:
            tree = interaction.client.tree
            menus = tree.get_commands(type=discord.AppCommandType.message)
            role = await door.role(interaction)
            return Listing.of(help_card([*tree.walk_commands(), *menus], role))

        super().__init__(name="help", description=texts.COMMAND, callback=show)
        pages.add(KIND, Kind("help", derive))


def help_card(commands: Sequence[AnyCommand], role: Role) -> Card:
    """Return what each command does; those that the role may not use are small print."""
    blocks: list[Block] = [
        Heading(texts.TITLE, 1),
        Paragraph((Run(texts.ROLE.format(role=role)),)),
    ]
    lines = sorted(_lines(commands), key=lambda line: line[0])
    may = [line for line in lines if ROLES.index(line[2]) <= ROLES.index(role)]
    blocks.append(Bullets(tuple((Run(name, "strong"), Run(f": {what}")) for name, what, _ in may)))
    for name, what, needed in lines:
        if ROLES.index(needed) > ROLES.index(role):
            blocks.append(Note((Run(f"{name}: {what}{texts.NEEDS.format(role=needed)}"),)))
    public = listed([f"/{name}" for name in PUBLIC])
    return Card((*blocks, Note((Run(texts.PUBLIC.format(public=public)),))))


def _lines(commands: Sequence[AnyCommand]) -> Iterator[tuple[str, str, Role]]:
    """Return how each command is written, what it does, and the least role that may use it."""
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            name = texts.MENU.format(name=command.name)
            yield name, texts.MENU_HELP, RIGHTS[command.name]
        elif isinstance(command, app_commands.Command):
            name = command.qualified_name
            yield f"/{name}{_options(command)}", command.description, RIGHTS[name]


def _options(command: app_commands.Command[Any, ..., Any]) -> str:
    shown = (p.display_name if p.required else f"[{p.display_name}]" for p in command.parameters)
    return "".join(f" {one}" for one in shown)
