"""`/export`: a stored briefing as an attached file, as it may be shown now."""

from typing import Any, Final, cast

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.door import Door
from bot.chat.files import reply_file
from bot.chat.parts import Parts
from bot.chat.replies import acknowledge, say
from bot.chat.texts import export as texts
from bot.delivery.exported import Form, exported
from bot.delivery.phrases import count
from bot.desk_briefings import show
from bot.errors import UnknownError
from bot.news import Dossier

LATEST: Final = "latest"
FORM_CHOICES: Final = [
    Choice(name=texts.MARKDOWN, value="markdown"),
    Choice(name=texts.JSON, value="json"),
    Choice(name=texts.NINJS, value="ninjs"),
]


class ExportCommand(app_commands.Command[Any, ..., None]):
    """`/export`: a briefing as a file."""

    def __init__(self, door: Door) -> None:
        @app_commands.describe(form=texts.FORM, briefing=texts.BRIEFING)
        @app_commands.choices(form=FORM_CHOICES)
        async def export(
            interaction: discord.Interaction[Any],
            form: str,
            briefing: Range[str, 4, 32] | None = None,
        ) -> None:
            await acknowledge(interaction)
            parts = await door.enter(interaction, "export")
            found = await _briefing(parts, briefing, interaction.channel_id or 0)
            name, content = exported(found, cast("Form", form), parts.desk.zone)
            stories = count(len(found.briefing.briefs), "story", "stories")
            card = say(texts.DONE.format(id=found.briefing.id, stories=stories))
            await reply_file(interaction, card, name, content)

        super().__init__(name="export", description=texts.COMMAND, callback=export)


async def _briefing(parts: Parts, briefing: str | None, channel_id: int) -> Dossier:
    now = parts.clock()
    if briefing:
        return await show(parts.desk, briefing.strip(), now=now)
    post = await parts.posts.last_post(channel_id)
    try:
        return await show(parts.desk, post.briefing_id if post else LATEST, now=now)
    except UnknownError as error:
        raise UnknownError(texts.NONE_YET) from error
