"""The command tree: one answerer of errors, and registration only when something changed."""

from functools import reduce
from operator import or_
from typing import Any

import discord
from discord import app_commands

from bot.chat.replies import explain

IGNORED = ("id", "application_id", "dm_permission", "version")
"""What Discord adds to a command, and what `contexts` replaces."""


PLACES = ("contexts", "integration_types")
"""Where a command may be used, and how it comes there."""


class NewsTree(app_commands.CommandTree[Any]):
    """Nutgraf's commands, in servers only unless a command says otherwise."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the member what went wrong."""
        await explain(interaction, error)

    async def sync_if_changed(self) -> bool:
        """Register the commands if Discord does not have them as they are; tell whether it was so.

        Discord is asked rather than a note of ours: a note can be lost, or be another machine's.
        """
        stored = {command.name: _stored(command) for command in await self.fetch_commands()}
        wanted = {command.name: _bare(command.to_dict(self)) for command in self.get_commands()}
        if stored.keys() == wanted.keys() and all(_is_as(stored[n], wanted[n]) for n in wanted):
            return False
        await self.sync()
        return True


def _stored(command: app_commands.AppCommand) -> dict[str, Any]:
    allowed = command.default_member_permissions
    extra = {"default_member_permissions": allowed and allowed.value, "nsfw": command.nsfw}
    return _bare({**command.to_dict(), **extra})


def _bare(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the payload without what is empty or the default, so that two can be compared."""
    return {key: _plain(value) for key, value in payload.items() if value and key not in IGNORED}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return _bare(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _is_as(stored: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Tell whether a command is stored as wanted."""
    rest = {key: value for key, value in stored.items() if key not in PLACES}
    return rest == {key: value for key, value in wanted.items() if key not in PLACES} and all(
        stored.get(key, []) in (wanted[key], _misread(wanted[key])) for key in PLACES
    )


def _misread(places: list[int]) -> list[int]:
    """Return what discord.py 2.7 makes of a list of places when it reads a command.

    It takes the numbers for bits that are set (`flags.ArrayFlags`): [0, 1, 2] becomes [0, 1].
    """
    bits = reduce(or_, places)
    return [place for place in range(bits.bit_length()) if bits >> place & 1]
