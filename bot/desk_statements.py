"""What an editor can ask of what was said: the key statements, by speaker, subject and hour."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from msgspec.structs import replace as struct_replace

from bot.briefing.choose import stories_about
from bot.briefing.compose import compose, dossier_of
from bot.desk import ALL_QUOTES, Desk
from bot.errors import UnknownError
from bot.news import Article, Brief, Dossier, Quote, Story
from bot.pipeline import Newsday, write_briefing
from bot.text import fold, squeeze
from bot.tools import Tools

BEGINNING: Final = 4
"""Letters that stand for the whole word of a name."""


async def key_quotes(
    desk: Desk, *, now: datetime, speaker: str = "", about: str = "", since: datetime | None = None
) -> Dossier:
    """Return the key statements of the window, stored as a briefing of nothing else.

    Its stories are told by a headline and the statements of the `speaker` (words of a name; case
    and accents do not count). The window begins at `since`, or is the desk's own.

    Raises:
        UnknownError: nobody is quoted so.
    """
    day = await desk.day(now=now, since=since)
    stories = stories_about(day.stories, day.articles, about)
    if speaker:
        stories = await asyncio.to_thread(_quoting, stories, day, desk.tools, speaker)
    dossier = await _written(desk, day, stories, since, now=now)
    briefs = [b for brief in dossier.briefing.briefs for b in _only_quotes(brief, speaker)]
    if not briefs:
        raise UnknownError(_nobody(speaker, about))
    coverage = dossier.briefing.coverage
    quotes = compose(briefs, coverage, stories_found=len(briefs), now=now)
    found = dossier_of(quotes, {article.id: article for article in dossier.articles})
    await desk.tools.archive.store(found)
    return found


def is_spoken_by(quote: Quote, name: str) -> bool:
    """Tell whether all words of the name are in the speaker's; no name is everybody's.

    Of a word the first `BEGINNING` letters or more are enough.
    """
    if not name:
        return True
    said = fold(quote.speaker.name.words).split() if quote.speaker else []
    return bool(said) and all(
        any(_begins(word, other) for other in said) for word in fold(name).split()
    )


def _begins(word: str, other: str) -> bool:
    return word == other or (len(word) >= BEGINNING and other.startswith(word))


async def _written(
    desk: Desk, day: Newsday, stories: Sequence[Story], since: datetime | None, *, now: datetime
) -> Dossier:
    limits = replace(desk.tools.limits, quotes_per_story=ALL_QUOTES)
    # quotes are the sources' own words: no model is paid for what is not shown
    tools = replace(desk.tools, limits=limits, max_stories=max(len(stories), 1), writer=None)
    coverage = await desk.coverage(now=now, since=since)
    return await write_briefing(day, stories, coverage, tools, now=now)


def _quoting(
    stories: Sequence[Story], day: Newsday, tools: Tools, speaker: str
) -> tuple[Story, ...]:
    """Return the stories in one of whose articles the speaker says something."""
    return tuple(
        story
        for story in stories
        if any(_quotes(day.articles[i], tools, speaker) for i in story.article_ids)
    )


def _quotes(article: Article, tools: Tools, speaker: str) -> bool:
    found = tools.findings.speech(article, tools.lexicon(article)).quotes
    return any(is_spoken_by(quote, speaker) for quote in found)


def _only_quotes(brief: Brief, speaker: str) -> tuple[Brief, ...]:
    """Return the brief with its headline and the speaker's quotes alone, if there are any."""
    quotes = tuple(quote for quote in brief.quotes if is_spoken_by(quote, speaker))
    if not quotes:
        return ()
    bare = struct_replace(
        brief,
        quotes=quotes,
        sentences=(),
        unconfirmed=(),
        disagreements=(),
        second_hand=(),
        changed=(),
    )
    return (bare,)


def _nobody(speaker: str, about: str) -> str:
    who = f"Nobody called {squeeze(speaker)}" if speaker else "Nobody"
    subject = f" on {squeeze(about)}" if about else ""
    return f"{who} is quoted{subject} in this window."
