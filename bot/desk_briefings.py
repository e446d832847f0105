"""What an editor can ask of a stored briefing: to see it as it may be shown now, and questions."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.briefing.withholding import as_it_may_be_shown, shown_of
from bot.desk import Desk
from bot.errors import UnknownError
from bot.followup import answer
from bot.news import (
    Answer,
    Article,
    Brief,
    Briefing,
    Dossier,
    Quote,
    Reference,
    StoryThread,
)
from bot.ports import Archive
from bot.tools import Tools
from bot.writing.keyquotes import distinct_statements

WITHDRAWN: Final = "This story was withdrawn after the briefing was made."


async def show(
    desk: Desk, briefing_id: str, version: int | None = None, *, now: datetime
) -> Dossier:
    """Return a stored briefing, its latest version unless one is named, as it may be shown now.

    Stories that rest on an article held by now are left out and counted as held, and what stands
    on words that were stopped is left out of the others.

    Raises:
        UnknownError: there is none of that id.
    """
    dossier = await _stored(desk, briefing_id, version)
    usable = await usable_now(desk.tools.archive, dossier, now=now)
    return as_it_may_be_shown(dossier, usable)


async def usable_now(archive: Archive, dossier: Dossier, *, now: datetime) -> dict[str, Article]:
    """Return the articles of a dossier, by id, as they are given out and if they are not held."""
    found = [await archive.find_article(article.id) for article in dossier.articles]
    return {article.id: article for article in found if article and not article.is_held(now)}


async def edition_now(desk: Desk, briefing_id: str, *, now: datetime) -> Briefing:
    """Return the latest version of a briefing without the stories that may not be shown now.

    Raises:
        UnknownError: there is none of that id.
    """
    return (await show(desk, briefing_id, now=now)).briefing


async def _stored(desk: Desk, briefing_id: str, version: int | None = None) -> Dossier:
    dossier = await desk.tools.archive.find_dossier(briefing_id, version)
    if dossier is None:
        raise UnknownError(f"No briefing has the id {briefing_id!r}.")
    return dossier


async def story_of(
    desk: Desk, briefing_id: str, version: int, number: int, *, now: datetime
) -> tuple[Briefing, Brief]:
    """Return a story of a stored briefing as its latest version tells it, and that version.

    `number` is the story's, from 1, in `version`.

    Raises:
        UnknownError: there is no such story, or it was withdrawn since.
    """
    then = await desk.tools.archive.find_dossier(briefing_id, version)
    if then is None or not 0 < number <= len(then.briefing.briefs):
        raise UnknownError("This story is not in the archive any more.")
    story_id = then.briefing.briefs[number - 1].story.id
    latest = (await _stored(desk, briefing_id)).briefing
    brief = _told_in(latest, story_id)
    shown = shown_of(brief, await articles_of(desk, brief, now=now)) if brief else None
    if shown is None:
        raise UnknownError(WITHDRAWN)
    return latest, shown


async def with_all_quotes(desk: Desk, brief: Brief, *, now: datetime) -> Brief:
    """Return the brief with every statement of its sources as it cites them, each once.

    Of held articles nothing is told.
    """
    usable = await articles_of(desk, brief, now=now)
    cited = [(usable[r.article_id], r.revision) for r in brief.references if r.article_id in usable]
    return replace(brief, quotes=await asyncio.to_thread(_statements, desk.tools, cited))


def _statements(tools: Tools, cited: Sequence[tuple[Article, int]]) -> tuple[Quote, ...]:
    found = [
        quote
        for article, number in cited
        for quote in tools.findings.quotes(article.revision(number), tools.lexicon(article))
    ]
    return distinct_statements([quote for quote in found if quote.use == "statement"])


async def ask(
    desk: Desk, thread: StoryThread, question: str, *, now: datetime, previous: str = ""
) -> Answer:
    """Answer a question in a story's thread from what the story's sources say now.

    Articles that are held by now are not searched, and nothing of them but the outlet is told.
    `previous` is the question before this one.

    Raises:
        UnknownError: the thread's briefing is not stored or does not tell the story any more, or
            all of the story's articles are held.
    """
    brief = _told_in((await _stored(desk, thread.briefing_id)).briefing, thread.story_id)
    if brief is None:
        raise UnknownError(WITHDRAWN)
    await desk.tools.learn()
    usable = await articles_of(desk, brief, now=now)
    if not usable:
        raise UnknownError(WITHDRAWN)
    listed = [
        r if r.article_id in usable else replace(r, title=None, address="")
        for r in brief.references
    ]
    return await asyncio.to_thread(_answer, desk.tools, question, listed, usable, previous=previous)


def _answer(
    tools: Tools,
    question: str,
    listed: Sequence[Reference],
    usable: Mapping[str, Article],
    *,
    previous: str,
) -> Answer:
    quotes = {i: tools.findings.quotes(a.latest, tools.lexicon(a)) for i, a in usable.items()}
    words = tools.question_words
    return answer(question, listed, usable, quotes, tools.weights, words=words, previous=previous)


async def articles_of(desk: Desk, brief: Brief, *, now: datetime) -> dict[str, Article]:
    """Return the articles of the story, by id, as they are stored and if they are not held."""
    found = [await desk.tools.archive.find_article(r.article_id) for r in brief.references]
    return {article.id: article for article in found if article and not article.is_held(now)}


def _told_in(briefing: Briefing, story_id: str) -> Brief | None:
    return next((brief for brief in briefing.briefs if brief.story.id == story_id), None)
