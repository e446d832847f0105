"""The newsrooms that one client serves, and which Discord servers and members belong to each.

A newsroom is an archive. A server belongs to one newsroom or to none; to a server of none nothing
is shown. Without an interaction's server (direct messages, or where a member brought the bot along)
the member's newsroom answers: that of a server which, as Discord says now, they belong to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import discord

from bot.chat.failures import LOST, delivery_error
from bot.chat.parts import Parts
from bot.chat.texts import door as texts
from bot.errors import RightsError
from bot.news import Server

NEVER: Final = datetime.min.replace(tzinfo=UTC)
"""When a member who never chose did so."""


@dataclass(frozen=True)
class Membership:
    """A newsroom as a member sees it: its servers that they belong to, and who they are there.

    `parts` answer as they do in the first of these servers.
    """

    parts: Parts
    there: tuple[tuple[Server, discord.Member], ...]
    chosen_at: datetime | None

    @property
    def order(self) -> datetime:
        """Return when the member chose it."""
        return self.chosen_at or NEVER


class Newsrooms:
    """The parts of each newsroom, as they answer in each server."""

    def __init__(self, every: Sequence[Parts]) -> None:
        self.every = tuple(every)
        self._seated: dict[int, Parts] = {}

    async def of_server(self, server_id: int, *, claim: bool = False) -> Parts | None:
        """Return the server's newsroom; `None` if it belongs to none.

        With `claim`, the first server that comes is taken into the only newsroom, if that has none.
        """
        for parts in self.every:
            if server := await parts.servers.find_server(server_id):
                return self._seat(parts, server)
        if not claim or len(self.every) > 1:
            return None
        (only,) = self.every
        if not await only.servers.claim_first(server_id, now=only.clock()):
            return None
        return await self.of_server(server_id)

    async def of_member(self, client: discord.Client, member_id: int) -> tuple[Membership, ...]:
        """Return the newsrooms of which the member belongs to a server; their last choice first.

        Discord is asked each time, since somebody may have left.

        Raises:
            DeliveryError: Discord could not be asked.
        """
        found = [await self.membership(client, parts, member_id) for parts in self.every]
        return tuple(
            sorted((one for one in found if one.there), key=lambda one: one.order, reverse=True)
        )

    async def membership(self, client: discord.Client, parts: Parts, member_id: int) -> Membership:
        """Return to which of the newsroom's servers the member belongs, and who they are there.

        Raises:
            DeliveryError: Discord could not be asked.
        """
        every = [(server, client.get_guild(server.id)) for server in await parts.servers.servers()]
        asked = [(server, await _member(guild, member_id)) for server, guild in every if guild]
        there = tuple((server, member) for server, member in asked if member)
        chosen_at = await parts.servers.chosen_at(member_id)
        return Membership(self._seat(parts, there[0][0]) if there else parts, there, chosen_at)

    def _seat(self, parts: Parts, server: Server) -> Parts:
        """Return the parts as they answer there, the same ones until the settings change."""
        seated = self._seated.get(server.id)
        if seated is None or seated.server != server or seated.servers is not parts.servers:
            seated = self._seated[server.id] = parts.for_server(server)
        return seated


async def _member(guild: discord.Guild, member_id: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(member_id)
    except discord.NotFound:
        return None
    except (discord.HTTPException, discord.RateLimited, *LOST) as error:
        raise delivery_error(error, guild.name) from error


def require_newsroom(parts: Parts | None, server_id: int) -> Parts:
    """Return the newsroom of the server.

    Raises:
        RightsError: it has none; the sentence names the command that adds it.
    """
    if parts is None:
        raise RightsError(texts.NO_NEWSROOM.format(server=server_id))
    return parts
