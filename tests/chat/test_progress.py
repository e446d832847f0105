"""Long work shows what is being done, and no sign of it comes after the answer."""

import asyncio
from typing import Any, cast

import discord
import pytest
from discord import ui

from bot.chat import progress
from bot.chat.progress import shown_work, told_progress
from bot.chat.texts.progress import words_for


class DeferredAnswer:
    """As much of an interaction as is edited while somebody waits."""

    def __init__(self, error: Exception | None = None) -> None:
        self.said: list[str] = []
        self.edited = asyncio.Event()
        self._error = error

    async def edit_original_response(self, *, view: ui.LayoutView) -> None:
        """Take the edit, or fail as Discord does."""
        (text,) = view.children
        assert isinstance(text, ui.TextDisplay)
        self.said.append(text.content)
        self.edited.set()
        if self._error:
            raise self._error

    @property
    def interaction(self) -> discord.Interaction[Any]:
        """The same, as the chat calls it."""
        return cast("discord.Interaction[Any]", self)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.01)


def test_steps_are_told_in_words() -> None:
    assert words_for("reading sources", 9, 14) == "-# Reading 14 sources… 9 of 14"
    assert words_for("writing", 1, 6) == "-# Writing 6 stories… 1 of 6"
    assert words_for("writing, about 0.04 EUR of 1.20 EUR left today", 0, 1) == (
        "-# Writing 1 story… 0 of 1 (about 0.04 EUR of 1.20 EUR left today)"
    )


async def test_the_deferred_answer_shows_each_step_once() -> None:
    answer = DeferredAnswer()
    async with shown_work(answer.interaction):
        for done in (1, 2):
            answer.edited.clear()
            await asyncio.to_thread(told_progress, "reading sources", done, 2)
            await answer.edited.wait()

    assert answer.said == ["-# Reading 2 sources… 1 of 2", "-# Reading 2 sources… 2 of 2"]


async def test_what_is_told_after_the_work_edits_nothing() -> None:
    answer = DeferredAnswer()
    late: list[asyncio.Task[None]] = []
    go_on = asyncio.Event()

    async def poll_that_takes_longer() -> None:
        await go_on.wait()
        told_progress("reading sources", 2, 2)

    async with shown_work(answer.interaction):
        late.append(asyncio.create_task(poll_that_takes_longer()))
    go_on.set()
    await late[0]
    told_progress("writing", 1, 6)

    assert answer.said == []


async def test_two_members_who_wait_each_see_their_own_step() -> None:
    first, second = DeferredAnswer(), DeferredAnswer()

    async def work(answer: DeferredAnswer, total: int) -> None:
        async with shown_work(answer.interaction):
            told_progress("writing", 0, total)
            await answer.edited.wait()

    await asyncio.gather(work(first, 3), work(second, 5))

    assert first.said == ["-# Writing 3 stories… 0 of 3"]
    assert second.said == ["-# Writing 5 stories… 0 of 5"]


async def test_a_sign_that_cannot_be_shown_does_not_stop_the_work() -> None:
    answer = DeferredAnswer(ConnectionResetError("gone"))
    async with shown_work(answer.interaction):
        told_progress("writing", 0, 3)
        await answer.edited.wait()
        told_progress("writing", 1, 3)

    assert len(answer.said) == 1
