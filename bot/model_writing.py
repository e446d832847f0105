"""Has a model write the brief of a story, checked sentence by sentence; the story is never lost.

Whatever goes wrong on the way costs the model's words alone: the brief in the sources' own
sentences, which is there already, is told instead, and says why.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from msgspec.structs import replace

from bot.errors import ModelError, NutgrafError
from bot.news import Brief, HowWritten
from bot.ports import ModelReply, ModelRequest
from bot.prompt_files import Edition
from bot.tools import ModelTools, Tools
from bot.writing.asking import Asking, ask_for_brief, ask_for_repairs
from bot.writing.checks import check_sentence
from bot.writing.judging import Check, Judged, judge
from bot.writing.replies import Draft, read_draft, read_repairs
from bot.writing.ruling import Rulings, chosen_quotes, needs_repair, rule
from bot.writing.shown import Shown, StoryToWrite, show_story

log = logging.getLogger(__name__)

HEADLINE: Final = "F0"
"""Under which id the headline is asked for once more; F1 is the first sentence."""
NO_REPLY: Final = "the model gave no reply that can be used"
REASONS: Final[Mapping[str, str]] = {
    "budget": "what may be spent on models is spent",
    "timeout": "the model did not answer in time",
    "refusal": "the model refused",
}
"""What readers are told of an error, by its kind; the log has all of it."""
SHORT: Final = "shorter than usual: what may be spent on models is nearly spent"
NOTHING_TO_SHOW: Final = "its sources hold no sentence that stands alone"


@dataclass(frozen=True)
class Attempt:
    """What came of asking: the brief to print, and for who looks closer, how it came about.

    `rulings` say what became of each line. `problem` is what went wrong, a sentence or nothing.
    """

    brief: Brief
    request: ModelRequest | None = None
    replies: tuple[ModelReply, ...] = ()
    rulings: Rulings | None = None
    problem: str = ""


@dataclass(frozen=True)
class Prepared:
    """A story with what a model will be shown and asked. `short` is for when money is short."""

    story: StoryToWrite
    asking: Asking
    shown: Shown
    request: ModelRequest
    short: bool = False


def prepare(
    story: StoryToWrite, edition: Edition, tools: Tools, writer: ModelTools, *, short: bool = False
) -> Prepared:
    """Return what is to be asked for the story; if `short`, half of the sources and sentences."""
    max_tokens = writer.max_source_tokens // 2 if short else writer.max_source_tokens
    shown = show_story(story, tools.weights, max_tokens=max_tokens)
    languages = Counter(article.language or "en" for article in story.articles.values())
    # what changed since the last edition is told already, in the sources' own words
    left = tools.limits.sentences_per_story - len(story.base.changed)
    sentences = max(1, left // 2 if short else left)
    language = languages.most_common(1)[0][0]
    asking = Asking(writer.prompts, edition, writer.payer, sentences, language, writer.max_tokens)
    return Prepared(story, asking, shown, ask_for_brief(asking, shown), short)


async def write_with_model(prepared: Prepared, tools: Tools, writer: ModelTools) -> Attempt:
    """Return the story's brief as the model wrote it, as far as its sources bear it out.

    The model is asked once, and once more for the sentences that failed. Where it gives nothing
    that can be used, the brief is the extractive one with the reason in `how`.
    """
    base, request = prepared.story.base, prepared.request
    if not prepared.shown.sentences:
        return Attempt(_without(base, NOTHING_TO_SHOW))
    try:
        reply = await writer.model.complete(request)
        draft = read_draft(reply.content)
    except NutgrafError as error:
        log.warning("story written without the model", extra=_facts(base, error))
        reason = REASONS.get(getattr(error, "kind", ""), NO_REPLY)
        return Attempt(_without(base, reason), request, problem=str(error))
    return await _Work(prepared, tools, writer, draft).finished(reply)


@dataclass(frozen=True)
class _Work:
    """A draft on its way to a brief."""

    prepared: Prepared
    tools: Tools
    writer: ModelTools
    draft: Draft

    async def finished(self, reply: ModelReply) -> Attempt:
        judged, again = await asyncio.to_thread(self._judged)
        second, problem = await self._asked_again(again) if again else (None, "")
        return await asyncio.to_thread(self._attempt, judged, reply, second, problem)

    def _judged(self) -> tuple[dict[str, Judged], ModelRequest | None]:
        """Return the lines with what was found, and the request for repairs if one is needed."""
        check, shown = self._check(), self.prepared.shown
        lines = (self.draft.headline, *self.draft.sentences[: self.prepared.asking.sentences])
        judged = {f"F{n}": judge(line, shown, check) for n, line in enumerate(lines)}
        failed = {name: one for name, one in judged.items() if needs_repair(one)}
        if not failed:
            return judged, None
        return judged, ask_for_repairs(self.prepared.asking, shown, failed, self.tools.weights)

    async def _asked_again(self, request: ModelRequest) -> tuple[ModelReply | None, str]:
        """Return the reply, or what went wrong."""
        try:
            return await self.writer.model.complete(request), ""
        except NutgrafError as error:
            log.warning("sentences not repaired", extra=_facts(self.prepared.story.base, error))
            return None, str(error)

    def _attempt(
        self, judged: dict[str, Judged], reply: ModelReply, second: ModelReply | None, problem: str
    ) -> Attempt:
        repairs: dict[str, Judged] = {}
        try:
            repairs = self._repaired(second, judged) if second else {}
        except ModelError as error:
            problem = str(error)
        rulings, brief = self._brief(judged, repairs, reply)
        replies = (reply, second) if second else (reply,)
        return Attempt(brief, self.prepared.request, replies, rulings, problem)

    def _repaired(self, reply: ModelReply, judged: Mapping[str, Judged]) -> dict[str, Judged]:
        check, lines = self._check(), read_repairs(reply.content, HEADLINE)
        failed = {name for name, one in judged.items() if needs_repair(one)}
        return {
            n: judge(line, self.prepared.shown, check) for n, line in lines.items() if n in failed
        }

    def _check(self) -> Check:
        language = self.prepared.asking.language
        words = self.writer.read_check_words(language)
        return partial(check_sentence, words=words, language=language)

    def _brief(
        self, judged: Mapping[str, Judged], repairs: Mapping[str, Judged], reply: ModelReply
    ) -> tuple[Rulings, Brief]:
        base, limits = self.prepared.story.base, self.tools.limits
        rulings = rule(
            (judged[HEADLINE], repairs.get(HEADLINE)),
            [(one, repairs.get(name)) for name, one in judged.items() if name != HEADLINE],
            base,
            self.tools.weights,
            max_words=limits.max_words_per_article,
        )
        quotes = chosen_quotes(
            self.draft.quotes, self.prepared.shown, base, at_most=limits.quotes_per_story
        )
        brief = replace(
            base,
            headline=rulings.headline.sentence or base.headline,
            sentences=rulings.printed,
            quotes=quotes,
            how=self._how(rulings, reply),
        )
        return rulings, brief

    def _how(self, rulings: Rulings, reply: ModelReply) -> HowWritten:
        return HowWritten(
            reply.model or "a model without a name",
            reply.rung,
            self.prepared.asking.sha256,
            len({s.passage.span.article_id for s in self.prepared.shown.sentences.values()}),
            rulings.count("kept"),
            rulings.count("repaired"),
            rulings.count("replaced"),
            rulings.count("dropped"),
            len(rulings.added),
            SHORT if self.prepared.short else "",
        )


def _without(base: Brief, reason: str) -> Brief:
    return replace(base, how=HowWritten(note=reason))


def _facts(base: Brief, error: NutgrafError) -> dict[str, str]:
    return {"story": base.story.id, "reason": str(error)}
