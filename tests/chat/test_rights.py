"""Rights: who may do what, by the table, on every call."""

import discord
import pytest

from bot.chat.rights import RIGHTS, ROLES, require_role, role_of
from bot.errors import RightsError
from tests.chat.rooms import a_room, text_of


@pytest.mark.parametrize("doing", RIGHTS)
def test_what_the_table_gives_to_a_role_it_gives_to_all_above(doing: str) -> None:
    least = ROLES.index(RIGHTS[doing])
    for rank, role in enumerate(ROLES):
        if rank >= least:
            require_role(role, doing)
        else:
            with pytest.raises(RightsError, match=f"for a newsroom's {RIGHTS[doing]}s"):
                require_role(role, doing)


def test_without_roles_named_the_permissions_of_the_server_decide() -> None:
    assert role_of(discord.Permissions(manage_guild=True)) == "chief"
    assert role_of(discord.Permissions(manage_channels=True)) == "editor"
    assert role_of(discord.Permissions(send_messages=True)) == "reader"


async def test_what_discord_let_through_is_asked_again() -> None:
    async with a_room(check_errors=False) as room:
        reader = room.guild.add_member(room.env.create_user("sten"))
        for command in await room.client.tree.fetch_commands():
            room.guild.set_command_permissions(command, {reader: True})
        result = await reader.slash(room.channel, "schedule list")
        assert result.response is not None
        assert "for a newsroom's editors" in text_of(result.response.message)
