"""Draws the messages of an edition as a server wants them: components or embeds; and sends them.

Both say the same, from the same texts. An embed cannot hold buttons, so that they stand below all
of them, with the numbers of their stories.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.chat.replies import PUBLIC, AnyInteraction
from bot.chat.texts import editions as texts
from bot.chat.views import NO_POST, EditionButton, discussed, edition_view, menu_of
from bot.delivery.compact import ChatMessage
from bot.news import Dossier, Rendering


@dataclass(frozen=True)
class Rendered:
    """A message of Discord's: a layout, or embeds with a view below them."""

    view: ui.LayoutView | ui.View
    embeds: tuple[discord.Embed, ...] = ()


def rendered(
    message: ChatMessage,
    dossier: Dossier,
    mark: str = NO_POST,
    rendering: Rendering = "components",
) -> Rendered:
    """Return the message with a button for each story and the menu of its stories."""
    if rendering == "components":
        return Rendered(edition_view(message, dossier, mark))
    below = ui.View(timeout=None)
    for number, press in discussed(message, dossier, mark):
        label = texts.DISCUSS_STORY.format(number=number)
        below.add_item(EditionButton(press, label))
    below.add_item(menu_of(message, dossier, mark))
    return Rendered(below, tuple(discord.Embed(description=text) for text in _bodies(message)))


def _bodies(message: ChatMessage) -> Iterator[str]:
    """Return what the embeds say: each story has one, and so have the head and the foot.

    They fit as a `ChatMessage` does, which has at most 8 stories and 4,000 characters: a message
    takes 10 embeds of 4,096 characters each and 6,000 together.
    Source: Discord API, "Create Message" and "Embed Limits".
    """
    body = ""
    for stretch in message.stretches:
        if stretch.story and body:
            yield body
            body = ""
        body = f"{body}\n{stretch.text}" if body else stretch.text
    yield from filter(None, [body, message.closing])


async def post_in(
    room: discord.abc.Messageable,
    shown: Rendered,
    nonce: str,
    answered: discord.MessageReference | None = None,
) -> discord.Message:
    """Send the message, with its nonce; returns it as it came to stand."""
    extra: dict[str, Any] = {"reference": answered} if answered else {}
    if isinstance(shown.view, ui.LayoutView):
        return await room.send(view=shown.view, nonce=nonce, **extra)
    return await room.send(embeds=shown.embeds, view=shown.view, nonce=nonce, **extra)


async def put_right(stands: discord.Message, shown: Rendered) -> None:
    """Make a message that stands show something else of its own kind."""
    nobody = discord.AllowedMentions.none()  # the client's default holds for what is sent alone
    if isinstance(shown.view, ui.LayoutView):
        await stands.edit(view=shown.view, allowed_mentions=nobody)
    else:
        await stands.edit(embeds=shown.embeds, view=shown.view, allowed_mentions=nobody)


async def open_post(
    forum: discord.ForumChannel, title: str, shown: Rendered, tags: Sequence[discord.ForumTag] = ()
) -> discord.Message:
    """Open a post of a forum with the message; returns it as it came to stand."""
    if isinstance(shown.view, ui.LayoutView):
        opened = await forum.create_thread(name=title, view=shown.view, applied_tags=tags)
    else:
        opened = await forum.create_thread(
            name=title, embeds=shown.embeds, view=shown.view, applied_tags=tags
        )
    return opened.message


async def answer(interaction: AnyInteraction, messages: Sequence[Rendered]) -> tuple[int, ...]:
    """Answer an acknowledged interaction with messages, seen by whom it was told to.

    Returns the ids of the messages, in their order.
    """
    hidden = not interaction.extras.get(PUBLIC)
    ids: list[int] = []
    for number, shown in enumerate(messages):
        parts: dict[str, Any] = {"view": shown.view}
        if shown.embeds:
            parts["embeds"] = shown.embeds
        if number:
            sent = await interaction.followup.send(ephemeral=hidden, wait=True, **parts)
            ids.append(sent.id)
        else:
            ids.append((await interaction.edit_original_response(**parts)).id)
    return tuple(ids)
