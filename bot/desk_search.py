"""What an editor can ask of the whole archive: a search, what somebody said, a question."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.desk import Desk
from bot.errors import UnknownError
from bot.followup import REFUSAL, answer
from bot.followup.filters import FILTER, read_filters
from bot.followup.ranking import Hit, rank
from bot.news import Answer, Article, Quote, Reference
from bot.ports import Limits, Matches
from bot.quotes import find_quotes
from bot.text import fold
from bot.tools import Tools

NO_LIMITS: Final = Limits()
NOT_THERE: Final = "Not in the articles of the archive that match the question best."
ASKING_MARKS: Final = ".,;:!?…’'"
"""What may stand behind a word of a question; quotation marks stay, for phrases."""
MAX_ASKED: Final = 12
"""Articles that a question to the archive is answered from, the best of the search."""
MAX_HEARD: Final = 60
"""Articles that are read for what somebody said."""


@dataclass(frozen=True)
class SearchResult:
    """What a search found, best first, and which words were taken for typing errors."""

    hits: tuple[Hit, ...]
    mended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Said:
    """A quote, and the article that it stands in."""

    quote: Quote
    article: Article


async def search(
    desk: Desk, words: str, *, now: datetime, limits: Limits = NO_LIMITS, limit: int = 10
) -> SearchResult:
    """Return what the archive holds of the words, best first, held text excluded.

    Filters may stand among the words, see `read_filters`; they come before `limits`.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: this desk has no archive to search, or a filter cannot be read.
    """
    words, limits = _narrowed(desk, words, limits)
    matches = await _matches(desk, words, now=now, limits=limits)
    hits = await asyncio.to_thread(rank, matches, words, now=now, limit=limit)
    return SearchResult(hits, matches.mended)


async def ask_archive(
    desk: Desk,
    question: str,
    *,
    now: datetime,
    previous: str = "",
    limits: Limits = NO_LIMITS,
) -> Answer:
    """Answer a question from the articles of the archive that match it best.

    `previous` is the question before this one. An answer lists only the articles searched, in the
    order in which they matched.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: this desk has no archive to search.
    """
    found, _ = await look_up(desk, question, now=now, previous=previous, limits=limits)
    return found


async def look_up(
    desk: Desk,
    question: str,
    *,
    now: datetime,
    previous: str = "",
    limits: Limits = NO_LIMITS,
    limit: int = MAX_ASKED,
) -> tuple[Answer, SearchResult]:
    """Return the answer of `ask_archive`, and the articles that it was looked for in and more.

    The answer's references are the first hits, in their order. Filters may stand among the words of
    the question, see `read_filters`; they come before `limits`.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: this desk has no archive to search, or a filter cannot be read.
    """
    question, limits = _narrowed(desk, question, limits)
    previous = FILTER.sub(" ", previous)
    wanted = wanted_of(f"{question} {previous}", desk.tools)
    matches = await _matches(desk, wanted, now=now, limits=limits)
    hits = await asyncio.to_thread(rank, matches, wanted, now=now, limit=max(limit, MAX_ASKED))
    articles = [hit.article for hit in hits[:MAX_ASKED]]
    found = await asyncio.to_thread(_answer, desk.tools, question, articles, previous)
    found = replace(found, refusal=found.refusal.replace(REFUSAL, NOT_THERE))
    return found, SearchResult(hits[:limit], matches.mended)


async def said_by(
    desk: Desk,
    speaker: str,
    *,
    now: datetime,
    about: str = "",
    limits: Limits = NO_LIMITS,
    limit: int = 10,
) -> tuple[Said, ...]:
    """Return what somebody of this name said, about these words if there are any, newest first.

    The speaker is who the article names so: "Holm" and "Beatrix Holm" find the quotes of both
    forms, a first name alone none of another person. A typing error in a name is mended.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: this desk has no archive to search.
    """
    matches = await _matches(desk, f"{speaker} {about}".strip(), now=now, limits=limits)
    articles = [match.article for match in matches.found[:MAX_HEARD]]
    right = dict(matches.mended)
    who, what = (" ".join(right.get(w, w) for w in fold(t).split()) for t in (speaker, about))
    found = await asyncio.to_thread(_said, desk.tools, articles, who, what)
    return tuple(sorted(found, key=lambda s: s.article.dated(), reverse=True)[:limit])


def _narrowed(desk: Desk, words: str, limits: Limits) -> tuple[str, Limits]:
    """Return the words without their filters, and these, or without any the limits given."""
    kept, typed = read_filters(words, desk.zone)
    return (words, limits) if typed == NO_LIMITS else (kept, typed)


async def _matches(desk: Desk, words: str, *, now: datetime, limits: Limits) -> Matches:
    if desk.tools.searching is None:
        raise UnknownError("This desk has no archive that can be searched.")
    found = await desk.tools.searching.search(words, now=now, limits=limits)
    return replace(found, mended=typing_errors(found.mended, desk.tools))


def wanted_of(question: str, tools: Tools) -> str:
    """Return the question without the words that name nothing, such as "what" and "did"."""
    little = tools.question_words.little
    kept = (word for word in question.split() if fold(word.strip(ASKING_MARKS)) not in little)
    return " ".join(kept)


def typing_errors(mended: Sequence[tuple[str, str]], tools: Tools) -> tuple[tuple[str, str], ...]:
    """Return what was mended without the words that the language has: no text need have them."""
    known = tools.weights.weights
    return tuple(
        (asked, other)
        for asked, other in mended
        if not known.keys() & {*tools.weights.stems([asked])}
    )


def _answer(tools: Tools, question: str, articles: Sequence[Article], previous: str) -> Answer:
    return answer(
        question,
        [to_reference(article) for article in articles],
        {article.id: article for article in articles},
        {a.id: find_quotes(a.latest, tools.lexicon(a)) for a in articles},
        tools.weights,
        words=tools.question_words,
        previous=previous,
    )


def to_reference(article: Article) -> Reference:
    """Return the article as sources lists name it, in its latest revision."""
    latest = article.latest
    title = latest.whole_title() if latest.title else None
    return Reference(
        article.id, latest.number, article.outlet, title, article.address, article.published_at
    )


def _said(tools: Tools, articles: Sequence[Article], speaker: str, about: str) -> list[Said]:
    names, words = fold(speaker).split(), fold(about).split()
    found: list[Said] = []
    for article in articles:
        text = fold(article.latest.body)
        if all(word in text for word in words):
            quotes = tools.findings.speech(article, tools.lexicon(article)).quotes
            found += [Said(q, article) for q in quotes if q.use == "statement" and _is_by(q, names)]
    return found


def _is_by(quote: Quote, names: Sequence[str]) -> bool:
    """Tell whether the speaker's name ends in these words, or these in it."""
    if quote.speaker is None or not names:
        return False
    said = fold(quote.speaker.name.words).split()
    short = min(len(said), len(names))
    return said[-short:] == list(names[-short:])
