"""The application commands that the bot registered, for everywhere or for one server."""

from collections.abc import Sequence

from tests.discord_server.components import Json
from tests.discord_server.limits import check_commands
from tests.discord_server.refusals import Reason, Refusal
from tests.discord_server.world import World

SUBCOMMAND_TYPES = (1, 2)
"""A subcommand and a group of them. Source: "Application Command Option Type"."""


class Commands:
    """All commands, by the server they are for (`None`: everywhere)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._scopes: dict[int | None, list[Json]] = {}

    def listed(self, guild_id: int | None = None) -> list[Json]:
        """Return the commands of one scope."""
        return list(self._scopes.get(guild_id, ()))

    def replace(self, guild_id: int | None, bodies: Sequence[Json]) -> list[Json]:
        """Put these commands in place of all of the scope; one of the same name keeps its id.

        Raises:
            Refusal: Discord would not take them.
        """
        check_commands(bodies)
        old = {(c["type"], c["name"]): c["id"] for c in self.listed(guild_id)}
        self._scopes[guild_id] = [self._register(guild_id, body, old) for body in bodies]
        return self.listed(guild_id)

    def put(self, guild_id: int | None, body: Json) -> Json:
        """Add one command, or put it in place of the one with its name.

        Raises:
            Refusal: Discord would not take it.
        """
        key = (body.get("type", 1), body["name"])
        others = [c for c in self.listed(guild_id) if (c["type"], c["name"]) != key]
        return self.replace(guild_id, [*others, body])[-1]

    def find(self, guild_id: int | None, command_id: int) -> Json:
        """Return the command.

        Raises:
            Refusal: the scope has none with this id.
        """
        for command in self.listed(guild_id):
            if int(command["id"]) == command_id:
                return command
        raise Refusal(Reason.UNKNOWN_COMMAND)

    def remove(self, guild_id: int | None, command_id: int) -> None:
        """Take the command away.

        Raises:
            Refusal: the scope has none with this id.
        """
        self._scopes[guild_id].remove(self.find(guild_id, command_id))

    def named(self, name: str, kind: int, guild_id: int | None) -> Json:
        """Return the command as a person on this server finds it: the server's own comes first.

        Raises:
            LookupError: there is none; the message lists what there is.
        """
        own = self.listed(guild_id) if guild_id else []
        seen = [*own, *self.listed()]
        for command in seen:
            if command["name"] == name and command["type"] == kind:
                return command
        raise LookupError(f"no command {name!r}; there is {[c['name'] for c in seen]}")

    def _register(self, guild_id: int | None, body: Json, old: dict[tuple[int, str], str]) -> Json:
        kind = body.get("type", 1)
        command: Json = {
            "type": kind,
            "description": "",
            "options": [],
            "default_member_permissions": None,
            "nsfw": False,
            "dm_permission": True,
            **body,
            "id": old.get((kind, body["name"])) or str(self._world.ids.next()),
            "application_id": str(self._world.application_id),
            "version": str(self._world.ids.next()),
        }
        return command | ({"guild_id": str(guild_id)} if guild_id else {})
