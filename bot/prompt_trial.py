"""Tries the newsroom's prompts: whether they are in order, and what a model makes of one."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console

from bot.app import clock, open_desk
from bot.catalogues import load_topics
from bot.console.progress import shown_progress
from bot.delivery.citing import plain
from bot.delivery.phrases import count
from bot.errors import ModelError
from bot.language import load_check_words
from bot.model_writing import Attempt, prepare, write_with_model
from bot.ports import ModelReply, ModelRequest, Payer
from bot.prompt_files import Prompts, find_edition
from bot.prompts import CheckedFile, check_prompts, load_prompt, load_prompts
from bot.settings import Settings
from bot.story_writing import story_to_write
from bot.tools import ModelTools
from bot.writing.ruling import Ruling

NO_MODEL: Final = "No model is configured, so nobody was asked."


class NoModel:
    """Stands where no model is configured, so that a prompt can be shown all the same."""

    async def complete(self, request: ModelRequest) -> ModelReply:  # noqa: ARG002 - of the port
        """Raise `ModelError`."""
        raise ModelError(NO_MODEL, kind="none")


def check_all_prompts() -> tuple[CheckedFile, ...]:
    """Return every prompt file of the working folder, and ours in the place of those it lacks.

    Raises:
        SettingsError: `config/topics.toml`, which editions refer to, cannot be read.
    """
    return check_prompts(_known_topics())


async def try_prompt(settings: Settings, file: Path, story: str, edition: str) -> str:
    """Return what is sent of the file for a story of the desk, and what came of it.

    Raises:
        PromptError: the file, or another prompt of the newsroom, cannot be followed.
        UnknownError: no story speaks of these words, or no edition has that name.
    """
    prompts = replace(load_prompts(_known_topics()), summary=load_prompt(file))
    wanted = find_edition(prompts.editions, edition)
    with shown_progress(Console(stderr=True)) as progress:
        async with open_desk(settings, progress) as desk:
            day, found = await desk.find_story(story, now=clock())
            told = await asyncio.to_thread(story_to_write, found, day.articles, desk.tools)
            writer = _writer(desk.tools.writer, prompts)
            prepared = await asyncio.to_thread(prepare, told, wanted, desk.tools, writer)
            return report(await write_with_model(prepared, desk.tools, writer))


def _writer(configured: ModelTools | None, prompts: Prompts) -> ModelTools:
    if configured is None:
        return ModelTools(NoModel(), prompts, load_check_words, Payer("trial"))
    return replace(configured, prompts=prompts)


def report(attempt: Attempt) -> str:
    """Return the whole attempt as text: prompt, replies with their tokens, verdicts, reasons."""
    text = "\n".join(_lines(attempt))
    return "".join(c if c.isprintable() or c == "\n" else "·" for c in text) + "\n"


def _lines(attempt: Attempt) -> Iterator[str]:
    if attempt.request is None:
        yield "Nothing would be sent: the story's sources hold no sentence that stands alone."
        return
    yield from ("--- system", attempt.request.system, "", "--- user", attempt.request.user, "")
    for reply in attempt.replies:
        yield from (f"--- reply of {reply.model} ({reply.rung}; {_tokens(reply)})", reply.content)
        yield ""
    if attempt.rulings:
        yield "--- verdicts"
        yield from _verdict("headline", attempt.rulings.headline)
        for number, ruling in enumerate(attempt.rulings.sentences, start=1):
            yield from _verdict(f"sentence {number}", ruling)
        for sentence in attempt.rulings.added:
            yield f"added from a source: {plain(sentence)}"
        yield ""
    if attempt.problem:
        yield attempt.problem


def _verdict(name: str, ruling: Ruling) -> Iterator[str]:
    yield f"{name}: {ruling.verdict}"
    yield f"    wrote: {ruling.line.text} [{', '.join(ruling.line.cites)}]"
    for reason in ruling.reasons:
        yield f"    because: {reason}"
    if ruling.sentence and ruling.verdict != "kept":
        yield f"    prints: {plain(ruling.sentence)}"


def _tokens(reply: ModelReply) -> str:
    if not reply.usages:
        return "remembered, no tokens"
    sent = sum(usage.tokens_in for usage in reply.usages)
    written = sum(usage.tokens_out for usage in reply.usages)
    calls = count(len(reply.usages), "call")
    return f"{count(sent, 'token')} in, {count(written, 'token')} out, {calls}"


def _known_topics() -> frozenset[str]:
    return frozenset(topic.name for topic in load_topics().topic)
