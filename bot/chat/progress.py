"""Shows in the deferred answer what is being done, while a member waits for it.

The port `Progress` is told from deep inside the flow, perhaps from a thread; which answer it is
about follows from the context in which the work was begun.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final

import discord

from bot.chat.failures import LOST
from bot.chat.texts import progress as texts
from bot.chat.views import text_view

EVERY_SECONDS: Final = 2.0
"""How often the answer is edited at most: Discord takes five edits of a message in five seconds."""


class Doing:
    """What was last told of one piece of work."""

    def __init__(self) -> None:
        self.said = ""


_doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def told_progress(doing: str, done: int, total: int) -> None:
    """Port `Progress`: keep what is being done for whoever waits for it, if anybody does."""
    if current := _doing.get():
        current.said = texts.words_for(doing, done, total)


@asynccontextmanager
async def shown_work(
    interaction: discord.Interaction[Any],
) -> AsyncIterator[None]:
    """Show, while the block works, in the acknowledged answer what is being done.

    When the block is left no edit is under way any more, so that none comes after the answer.
    """
    work, ended = Doing(), asyncio.Event()
    token = _doing.set(work)
    showing = asyncio.create_task(_show(interaction, work, ended))
    try:
        yield
    finally:
        _doing.reset(token)
        ended.set()
        await showing


async def _show(interaction: discord.Interaction[Any], work: Doing, ended: asyncio.Event) -> None:
    shown = ""
    while not await _is_set(ended, EVERY_SECONDS):
        if work.said in {"", shown}:
            continue
        shown = work.said
        try:
            await interaction.edit_original_response(view=text_view(shown))
        except (discord.HTTPException, discord.RateLimited, *LOST):
            return  # the answer matters, the sign that it comes does not


async def _is_set(ended: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(ended.wait(), seconds)
    except TimeoutError:
        return False
    return True
