"""What a command says, for tests: all of its answers as one text."""

from datetime import datetime, timedelta
from functools import partial

import discord
from msgspec.structs import replace
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.news import Article
from bot.ports import Archive
from tests.chat.rooms import Room, plain, text_of
from tests.laws.desks import NOW


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


async def hold(archive: Archive, outlet: str = "", *, until: datetime | None = None) -> None:
    """Have the articles of an outlet, or all, killed, or embargoed until an instant."""
    for article in await archive.articles_since(NOW - timedelta(days=9)):
        if outlet in article.outlet:
            await archive.revise({article.id: partial(_held, until=until)})


def _held(article: Article | None, *, until: datetime | None) -> Article:
    assert article
    if until:
        return replace(article, embargoed_until=until)
    return replace(article, withdrawn="killed")


async def a_reader(room: Room) -> MemberActor:
    """Return a member without any permission of an editor, to whom all commands are shown."""
    reader = room.guild.add_member(room.env.create_user("sten"))
    for command in await room.client.tree.fetch_commands():
        room.guild.set_command_permissions(command, {reader: True})
    return reader
