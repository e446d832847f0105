"""The card of `/desk`: what is set for a server, where the rest comes from, who may do what."""

from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.cards import Bullets, Card, Heading, Note, Paragraph, Run
from bot.chat.parts import Parts
from bot.chat.rights import BY_PERMISSION, EDITORS, RIGHTS, ROLES, Role, roles_for
from bot.chat.texts import desk as texts
from bot.delivery.phrases import count
from bot.news import Server

HIDDEN_COMMANDS: Final = "/schedule and /desk"
"""Commands that Discord shows by permission; for any other role, its settings can show them."""


async def desk_card(
    interaction: discord.Interaction[Any], parts: Parts, hints: tuple[str, ...] = ()
) -> Card:
    """Return how the server of the parts stands; `hints` say what is left to do."""
    guild, server = interaction.guild, parts.server
    settings = await _settings(parts, server, guild)
    return Card(
        (
            Heading(texts.TITLE, 1),
            *(Paragraph((Run(hint, "strong"),)) for hint in hints),
            Bullets(tuple((Run(line),) for line in settings)),
            Heading(texts.RIGHTS),
            Bullets(tuple((Run(_who(role, server, guild)),) for role in reversed(ROLES))),
            *(Paragraph((Run(_may(role)),)) for role in ROLES),
            Note((Run(texts.ALWAYS),)),
        )
    )


async def _settings(parts: Parts, server: Server | None, guild: discord.Guild | None) -> list[str]:
    zone = texts.OWN if server and server.zone else texts.NEWSROOMS
    language = (server and server.language) or texts.ALL_LANGUAGES
    writer = texts.MODEL if parts.desk.tools.writer else texts.EXTRACTIVE
    servers = count(len(await parts.servers.servers()), "server")
    return [
        await _operations(parts, guild),
        texts.ZONE_IS.format(zone=parts.desk.zone, origin=zone),
        texts.LANGUAGE_IS.format(language=language),
        texts.WRITER.format(writer=writer),
        texts.BUDGET,
        texts.RULES,
        texts.NEWSROOM.format(name=parts.name, count=servers),
    ]


async def _operations(parts: Parts, guild: discord.Guild | None) -> str:
    channel_id = await parts.operations.channel_of(guild.id) if guild else None
    if channel_id is None:
        return texts.OPERATIONS_DIRECT
    channel = guild.get_channel(channel_id) if guild else None
    return texts.OPERATIONS_IN.format(channel=f"#{channel.name}" if channel else channel_id)


def _who(role: Role, server: Server | None, guild: discord.Guild | None) -> str:
    ids = sorted(roles_for(role, server))
    found = [guild.get_role(i) for i in ids] if guild else []
    if ids:
        names = ", ".join(one.name if one else texts.GONE for one in found)
        return texts.KIND.format(
            kind=f"{role.capitalize()}s", who=texts.WITH_ROLE.format(roles=names)
        )
    if role == "reader":
        return texts.KIND.format(kind="Readers", who=texts.EVERYBODY)
    permission = texts.WITH_PERMISSION.format(permission=BY_PERMISSION[role])
    return texts.KIND.format(kind=f"{role.capitalize()}s", who=permission)


def _may(role: Role) -> str:
    """Return a line of the table: what takes this role at least."""
    return texts.MAY.format(role=role.capitalize(), what=", ".join(doings_of(role)))


def doings_of(role: Role) -> tuple[str, ...]:
    """Return what takes the role at least, in the order of the table."""
    return tuple(doing for doing, least in RIGHTS.items() if least == role)


def hidden_hints(
    interaction: discord.Interaction[Any], named: Mapping[str, discord.Role]
) -> tuple[str, ...]:
    """Return what Discord still hides from roles that may use it from now on."""
    bot = interaction.client.user
    return tuple(
        texts.HIDDEN.format(
            commands=HIDDEN_COMMANDS,
            permission=BY_PERMISSION["editor"],
            role=role.name,
            bot=bot.name if bot else "",
        )
        for kind, role in named.items()
        if kind != "reader" and not role.permissions.is_superset(EDITORS)
    )
