"""What a command says, for tests: all of its answers as one text."""

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from tests.chat.rooms import Room, plain, text_of


async def answered(room: Room, command: str, **options: object) -> str:
    """Run a command as the editor and return what it answers."""
    return text_in(await room.editor.slash(room.channel, command, **options))


def text_in(result: InteractionResult) -> str:
    """Return what an interaction was answered with."""
    found = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in found if answer))


def first_message(result: InteractionResult) -> discord.Message:
    """Return the first message of the answer."""
    assert result.response
    return result.response.message


async def a_reader(room: Room) -> MemberActor:
    """Return a member without any permission of an editor, to whom all commands are shown."""
    reader = room.guild.add_member(room.env.create_user("sten"))
    for command in await room.client.tree.fetch_commands():
        room.guild.set_command_permissions(command, {reader: True})
    return reader
