"""The door of the newsroom: whose desk answers an interaction, and whether the member may ask.

Every command, menu and button goes through `Door.enter` after it was acknowledged (or before it
opens a modal), and works with the parts that it returns. So nothing is answered from another
newsroom's desk, what `default_permissions` let through is asked again, and what is costly is
counted. Autocomplete goes through `Door.known`, which asks nobody and counts nothing; a message
that may be a question through `Door.hear`.
"""

from typing import Any

import discord

from bot.chat.limits import Limits
from bot.chat.newsrooms import Newsrooms, require_newsroom
from bot.chat.parts import Parts
from bot.chat.replies import is_elsewhere
from bot.chat.rights import RIGHTS, Role, highest, require_role, role_of, roles_for
from bot.chat.suggestions import Suggestions
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
        parts, role = await self._find(interaction, doing)
        require_role(role, doing, mapped=_names(interaction.client, parts.server, doing))
        self._limits.count(interaction.user.id, doing, now=parts.clock())
        return parts

    async def role(self, interaction: discord.Interaction[Any]) -> Role:
        """Return what the member is in their newsroom; somebody who is nothing is a reader.

        Raises:
            RightsError: as in `enter`.
            DeliveryError: as in `enter`.
        """
        _, role = await self._find(interaction, "help")
        return role or "reader"

    async def enter_server(
        self, interaction: discord.Interaction[Any], doing: str, server_id: int
    ) -> Parts:
        """Return the parts of that server's newsroom, where the interaction need not come from.

        Raises:
            RightsError: as in `enter`.
            DeliveryError: as in `enter`.
        """
        parts, role = await self._find_in(interaction, server_id)
        require_role(role, doing, mapped=_names(interaction.client, parts.server, doing))
        return parts

    async def seat(self, server_id: int) -> Parts:
        """Return the parts of a server's newsroom, as they answer there by now.

        Raises:
            RightsError: it belongs to none.
        """
        return require_newsroom(await self._newsrooms.of_server(server_id), server_id)

    def known(self, interaction: discord.Interaction[Any], doing: str) -> Parts | None:
        """Return the parts for suggestions while somebody types, from memory alone.

        `None` to members who may not do it, and elsewhere than in a server of a newsroom.
        """
        if interaction.guild_id is None or is_elsewhere(interaction):
            return None
        parts = self._newsrooms.known(interaction.guild_id)
        if parts is None:
            return None
        try:
            require_role(_role(interaction.permissions, interaction.user, parts.server), doing)
        except RightsError:
            return None
        return parts

    def suggestions(self, interaction: discord.Interaction[Any], doing: str) -> Suggestions | None:
        """Return what may be suggested to the member while they type, from memory alone."""
        parts = self.known(interaction, doing)
        return parts.suggestions if parts else None

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

    async def _find(
        self, interaction: discord.Interaction[Any], doing: str
    ) -> tuple[Parts, Role | None]:
        """Return whose desk answers, and what the member is there."""
        if interaction.guild_id is not None and not is_elsewhere(interaction):
            return await self._find_in(interaction, interaction.guild_id)
        mine = await self._newsrooms.of_member(interaction.client, interaction.user.id)
        if not mine:
            raise RightsError(texts.NO_MEMBER)
        first, *others = mine
        if others and first.chosen_at is None and doing != "newsroom":
            names = ", ".join(sorted(one.parts.name for one in mine))
            raise RightsError(texts.SEVERAL.format(names=names))
        return first.parts, highest(map(_role_at, first.there))

    async def _find_in(
        self, interaction: discord.Interaction[Any], server_id: int
    ) -> tuple[Parts, Role | None]:
        found = await self._newsrooms.of_server(server_id, claim=True)
        parts = require_newsroom(found, server_id)
        if interaction.guild_id == server_id:
            return parts, _role(interaction.permissions, interaction.user, parts.server)
        member = await self._newsrooms.membership(interaction.client, parts, interaction.user.id)
        return parts, highest(_role_at(at) for at in member.there if at[0].id == server_id)


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
