"""`/help`: generated from the commands and the table of rights."""

import discord

from bot.chat.help_command import PUBLIC, help_card
from bot.chat.rights import RIGHTS, ROLES
from bot.delivery.plain import to_plain
from tests.chat.asking import a_reader, answered, text_in
from tests.chat.rooms import a_room


async def test_every_command_is_in_the_table_and_in_the_help() -> None:
    async with a_room() as room:
        tree = room.client.tree
        told = to_plain(help_card([*tree.walk_commands()], "chief"))
        assert "Page 1 of" in await answered(room, "help")
        for command in tree.walk_commands():
            if not isinstance(command, discord.app_commands.Group):
                assert command.qualified_name in RIGHTS
                assert f"/{command.qualified_name}" in told
                assert command.description in told


async def test_a_reader_sees_what_is_theirs_first_and_the_rest_small() -> None:
    async with a_room() as room:
        reader = await a_reader(room)
        result = await reader.slash(room.channel, "help")

        assert result.ephemeral
        text = text_in(result)
        assert "You are a reader of this newsroom." in text
        assert "- **/brief" in text
        assert "(for editors)" in text
        card = to_plain(help_card([*room.client.tree.walk_commands()], "reader"))
        assert "/sources add" in card
        assert "(for chiefs)" in card


async def test_each_role_sees_every_command_once() -> None:
    async with a_room() as room:
        commands = [*room.client.tree.walk_commands()]
        for role in ROLES:
            text = to_plain(help_card(commands, role))
            assert text.count("/sources add ") == 1


async def test_what_is_said_of_public_answers_is_true() -> None:
    async with a_room(check_errors=False) as room:
        await room.editor.slash(room.channel, "brief")
        options = {"story": {"name": "harbour"}, "link": {"url": "https://courier.example/crane"},
                   "ask": {"question": "What did Mira Tolland say?"}}  # fmt: skip
        for name in PUBLIC:
            result = await room.editor.slash(room.channel, name, **options.get(name, {}))
            assert not result.ephemeral
        for name in ("quotes", "help", "sources list", "sources health", "sources export"):
            assert (await room.editor.slash(room.channel, name)).ephemeral
