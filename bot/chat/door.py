"""The door of the newsroom: whose desk answers an interaction, and whether the member may ask.

Every command, menu and button goes through `Door.enter` after it was acknowledged (or before it
opens a modal), and works with the parts that it returns. So nothing is answered from another
newsroom's desk, and what `default_permissions` let through is asked again.
"""

from typing import Any

import discord

from bot.chat.parts import Parts
from bot.chat.rights import Role, require_role, role_of
from bot.chat.suggestions import Suggestions
from bot.errors import RightsError


class Door:
    """Lets members in to the desk of their newsroom."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def enter(self, interaction: discord.Interaction[Any], doing: str) -> Parts:
        """Return the parts of the member's newsroom; `doing` is a key of `RIGHTS`.

        Raises:
            RightsError: the member may not do it.
        """
        require_role(role_of(interaction.permissions), doing)
        return self._parts

    async def role(self, interaction: discord.Interaction[Any]) -> Role:
        """Return what the member is in their newsroom."""
        return role_of(interaction.permissions)

    def suggestions(self, interaction: discord.Interaction[Any], doing: str) -> Suggestions | None:
        """Return what may be suggested to the member while they type, from memory alone.

        `None` to members who may not do it.
        """
        try:
            require_role(role_of(interaction.permissions), doing)
        except RightsError:
            return None
        return self._parts.suggestions
