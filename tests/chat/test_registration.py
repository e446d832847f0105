"""The commands as they are registered: what simcord does not check, and Discord would refuse."""

import copy
from typing import Any

import pytest

from bot.chat.rights import RIGHTS
from tests.chat.registered import MAX_TOTAL, complaints, total_chars
from tests.chat.rooms import SHARED, a_room, assert_valid


async def payloads() -> list[dict[str, Any]]:
    """Return what the client registers."""
    async with a_room() as room:
        tree = room.client.tree
        return [command.to_dict(tree) for command in tree.get_commands()]


async def test_discord_would_take_every_command() -> None:
    commands = await payloads()
    assert complaints(commands) == []
    assert max(map(total_chars, commands)) < MAX_TOTAL
    assert {"brief", "story", "link", "quotes", "ask", "sources", "export", "help"} <= {
        command["name"] for command in commands
    }


async def test_discords_own_description_allows_the_registration() -> None:
    if not SHARED.exists():
        pytest.skip("Discord's own description lies in ../shared, which is not here")
    assert_valid("PUT", "/applications/1/commands", await payloads())


async def test_every_command_stands_in_the_table_of_rights() -> None:
    async with a_room() as room:
        leaves = {
            command.qualified_name
            for command in room.client.tree.walk_commands()
            if not hasattr(command, "commands")
        }
        assert leaves <= RIGHTS.keys()


def an_option(name: str = "about", **more: object) -> dict[str, Any]:
    return {"name": name, "description": "What", "type": 3, **more}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": "Brief"}, "no name"),
        ({"name": "two words"}, "no name"),
        ({"name": "x" * 33}, "no name"),
        ({"description": ""}, "a description of 0 characters"),
        ({"description": "x" * 101}, "a description of 101 characters"),
        ({"options": [an_option(f"o{n}") for n in range(26)]}, "26 options"),
        ({"options": [an_option(), an_option()]}, "option about twice"),
        ({"options": [an_option(), an_option("url", required=True)]}, "a required option after"),
        ({"options": [an_option(), an_option("add", type=1)]}, "subcommands beside options"),
        (
            {"options": [an_option(choices=[{"name": f"{n}", "value": n} for n in range(26)])]},
            "26 choices",
        ),
        (
            {"options": [an_option(choices=[{"name": "x" * 101, "value": "x"}])]},
            "a choice of 101 characters",
        ),
        (
            {"options": [an_option(choices=[{"name": "x", "value": "x" * 101}])]},
            "a value of 101 characters",
        ),
        (
            {"options": [an_option(choices=[{"name": "x", "value": 1}], autocomplete=True)]},
            "choices and autocompletion",
        ),
        (
            {"options": [an_option(f"option-number-{n}", description="x" * 99,
             choices=[{"name": "y" * 99, "value": "z" * 99}] * 2) for n in range(25)]},
            "characters in all",
        ),
    ],
)  # fmt: skip
def test_what_discord_would_refuse_is_found(change: dict[str, Any], complaint: str) -> None:
    good: dict[str, Any] = {"name": "brief", "description": "A briefing", "type": 1}
    assert complaints([good]) == []
    wrong = copy.deepcopy(good) | change
    assert any(complaint in found for found in complaints([wrong]))


def test_counts_of_commands_and_menus_are_checked() -> None:
    many = [{"name": f"c{n}", "description": "One", "type": 1} for n in range(101)]
    assert complaints(many) == ["101 slash commands"]
    menus = [{"name": f"Menu {n}", "type": 3} for n in range(16)]
    assert complaints(menus) == ["16 menus"]
    assert complaints([many[0], many[0]]) == ["c0 is registered twice"]
