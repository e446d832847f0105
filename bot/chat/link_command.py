"""`/link`: reads one address on the web and briefs it."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.chat.answered import remember
from bot.chat.door import Door
from bot.chat.progress import shown_work
from bot.chat.replies import acknowledge, reply
from bot.chat.texts import story as texts
from bot.chat.views import edition_view
from bot.delivery.compact import edition_messages
from bot.desk_links import brief_link


class LinkCommand(app_commands.Command[Any, ..., None]):
    """`/link`: what stands at an address."""

    def __init__(self, door: Door) -> None:
        @app_commands.describe(url=texts.URL)
        async def link(interaction: discord.Interaction[Any], url: Range[str, 8, 2000]) -> None:
            await acknowledge(interaction, public=True)
            parts = await door.enter(interaction, "link")
            async with shown_work(interaction):
                dossier = await brief_link(parts.desk, parts.links, url, now=parts.clock())
            messages = edition_messages(dossier, parts.desk.zone)
            views = [edition_view(message, dossier) for message in messages]
            await remember(interaction, dossier, await reply(interaction, views), parts)

        super().__init__(name="link", description=texts.LINK_COMMAND, callback=link)
