"""Gives every command of the tree, whatever it is, options that it takes."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import AppCommandOptionType as Kind
from discord import app_commands
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from tests.chat.rooms import NEWS, parts_of
from tests.laws.desks import a_desk

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


def every_command() -> dict[str, AnyCommand]:
    """Return the commands, subcommands and menus that the client registers, by full name."""
    tree = NewsClient(parts_of(a_desk(NEWS))[0]).tree
    kinds = discord.AppCommandType
    every: list[AnyCommand] = [
        *(one for one in tree.walk_commands() if isinstance(one, app_commands.Command)),
        *tree.walk_commands(type=kinds.message),
        *tree.walk_commands(type=kinds.user),
    ]
    return {command.qualified_name: command for command in every}


async def use(
    who: MemberActor, channel: ChannelHandle, command: AnyCommand, typed: Mapping[str, object]
) -> InteractionResult:
    """Use the command with all of its options; `typed` gives some of them by name, "" any text."""
    if isinstance(command, app_commands.ContextMenu):
        message = channel.last_message or await who.send(channel, "Hello.")
        return await who.context_menu(channel, command.name, message)
    options = {one.display_name: _value(one, channel, typed) for one in command.parameters}
    wanted = {name: value for name, value in options.items() if value is not None}
    return await who.slash(channel, command.qualified_name, **wanted)


def _value(  # noqa: PLR0911 - a table of kinds
    one: app_commands.Parameter, channel: ChannelHandle, typed: Mapping[str, object]
) -> object:
    if one.display_name in typed:
        return typed[one.display_name]
    if one.choices:
        return one.choices[0].value
    if one.type is Kind.string:
        text = str(typed[""]).ljust(int(one.min_value or 0), "x")
        return text[: int(one.max_value)] if one.max_value else text
    if one.type in {Kind.integer, Kind.number}:
        return one.min_value or 1
    if one.type is Kind.boolean:
        return False
    if one.type is Kind.channel:
        return channel
    if one.type is Kind.attachment:
        return ("list.opml", b"<opml version='2.0'><body/></opml>")
    return typed.get(one.type.name) if one.required else None
