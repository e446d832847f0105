"""*Check quotes* in a message's menu, and the button that posts what was found in its thread."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol, Self, cast

import discord
from discord import app_commands, ui

from bot.cards import Card
from bot.chat.door import Door
from bot.chat.failures import NEEDED, lacking
from bot.chat.message_text import said_in
from bot.chat.parts import Parts
from bot.chat.replies import acknowledge, explain, name_of, reply, reply_card, say
from bot.chat.texts import check_quotes as texts
from bot.chat.views import text_view
from bot.delivery.checked import checked_card
from bot.delivery.compact import card_texts
from bot.delivery.phrases import listed
from bot.delivery.titles import thread_name
from bot.desk_quotes import check_quotes
from bot.errors import DeliveryError, RightsError, UnknownError
from bot.news import CheckedText, TargetKind

AT_MOST: Final = 40
"""Quotations of one message that are checked: more take longer than a member waits."""
CUSTOM_ID: Final = re.compile(r"n:check:(?P<message>[0-9]{1,20})")


class CheckMenu(app_commands.ContextMenu):
    """*Check quotes*, on any message."""

    def __init__(self, checks: "QuoteChecks") -> None:
        async def callback(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await checks.check(interaction, message)

        super().__init__(name=texts.NAME, callback=callback)


class Checking(Protocol):
    """Has the checks; the client does."""

    @property
    def checks(self) -> "QuoteChecks":
        """What checks the quotations of messages."""
        ...


class PostButton(ui.DynamicItem[ui.Button[Any]], template=CUSTOM_ID):
    """*Post in thread*: its id says which message of its channel is checked."""

    def __init__(self, message_id: int) -> None:
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.secondary,
                label=texts.POST,
                custom_id=f"n:check:{message_id}",
            )
        )
        self.message_id = message_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        return cls(int(match["message"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Post what is found now."""
        checks = cast("Checking", interaction.client).checks
        try:
            await checks.post(interaction, self.message_id)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)


class QuoteChecks:
    """Checks the quotations of messages for members. Nothing is kept between two presses."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def check(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Tell the member alone what the archive has of the message's quotations."""
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, texts.NAME)
        found = await _checked(parts, message)
        views = [
            *_views(checked_card(found, parts.desk.zone), message.id if found.claims else None)
        ]
        await reply(interaction, views)

    async def post(self, interaction: discord.Interaction[Any], message_id: int) -> None:
        """Check the message anew, as it stands now, and post the result in its thread.

        Raises:
            DeliveryError: there can be no thread, or we may not write in it.
            RightsError: the member may not write there.
            UnknownError: the message, or its text, cannot be read any more.
        """
        await acknowledge(interaction)
        parts = await self._door.enter(interaction, texts.NAME)
        message = await _read_again(interaction, message_id)
        found = await _checked(parts, message)
        thread = await _thread_of(interaction, message)
        for number, text in enumerate(card_texts(checked_card(found, parts.desk.zone))):
            await thread.send(view=text_view(text), nonce=_nonce(message_id, number))
        await reply_card(interaction, say(texts.POSTED.format(place=f"#{thread.name}")))


async def _checked(parts: Parts, message: discord.Message) -> CheckedText:
    return await check_quotes(parts.desk, said_in(message), now=parts.clock(), at_most=AT_MOST)


async def _read_again(interaction: discord.Interaction[Any], message_id: int) -> discord.Message:
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        raise UnknownError(texts.NO_TEXT)
    if not interaction.app_permissions.read_message_history:
        raise _denied([NEEDED["read_message_history"]], channel)
    try:
        message = await channel.fetch_message(message_id)
    except discord.NotFound as error:
        raise UnknownError(texts.NO_TEXT) from error
    if not said_in(message):
        raise UnknownError(texts.NO_TEXT)
    return message


async def _thread_of(
    interaction: discord.Interaction[Any], message: discord.Message
) -> discord.Thread:
    """Return the thread that the message stands in, or that begins with it; opened if need be."""
    channel = interaction.channel
    allowed = interaction.permissions
    if isinstance(channel, discord.Thread):
        _require(interaction, writes=allowed.send_messages_in_threads)
        _require_ours(interaction, channel)
        return channel
    if not isinstance(channel, discord.TextChannel):
        raise DeliveryError(texts.NO_HOME.format(where=name_of(channel)), permanent=True)
    known = message.thread or channel.guild.get_thread(message.id)
    starts = known is not None or allowed.create_public_threads
    _require(interaction, writes=allowed.send_messages_in_threads, starts=starts)
    _require_ours(interaction, channel)
    if known is None and message.flags.has_thread:
        known = await message.fetch_thread()
    name = thread_name(texts.THREAD_NAME.format(author=message.author.display_name))
    return known or await message.create_thread(name=name)


def _require(interaction: discord.Interaction[Any], *, writes: bool, starts: bool = True) -> None:
    for may, doing in ((starts, texts.START_THREADS), (writes, texts.WRITE_IN_THREADS)):
        if not may:
            where = name_of(interaction.channel)
            raise RightsError(texts.YOU_MAY_NOT.format(doing=doing, where=where))


def _require_ours(
    interaction: discord.Interaction[Any], place: discord.TextChannel | discord.Thread
) -> None:
    kind: TargetKind = "thread" if isinstance(place, discord.Thread) else "channel"
    if missing := lacking(interaction.app_permissions, kind):
        raise _denied(missing, place)
    may_unlock = interaction.app_permissions.manage_threads
    if isinstance(place, discord.Thread) and place.locked and not may_unlock:
        raise DeliveryError(texts.LOCKED.format(where=name_of(place)), permanent=True)


def _denied(missing: Sequence[str], where: object) -> DeliveryError:
    sentence = texts.NOT_ALLOWED.format(missing=listed(missing), where=name_of(where))
    return DeliveryError(sentence, permanent=True)


def _views(card: Card, message_id: int | None) -> Iterator[ui.LayoutView]:
    """Return the card as messages, the last with the button if there is a message to post on."""
    *before, last = map(text_view, card_texts(card))
    if message_id is not None:
        last.add_item(ui.ActionRow(PostButton(message_id)))
    yield from (*before, last)


def _nonce(message_id: int, number: int) -> str:
    """Return what makes Discord take a text once, should the button be pressed twice."""
    return f"c{number}-{message_id}"
