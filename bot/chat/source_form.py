"""The form behind `/sources add`, and what both of them do."""

from typing import Any, Final, cast

import discord
from discord import ui

from bot.chat.door import Door
from bot.chat.forms import Form
from bot.chat.parts import Parts
from bot.chat.progress import shown_work
from bot.chat.replies import acknowledge, reply_card
from bot.chat.texts import sources as texts
from bot.errors import SubscriptionError
from bot.news import Subscription, is_web
from bot.source_desk import add
from bot.source_desk.adding import Which
from bot.source_desk.cards import added_card
from bot.source_desk.printing import shown_address

MAX_NAME_CHARS: Final = 100
MAX_ADDRESS_CHARS: Final = 2_000


async def add_source(
    interaction: discord.Interaction[Any], parts: Parts, wanted: Subscription, which: Which
) -> None:
    """Add a source on the web and answer with what was found there.

    Raises:
        SubscriptionError: it is no web address, or a source already.
        SourceError: it cannot be read.
    """
    if not is_web(wanted.address):
        raise SubscriptionError(texts.NO_PATH.format(address=shown_address(wanted.address)))
    async with shown_work(interaction):
        added = await add(parts.sources, wanted, which, now=parts.clock())
    await reply_card(interaction, added_card(added))


class SourceForm(Form):
    """Asks for all that may be said of a new source."""

    def __init__(self, door: Door) -> None:
        super().__init__(title=texts.FORM)
        self._door = door
        self._address = _line(MAX_ADDRESS_CHARS, required=True)
        self._outlet, self._publisher, self._folder = (_line(MAX_NAME_CHARS) for _ in range(3))
        self._which: ui.Select[ui.Modal] = ui.Select(
            options=[
                discord.SelectOption(label=texts.BEST, value="best", default=True),
                discord.SelectOption(label=texts.ALL, value="all"),
                discord.SelectOption(label=texts.PAGE, value="page"),
            ]
        )
        for label, hint, field in (
            (texts.FORM_ADDRESS, texts.FORM_ADDRESS_HINT, self._address),
            (texts.FORM_OUTLET, texts.FORM_OUTLET_HINT, self._outlet),
            (texts.FORM_PUBLISHER, texts.FORM_PUBLISHER_HINT, self._publisher),
            (texts.FORM_FOLDER, texts.FORM_FOLDER_HINT, self._folder),
            (texts.FORM_WHICH, None, self._which),
        ):
            self.add_item(ui.Label(text=label, description=hint, component=field))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Add what was written."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, "sources add")
        wanted = Subscription(
            self._address.value.strip(),
            parts.clock(),
            self._outlet.value.strip(),
            self._publisher.value.strip(),
            self._folder.value.strip(),
        )
        which = next(iter(self._which.values), "best")
        await add_source(interaction, parts, wanted, cast("Which", which))


def _line(max_chars: int, *, required: bool = False) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(max_length=max_chars, required=required)
