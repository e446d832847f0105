"""Writes the briefs of an edition: in the sources' own sentences, then in a model's if it may.

The stages compute in threads, so that whoever waits for an answer is answered in the meantime.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from msgspec.structs import replace

from bot.briefing.choose import in_words
from bot.briefing.compose import dossier_of
from bot.errors import NutgrafError, VerificationError
from bot.model_writing import Prepared, prepare, write_with_model
from bot.money.plan import Length
from bot.news import Article, Brief, Briefing, Coverage, FigureCheck, HowWritten, Story
from bot.prompt_files import Edition
from bot.stories.claims import compare_claims
from bot.stories.disagreements import check_figures, compare_figures
from bot.tools import ModelTools, Tools
from bot.writing import Findings, Update, write_brief
from bot.writing.shown import StoryToWrite

log = logging.getLogger(__name__)

UNPROVED: Final = "what the model wrote does not verify"
FAILED: Final = "writing with the model failed"
SPENT: Final = "what may be spent on models is spent"
MAX_COMPARED: Final = 100
"""Articles of one story whose figures are compared: 7 to 30 ms each."""


@dataclass(frozen=True)
class EditionWriter:
    """Writes the stories of one edition; `updates` say what is new of those told before, by id."""

    edition: Edition
    articles: Mapping[str, Article]
    tools: Tools
    now: datetime
    updates: Mapping[str, Update] = field(default_factory=dict)

    async def briefs(self, stories: Sequence[Story]) -> list[Brief]:
        """Return the briefs in the stories' order, without those that cannot be had or proved."""
        self.tools.progress("writing", 0, len(stories))
        how = None
        if self.tools.writer:
            try:
                return await self._with_model(stories, self.tools.writer)
            except Exception:  # a mistake around the model must not cost the edition
                log.exception("edition written without the model")
                how = HowWritten(note=FAILED)
        found: list[Brief] = []
        for done, story in enumerate(stories, start=1):
            material = await asyncio.to_thread(self._material, story)
            found += [self._shortened(replace(material.base, how=how))] if material else []
            self.tools.progress("writing", done, len(stories))
        return found

    async def _with_model(self, stories: Sequence[Story], writer: ModelTools) -> list[Brief]:
        """Have the model asked for several stories at once, as far as the budget's plan goes."""
        known = [await asyncio.to_thread(self._material, story) for story in stories]
        told = [material for material in known if material]
        full = [await self._prepared(material, writer, short=False) for material in told]
        lengths = await self._lengths(full, writer)
        doing = await self._announced(full, lengths, writer)
        turns = asyncio.Semaphore(writer.stories_at_once)
        done = count(1 + len(stories) - len(told))

        async def write(prepared: Prepared, length: Length) -> Brief:
            async with turns:
                brief = await self._asked(prepared, length, writer)
            self.tools.progress(doing, next(done), len(stories))
            return brief

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(write(*p)) for p in zip(full, lengths, strict=True)]
        return [self._shortened(task.result()) for task in tasks]

    async def _prepared(
        self, material: StoryToWrite, writer: ModelTools, *, short: bool
    ) -> Prepared:
        return await asyncio.to_thread(
            prepare, material, self.edition, self.tools, writer, short=short
        )

    async def _lengths(self, full: Sequence[Prepared], writer: ModelTools) -> Sequence[Length]:
        """Return how each story is to be written; all of them in full where there is no plan."""
        in_full: list[Length] = ["full"] * len(full)
        if writer.plan is None:
            return in_full
        short = [await self._prepared(one.story, writer, short=True) for one in full]
        pairs = [(a.request, b.request) for a, b in zip(full, short, strict=True)]
        try:
            return await writer.plan(pairs)
        except NutgrafError:
            log.exception("edition written without a plan")  # each call still has its ceiling
            return in_full

    async def _announced(
        self, full: Sequence[Prepared], lengths: Sequence[Length], writer: ModelTools
    ) -> str:
        """Return what is being done, for who waits, with what it will cost at the most."""
        asked = [p.request for p, n in zip(full, lengths, strict=True) if n != "extractive"]
        if writer.forecast is None or not asked:
            return "writing"
        try:
            return f"writing, {await writer.forecast(asked)}"
        except NutgrafError:
            log.exception("edition written without a forecast")
            return "writing"

    async def _asked(self, prepared: Prepared, length: Length, writer: ModelTools) -> Brief:
        base = prepared.story.base
        if length == "extractive":
            return replace(base, how=HowWritten(note=SPENT))
        if length == "short":
            prepared = await self._prepared(prepared.story, writer, short=True)
        try:
            attempt = await write_with_model(prepared, self.tools, writer)
        except Exception:  # the brief in the sources' own sentences is there already
            log.exception("story written without the model", extra={"story": base.story.id})
            return replace(base, how=HowWritten(note=FAILED))
        return await asyncio.to_thread(self._proved, attempt.brief, base)

    def _shortened(self, brief: Brief) -> Brief:
        return in_words(brief, self.edition.limits.max_words)

    def _material(self, story: Story) -> StoryToWrite | None:
        """Return the story with an extractive brief that verifies, and `None` without one."""
        articles, tools = self.articles, self.tools
        try:
            material = story_to_write(story, articles, tools, self.updates.get(story.id))
            self._prove(material.base)
        except Exception:  # whatever is wrong with one story, the others are told
            log.exception("story left out", extra={"story": story.id})
            return None
        return material

    def _proved(self, brief: Brief, base: Brief) -> Brief:
        """Return the brief if it verifies, and else the extractive one, which does."""
        try:
            self._prove(brief)
        except VerificationError:
            log.exception("model's brief left out", extra={"story": brief.story.id})
            return replace(base, how=HowWritten(note=UNPROVED))
        return brief

    def _prove(self, brief: Brief) -> None:
        alone = Briefing("proof", 1, self.now, (brief,), Coverage(0, 0), 1)
        dossier_of(alone, self.articles)


def story_to_write(
    story: Story, articles: Mapping[str, Article], tools: Tools, update: Update | None = None
) -> StoryToWrite:
    """Return what is known of the story, with its extractive brief.

    Raises:
        VerificationError: none of its articles has any text.
    """
    members = {i: articles[i] for i in story.article_ids}
    speech = {i: tools.findings.speech(a, tools.lexicon(a)) for i, a in members.items()}
    quotes = {i: found.quotes for i, found in speech.items()}
    second_hand = {i: found.second_hand for i, found in speech.items()}
    figures = check_story_figures(story, members, tools)
    referents = {i: found.referents for i, found in speech.items()}
    findings = Findings(figures, referents, update)
    brief = write_brief(story, members, quotes, second_hand, tools.weights, tools.limits, findings)
    return StoryToWrite(brief, members, quotes, findings)


def check_story_figures(story: Story, members: Mapping[str, Article], tools: Tools) -> FigureCheck:
    """Return where the reports of a story differ in their figures, and which are outdated.

    Of a story that very many report, the newest reports are compared.
    """
    articles = tuple(sorted(members.values(), key=Article.dated)[-MAX_COMPARED:])
    found = {a.id: tools.findings.figures(a, tools.figure_words) for a in articles}
    compared = compare_figures(articles, found, tools.weights, story.origins)
    claims = compare_claims(articles, tools.figure_words, tools.weights, story.origins)
    checked = check_figures(compared)
    return replace(checked, disagreements=(*checked.disagreements, *claims[:1]))
