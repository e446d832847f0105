"""What an editor asks of the whole archive by a button: kept queries, and names spelled right."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.desk import Desk
from bot.desk_search import Said, SearchResult, look_up, said_by, typing_errors
from bot.desk_statements import key_quotes
from bot.errors import UnknownError
from bot.news import MAX_QUERY_CHARS, Answer, Dossier, Query
from bot.text import WORD, fold

Mended = tuple[tuple[str, str], ...]
"""Words, and what each was taken for."""
MAX_LISTED: Final = 40
"""Articles, or statements, that a search lists."""
FORGOTTEN: Final = "This search is not kept any more. Ask again."


@dataclass(frozen=True)
class FromArchive:
    """A query, its answer, and everything that was found for it.

    The answer's references are the first of the hits, in their order, so that numbers agree.
    """

    query: Query
    answer: Answer
    result: SearchResult


@dataclass(frozen=True)
class Spelled:
    """Words as the archive spells them, and which were taken for typing errors of which."""

    words: str
    mended: Mended = ()


async def keep_query(
    desk: Desk, words: str, *, now: datetime, previous: str = "", speaker: str = ""
) -> str:
    """Keep what was asked, and return its key; nothing where the archive cannot be searched.

    Of longer words the first `MAX_QUERY_CHARS` are kept, of the questions before the last ones.

    Raises:
        ArchiveError: the store cannot be written.
    """
    tools = desk.tools
    if tools.queries is None or tools.searching is None:
        return ""
    query = Query(
        words[:MAX_QUERY_CHARS], now, previous[-MAX_QUERY_CHARS:], speaker[:MAX_QUERY_CHARS]
    )
    await tools.queries.keep(query)
    return query.key


async def query_of(desk: Desk, key: str) -> Query:
    """Return a query that was kept.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: it was forgotten, or never asked at this desk.
    """
    found = await desk.tools.queries.find(key) if desk.tools.queries else None
    if found is None:
        raise UnknownError(FORGOTTEN)
    return found


async def ask_again(desk: Desk, query: Query, *, now: datetime) -> FromArchive:
    """Answer a query from the whole archive, as it stands now.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: this desk has no archive to search.
    """
    found, result = await look_up(
        desk, query.words, now=now, previous=query.previous, limit=MAX_LISTED
    )
    return FromArchive(query, found, result)


async def heard(desk: Desk, query: Query, *, now: datetime) -> tuple[Said, ...]:
    """Return what the query's speaker said about its words, in the whole archive, newest first.

    Raises:
        ArchiveError: the store cannot be read.
        UnknownError: the archive has no words of theirs about that.
    """
    found = await said_by(desk, query.speaker, now=now, about=query.words, limit=MAX_LISTED)
    if not found:
        subject = f" on {query.words}" if query.words else ""
        raise UnknownError(f"Nobody called {query.speaker} is quoted{subject} in the archive.")
    return found


async def statements_spelled(
    desk: Desk, *, now: datetime, speaker: str, about: str, since: datetime | None = None
) -> tuple[Dossier, Mended]:
    """Return the window's key statements, typing errors of the names mended if nobody has them.

    Raises:
        UnknownError: nobody is quoted so, however it is spelled.
    """
    try:
        return await key_quotes(desk, now=now, speaker=speaker, about=about, since=since), ()
    except UnknownError:
        who = await spelled(desk, speaker, now=now)
        what = await spelled(desk, about, now=now)
        mended = (*who.mended, *what.mended)
        if not mended:
            raise
    found = await key_quotes(desk, now=now, speaker=who.words, about=what.words, since=since)
    return found, mended


async def story_spelled(desk: Desk, name: str, *, now: datetime) -> tuple[Dossier, Mended]:
    """Return one story in full, typing errors of names mended if none speaks of the words.

    Raises:
        UnknownError: no story has that number or speaks of these words, however they are spelled.
    """
    try:
        return await desk.story(name, now=now), ()
    except UnknownError:
        right = await spelled(desk, name, now=now)
        if not right.mended:
            raise
    return await desk.story(right.words, now=now), right.mended


async def spelled(desk: Desk, words: str, *, now: datetime) -> Spelled:
    """Return the words with typing errors of names mended, by what stands in the archive.

    Raises:
        ArchiveError: the store cannot be read.
    """
    if desk.tools.searching is None:
        return Spelled(words)
    found = await desk.tools.searching.search(words, now=now, limit=1)
    return _respelled(words, typing_errors(found.mended, desk.tools))


def _respelled(words: str, mended: Mended) -> Spelled:
    right = dict(mended)

    def other(match: re.Match[str]) -> str:
        return right.get(fold(match.group()), match.group())

    return Spelled(WORD.sub(other, words), mended)
