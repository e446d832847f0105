"""What a member may do: one table of what can be asked × the least role that may ask it."""

from collections.abc import Mapping
from typing import Final, Literal

import discord

from bot.errors import RightsError

Role = Literal["reader", "editor", "chief"]
"""What a member is in the newsroom, from the least to the most."""
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "chief")

RIGHTS: Final[Mapping[str, Role]] = {
    "brief": "reader",
    "story": "reader",
    "link": "reader",
    "quotes": "reader",
    "ask": "reader",
    "export": "reader",
    "handover": "reader",
    "help": "reader",
    "Check quotes": "reader",
    "open": "reader",
    "read": "reader",
    "discuss": "reader",
    "question": "reader",
    "wrong": "reader",
    "wrong confirm": "editor",
    "schedule": "editor",
    "schedule add": "editor",
    "schedule edit": "editor",
    "schedule list": "editor",
    "schedule pause": "editor",
    "schedule resume": "editor",
    "schedule remove": "editor",
    "schedule preview": "editor",
    "schedule run": "editor",
    "watch add": "reader",
    "watch list": "reader",
    "watch remove": "reader",
    "watch channel": "editor",
    "sources list": "reader",
    "sources health": "reader",
    "sources test": "editor",
    "sources add": "editor",
    "sources pause": "editor",
    "sources resume": "editor",
    "sources remove": "editor",
    "sources import": "editor",
    "sources export": "reader",
    "desk show": "editor",
    "desk set": "chief",
    "desk corrections": "editor",
    "desk audit": "chief",
    "desk purge": "chief",
    "kill": "editor",
    "hold": "editor",
    "release": "editor",
    "approve": "editor",
}
"""From a command (with its subcommand), a menu or what a button does to who may."""

CHIEFS: Final = discord.Permissions(manage_guild=True)
EDITORS: Final = discord.Permissions(manage_channels=True)
"""What makes a member chief or editor in a server whose desk maps no roles of Discord's."""
BY_PERMISSION: Final[Mapping[Role, str]] = {
    "chief": "Manage Server",
    "editor": "Manage Channels",
}


def role_of(permissions: discord.Permissions) -> Role:
    """Return what a member is by the permissions that Discord says they have."""
    if permissions.is_superset(CHIEFS):
        return "chief"
    return "editor" if permissions.is_superset(EDITORS) else "reader"


def require_role(has: Role, doing: str) -> None:
    """Let members through who are enough.

    Raises:
        RightsError: they are not; the sentence says what it takes.
        KeyError: `RIGHTS` does not know what is done: a mistake of ours.
    """
    needed = RIGHTS[doing]
    if ROLES.index(has) < ROLES.index(needed):
        raise RightsError(
            f"This is for a newsroom's {needed}s. It takes the permission "
            f"{BY_PERMISSION[needed]}, or a role that /desk set made {needed}."
        )
