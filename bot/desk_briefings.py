"""What an editor can ask of a stored briefing: to see it as it may be shown now, and questions."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.briefing.compose import dossier_of
from bot.desk import Desk
from bot.errors import UnknownError
from bot.followup import answer
from bot.news import Answer, Article, Brief, Briefing, Dossier, Reference, StoryThread
from bot.quotes import find_quotes
from bot.tools import Tools


async def show(
    desk: Desk, briefing_id: str, version: int | None = None, *, now: datetime
) -> Dossier:
    """Return a stored briefing, its latest version unless one is named, as it may be shown now.

    Stories that rest on an article held by now are left out and counted as held.

    Raises:
        UnknownError: there is none of that id.
    """
    dossier = await _stored(desk, briefing_id, version)
    briefing = dossier.briefing
    shown = [b for b in briefing.briefs if not await _held(desk, b, now)]
    withdrawn = len(briefing.briefs) - len(shown)
    if not withdrawn:
        return dossier
    coverage = replace(briefing.coverage, held=briefing.coverage.held + withdrawn)
    briefing = replace(briefing, briefs=tuple(shown), coverage=coverage)
    return dossier_of(briefing, {article.id: article for article in dossier.articles})


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
    if brief is None or await _held(desk, brief, now):
        raise UnknownError("This story was withdrawn after the briefing was made.")
    return latest, brief


async def ask(
    desk: Desk, thread: StoryThread, question: str, *, now: datetime, previous: str = ""
) -> Answer:
    """Answer a question in a story's thread from what the story's sources say now.

    Articles that are held by now are not searched, and nothing of them but the outlet is told.
    `previous` is the question before this one.

    Raises:
        UnknownError: the thread's briefing is not stored, or does not tell the story any more.
    """
    brief = _told_in((await _stored(desk, thread.briefing_id)).briefing, thread.story_id)
    if brief is None:
        raise UnknownError("This story was withdrawn after the briefing was made.")
    usable = await _usable(desk, brief, now)
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
    quotes = {i: find_quotes(a.latest, tools.lexicon(a)) for i, a in usable.items()}
    words = tools.question_words
    return answer(question, listed, usable, quotes, tools.weights, words=words, previous=previous)


async def _usable(desk: Desk, brief: Brief, now: datetime) -> dict[str, Article]:
    """Return the articles of the story, by id, as they are stored and if they are not held."""
    found = [await desk.tools.archive.find_article(r.article_id) for r in brief.references]
    return {article.id: article for article in found if article and not article.is_held(now)}


async def _held(desk: Desk, brief: Brief, now: datetime) -> bool:
    return len(await _usable(desk, brief, now)) < len(brief.references)


def _told_in(briefing: Briefing, story_id: str) -> Brief | None:
    return next((brief for brief in briefing.briefs if brief.story.id == story_id), None)
