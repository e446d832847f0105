"""The door of the newsroom: whose desk answers an interaction, and whether the member may ask.

Every command, menu and button goes through `Door.enter` after it was acknowledged (or before it
opens a modal), and works with the parts that it returns. So nothing is answered from another
newsroom's desk, what `default_permissions` let through is asked again, and what is costly is
counted. Autocomplete goes through `Door.glance`, which asks nobody and counts nothing; a message
that may be a question through `Door.hear`.
"""

from typing import Any

import discord

from bot.chat.limits import Limits
from bot.chat.newsrooms import Newsrooms, require_newsroom
from bot.chat.parts import Parts
from bot.chat.replies import is_elsewhere
from bot.chat.rights import RIGHTS, Role, highest, require_role, role_of, roles_for
from bot.chat.texts import door as texts
from bot.errors import RightsError
from bot.news import Server


class Door:
    """Lets members in to the desk of their newsroom.

    Args:
        newsrooms: those that the client serves.
        limits: how often members may do what is costly.
    """

    def __init__(self, newsrooms: Newsrooms, limits: Limits | None = None) -> None:
        self._newsrooms = newsrooms
        self._limits = limits or Limits()

    async def enter(self, interaction: discord.Interaction[Any], doing: str) -> Parts:
        """Return the parts of the member's newsroom; `doing` is a key of `RIGHTS`.

        In a server it is the server's newsroom; elsewhere the one that the member belongs to, and
        their role is the highest that they have in one of its servers.

        Raises:
            RightsError: the member may not do it, or belongs to no newsroom, or has not chosen
                among several.
            OftenError: they did it too often.
            DeliveryError: Discord could not be asked where the member belongs.
        """
        if interaction.guild_id is None or is_elsewhere(interaction):
            parts = await self._enter_alone(interaction, doing)
        else:
            parts = await self.enter_server(interaction, doing, interaction.guild_id)
        self._limits.count(interaction.user.id, doing, now=parts.clock())
        return parts

    async def enter_server(
        self, interaction: discord.Interaction[Any], doing: str, server_id: int
    ) -> Parts:
        """Return the parts of that server's newsroom, where the interaction need not come from.

        Raises:
            RightsError: as in `enter`.
            DeliveryError: as in `enter`.
        """
        found = await self._newsrooms.of_server(server_id, claim=True)
        parts = require_newsroom(found, server_id)
        if interaction.guild_id == server_id:
            role = _role(interaction.permissions, interaction.user, parts.server)
        else:
            member = await self._newsrooms.membership(
                interaction.client, parts, interaction.user.id
            )
            role = highest(_role_at(at) for at in member.there if at[0].id == server_id)
        require_role(role, doing, mapped=_names(interaction.client, parts.server, doing))
        return parts

    async def seat(self, server_id: int) -> Parts:
        """Return the parts of a server's newsroom, as they answer there by now.

        Raises:
            RightsError: it belongs to none.
        """
        return require_newsroom(await self._newsrooms.of_server(server_id), server_id)

    async def glance(self, interaction: discord.Interaction[Any], doing: str) -> Parts | None:
        """Return the parts for suggestions while somebody types; `None` if nothing is suggested.

        Elsewhere than in a server of a newsroom, nothing is.
        """
        if interaction.guild_id is None or is_elsewhere(interaction):
            return None
        parts = await self._newsrooms.of_server(interaction.guild_id)
        if parts is None:
            return None
        role = _role(interaction.permissions, interaction.user, parts.server)
        try:
            require_role(role, doing)
        except RightsError:
            return None
        return parts

    async def hear(self, message: discord.Message, doing: str = "question") -> Parts | None:
        """Return the parts of the newsroom of a message's server, if its author may ask there.

        Whether it is a question is seen later; `count` counts it then.
        """
        if message.guild is None or not isinstance(message.author, discord.Member):
            return None
        parts = await self._newsrooms.of_server(message.guild.id)
        if parts is None:
            return None
        allowed = message.channel.permissions_for(message.author)
        try:
            require_role(_role(allowed, message.author, parts.server), doing)
        except RightsError:
            return None
        return parts

    def count(self, member_id: int, doing: str, parts: Parts) -> None:
        """Count what a member does without an interaction.

        Raises:
            OftenError: they did it too often.
        """
        self._limits.count(member_id, doing, now=parts.clock())

    async def _enter_alone(self, interaction: discord.Interaction[Any], doing: str) -> Parts:
        """Return the member's newsroom as the first of their servers in it shows it."""
        mine = await self._newsrooms.of_member(interaction.client, interaction.user.id)
        if not mine:
            raise RightsError(texts.NO_MEMBER)
        first, *others = mine
        if others and first.chosen_at is None and doing != "newsroom":
            names = ", ".join(sorted(one.parts.name for one in mine))
            raise RightsError(texts.SEVERAL.format(names=names))
        require_role(highest(map(_role_at, first.there)), doing)
        return first.parts


def _role_at(at: tuple[Server, discord.Member]) -> Role | None:
    server, member = at
    return _role(member.guild_permissions, member, server)


def _role(
    permissions: discord.Permissions, user: discord.User | discord.Member, server: Server | None
) -> Role | None:
    ids = [role.id for role in user.roles] if isinstance(user, discord.Member) else []
    return role_of(permissions, ids, server)


def _names(client: discord.Client, server: Server | None, doing: str) -> str:
    """Return the names of the roles that may do it in the server, if it maps any."""
    guild = client.get_guild(server.id) if server else None
    ids = sorted(roles_for(RIGHTS[doing], server))
    roles = [guild.get_role(i) for i in ids] if guild else []
    return ", ".join(role.name for role in roles if role)
