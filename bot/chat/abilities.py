"""What the bot can and cannot do in a server, in sentences that say what to do about it."""

from typing import cast

import discord

from bot.chat.failures import lacking
from bot.chat.parts import Parts
from bot.chat.texts import abilities as texts
from bot.delivery.phrases import listed


async def shortcomings(
    parts: Parts, guild: discord.Guild, *, reads_messages: bool
) -> tuple[str, ...]:
    """Return what does not work in a server of the newsroom; nothing if all does."""
    found = []
    me = cast("discord.Member | None", guild.me)
    if me and (missing := lacking(me.guild_permissions)):
        found.append(texts.LACKING.format(server=guild.name, missing=listed(missing)))
    if not reads_messages:
        found.append(texts.UNREAD)
    channel_id = await parts.operations.channel_of(guild.id)
    if channel_id is None:
        found.append(texts.NO_OPERATIONS.format(server=guild.name))
    elif found_problem := _closed(guild, me, channel_id):
        found.append(found_problem)
    return tuple(found)


def writer_of(parts: Parts) -> str:
    """Return who writes the briefs."""
    return texts.MODEL if parts.desk.tools.writer else texts.EXTRACTIVE


def _closed(guild: discord.Guild, me: discord.Member | None, channel_id: int) -> str:
    channel = guild.get_channel(channel_id)
    if channel is None:
        return texts.GONE.format(server=guild.name)
    allowed = channel.permissions_for(me) if me else None
    if allowed is None or (allowed.view_channel and allowed.send_messages):
        return ""
    return texts.CLOSED.format(channel=f"#{channel.name}", server=guild.name)
