"""What a member may do: one table of what can be asked × the least role that may ask it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal

import discord

from bot.chat.texts import door as texts
from bot.errors import RightsError
from bot.news import Server

Role = Literal["reader", "editor", "chief"]
"""What a member is in the newsroom, from the least to the most."""
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "chief")

RIGHTS: Final[Mapping[str, Role]] = {
    "brief": "reader",
    "story": "reader",
    "link": "reader",
    "quotes": "reader",
    "ask": "reader",
    "search": "reader",
    "export": "reader",
    "handover": "reader",
    "help": "reader",
    "newsroom": "reader",
    "setup": "chief",
    "Check quotes": "reader",
    "open": "reader",
    "read": "reader",
    "discuss": "reader",
    "question": "reader",
    "thread mode": "editor",
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
    "schedule approval": "chief",
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
    "kill story": "editor",
    "kill quote": "editor",
    "hold story": "editor",
    "hold quote": "editor",
    "hold": "editor",
    "release": "editor",
    "approve": "editor",
}
"""From a command (with its subcommand), a menu or what a button does to who may."""

CHIEFS: Final = discord.Permissions(manage_guild=True)
EDITORS: Final = discord.Permissions(manage_channels=True)
"""What makes a member chief or editor where the server's desk maps no roles of Discord's to it."""
BY_PERMISSION: Final[Mapping[Role, str]] = {
    "chief": "Manage Server",
    "editor": "Manage Channels",
}


def role_of(
    permissions: discord.Permissions, role_ids: Collection[int] = (), server: Server | None = None
) -> Role | None:
    """Return what a member with these permissions and roles is in the server; `None` is nothing.

    A kind that the server maps to roles of Discord's is whoever has one of them; the others go by
    permissions. Administrators, and so the owner, are chiefs whatever is mapped: a mapping cannot
    lock everybody out.
    """
    if permissions.administrator:
        return "chief"
    for role in reversed(ROLES):
        mapped = roles_for(role, server)
        if mapped and not mapped.isdisjoint(role_ids):
            return role
        if not mapped and permissions.is_superset(_NEEDED[role]):
            return role
    return None


def roles_for(role: Role, server: Server | None) -> frozenset[int]:
    """Return the ids of the roles of Discord's that the server maps to a role of ours."""
    if server is None:
        return frozenset()
    mapped = {"reader": server.readers, "editor": server.editors, "chief": server.chiefs}
    return frozenset(mapped[role])


def highest(roles: Iterable[Role | None]) -> Role | None:
    """Return the highest of the roles; `None` of none."""
    return max((role for role in roles if role), key=ROLES.index, default=None)


def require_role(has: Role | None, doing: str, *, mapped: str = "") -> None:
    """Let members through who are enough.

    `mapped` names the roles of Discord's that the server maps to the role that is needed.

    Raises:
        RightsError: they are not; the sentence says what it takes.
        KeyError: `RIGHTS` does not know what is done: a mistake of ours.
    """
    needed = RIGHTS[doing]
    if has is not None and ROLES.index(has) >= ROLES.index(needed):
        return
    who = texts.FOR_WHOM.format(role=needed)
    if mapped:
        raise RightsError(f"{who} {texts.BY_ROLE.format(roles=mapped)}")
    if needed in BY_PERMISSION:
        how = texts.BY_PERMISSION.format(permission=BY_PERMISSION[needed], role=needed)
        raise RightsError(f"{who} {how}")
    raise RightsError(who)


_NEEDED: Final[Mapping[Role, discord.Permissions]] = {
    "reader": discord.Permissions.none(),
    "editor": EDITORS,
    "chief": CHIEFS,
}
