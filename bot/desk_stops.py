"""What an editor can stop and let go: stories, quotes, texts; and the audit of who did so."""

import asyncio
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Final

from bot.delivery.phrases import count, listed
from bot.desk import MAX_ECHO_CHARS, Desk
from bot.errors import UnknownError
from bot.news import Article, Deed, Quote, Stop, StopOrder
from bot.ports import Stops
from bot.text import fold

MIN_WORDS: Final = 3
"""Words of a quote that can be stopped: fewer stand in texts that have nothing to do with it."""
MAX_NAMED: Final = 3
PURGED_AT_ONCE: Final = 20
"""Texts that one run of the retention removes: each is a transaction."""


async def stop_story(
    desk: Desk, name: str, *, killed: bool, by: str, now: datetime, reason: str = ""
) -> Stop:
    """Kill or hold a story: a number of the last edition, or words that it speaks of.

    All its articles are held from now on, and those that are grouped with them later.

    Raises:
        UnknownError: there is no such story, or this desk cannot stop any.
    """
    stops = _stops(desk)
    day, story = await desk.find_story(name, now=now)
    articles = [day.articles[i] for i in story.article_ids]
    order = StopOrder("story", killed, _story_name(articles), by, now, reason, story.article_ids)
    return await stops.stop(order)


async def stop_quote(
    desk: Desk, words: str, *, killed: bool, by: str, now: datetime, reason: str = ""
) -> Stop:
    """Kill or hold a quote: the one of the day with these words in it, or else just these words.

    They are taken out of every text that has them, however it is printed there.

    Raises:
        UnknownError: several quotes have the words, they are too few, or nothing can be stopped.
    """
    stops = _stops(desk)
    asked = _terms(words)
    if len(asked) < MIN_WORDS:
        raise UnknownError(
            f"Name at least {MIN_WORDS} words of the quote in a row; fewer stand elsewhere too."
        )
    found = await _quotes_with(desk, asked, now=now)
    if len(found) > 1:
        said = shorten(words, MAX_ECHO_CHARS, placeholder="…")
        raise UnknownError(f"{len(found)} quotes of the day have {said!r}; give more words of one.")
    wordings = next(iter(found), (words,))
    # a quote in pieces may have pieces that are everybody's words
    long = tuple(w for w in wordings if len(_terms(w)) >= MIN_WORDS)
    size = sum(len(_terms(wording)) for wording in long)
    name = f"a quote of {count(size, 'word')}"
    return await stops.stop(
        StopOrder("quote", killed, name, by, now, reason, wordings=long or (words,))
    )


async def release(desk: Desk, number: int, *, by: str, now: datetime, reason: str = "") -> Stop:
    """End a stop by its number. What it kept back can be told again; posts stay withdrawn.

    Raises:
        UnknownError: nothing that is stopped has the number.
    """
    return await _stops(desk).release(number, by=by, at=now, reason=reason)


async def stopped(desk: Desk) -> tuple[Stop, ...]:
    """Return what is stopped, the newest first.

    Raises:
        UnknownError: this desk cannot stop anything.
    """
    return await _stops(desk).standing()


async def purge(desk: Desk, article_id: str, *, by: str, now: datetime, reason: str = "") -> int:
    """Remove the texts of an article for good, and return how many they were; hashes stay.

    Raises:
        UnknownError: there is no such article, or its texts are gone already.
    """
    return await _stops(desk).purge(article_id, by=by, at=now, reason=reason)


async def purge_old(desk: Desk, kept: timedelta, *, now: datetime) -> int:
    """Remove the texts of articles that are older than is kept and that no briefing cites.

    Returns how many articles lost their texts: at most `PURGED_AT_ONCE` a call.
    """
    stops = _stops(desk)
    old = await stops.uncited_before(now - kept, limit=PURGED_AT_ONCE)
    for article_id in old:
        await stops.purge(article_id, by="retention", at=now, reason=f"older than {kept.days} days")
    return len(old)


async def audit(desk: Desk, *, limit: int = 50) -> tuple[Deed, ...]:
    """Return who stopped, released and purged what, the newest first.

    Raises:
        UnknownError: this desk cannot stop anything.
    """
    return await _stops(desk).audit(limit=limit)


async def _quotes_with(desk: Desk, asked: list[str], *, now: datetime) -> set[tuple[str, ...]]:
    """Return the wordings of the day's quotes that have the words, each once."""
    day = await desk.day(now=now)

    def find() -> set[tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for article in day.articles.values():
            for quote in _speech(desk, article):
                wordings = tuple(piece.words for piece in quote.pieces)
                if _has(wordings, asked):
                    found.setdefault(" ".join(_terms(" ".join(wordings))), wordings)
        return set(found.values())

    return await asyncio.to_thread(find)


def _speech(desk: Desk, article: Article) -> Iterable[Quote]:
    return desk.tools.findings.speech(article, desk.tools.lexicon(article)).quotes


def _has(wordings: Iterable[str], asked: list[str]) -> bool:
    terms = _terms(" ".join(wordings))
    return f" {' '.join(asked)} " in f" {' '.join(terms)} "


def _story_name(articles: Iterable[Article]) -> str:
    """Return how people are told of a stopped story: whose reports it is, and no word of it."""
    outlets = list(dict.fromkeys(article.outlet for article in articles))
    more = [count(len(outlets) - MAX_NAMED, "other")] if len(outlets) > MAX_NAMED else []
    return f"a story of {listed([*outlets[:MAX_NAMED], *more])}"


def _terms(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(words))


def _stops(desk: Desk) -> Stops:
    if desk.tools.stops is None:
        raise UnknownError("This desk keeps no archive in which it could stop anything.")
    return desk.tools.stops
