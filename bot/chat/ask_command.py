"""`/ask`: a question to the whole window, answered here and gone on with in the story's thread."""

from collections.abc import Callable
from typing import Any, Final

import discord
from discord import app_commands, ui
from discord.app_commands import Range

from bot.cards import Card, Paragraph, Run
from bot.chat.archive_search import key_of, with_search
from bot.chat.door import Door
from bot.chat.forms import Form
from bot.chat.parts import Parts
from bot.chat.progress import shown_work
from bot.chat.replies import acknowledge, reply
from bot.chat.texts import ask as texts
from bot.chat.texts.archive import MORE, SEARCH
from bot.chat.threads import Discussions
from bot.chat.views import NO_POST, Press, text_view
from bot.delivery.answers import answer_card
from bot.delivery.compact import card_texts
from bot.desk_questions import ask_window
from bot.errors import DeliveryError
from bot.news import Briefing

MAX_CHARS: Final = 1_000
DiscussionsOf = Callable[[Parts], Discussions]
"""From a newsroom's parts to the threads of the server that they answer in."""


class AskCommand(app_commands.Command[Any, ..., None]):
    """`/ask`: an answer with citations, or a refusal."""

    def __init__(self, door: Door, discussions: DiscussionsOf) -> None:
        @app_commands.describe(question=texts.QUESTION)
        async def ask(
            interaction: discord.Interaction[Any],
            question: Range[str, 3, MAX_CHARS] | None = None,
        ) -> None:
            if question is None:
                await door.enter(interaction, "ask")
                await interaction.response.send_modal(QuestionForm(door, discussions))
                return
            await answer(interaction, question, door, discussions)

        super().__init__(name="ask", description=texts.COMMAND, callback=ask)


class QuestionForm(Form):
    """The form for a question that was not given with the command."""

    def __init__(self, door: Door, discussions: DiscussionsOf) -> None:
        super().__init__(title=texts.FORM)
        self._door, self._discussions = door, discussions
        self._field: ui.TextInput[ui.Modal] = ui.TextInput(
            style=discord.TextStyle.paragraph, min_length=3, max_length=MAX_CHARS
        )
        self.add_item(ui.Label(text=texts.LABEL, description=texts.HINT, component=self._field))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Answer what was written."""
        await answer(interaction, self._field.value, self._door, self._discussions)


async def answer(
    interaction: discord.Interaction[Any], question: str, door: Door, discussions: DiscussionsOf
) -> None:
    """Answer for everybody to read; an answer opens or finds the thread of its story."""
    await acknowledge(interaction, public=True)
    parts = await door.enter(interaction, "ask")
    async with shown_work(interaction):
        now = parts.clock()
        found = await ask_window(parts.desk, question, now=now)
        key = await key_of(parts.desk, question, now)
    asked = Paragraph((Run(question, "strong"),))
    card = Card((asked, *answer_card(found.answer, parts.desk.zone).blocks))
    views = [text_view(text) for text in card_texts(card)]
    with_search(views[-1], key, SEARCH if found.answer.refusal else MORE)
    await reply(interaction, views)
    if found.dossier and not found.answer.refusal:
        await _go_on(interaction, found.dossier.briefing, discussions(parts))


async def _go_on(
    interaction: discord.Interaction[Any], edition: Briefing, discussions: Discussions
) -> None:
    """Lead to the story's thread; in a channel that takes none the answer stands alone."""
    press = Press("discuss", NO_POST, edition.id, edition.version, 1)
    try:
        opened = await discussions.open(press, interaction.channel)
    except DeliveryError:
        return
    await interaction.followup.send(view=text_view(opened.told))
