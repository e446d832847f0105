"""Searches all stored texts by words: plans what to ask of SQLite's full-text index, and asks."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows, stopped
from bot.adapters.archive.database import Database
from bot.adapters.archive.search_plans import plan, read_phrases
from bot.adapters.archive.search_queries import UNLIMITED, ask
from bot.adapters.archive.search_terms import Vocabulary, tokens
from bot.adapters.archive.story_tables import placement
from bot.adapters.archive.tables import article, revision
from bot.news import Article
from bot.ports.searching import Limits, Match, Matches

MAX_CHARS: Final = 1_000
"""Characters that are read of a search."""
TOTAL: Final = text("SELECT max(id) FROM worded_text")


class SqliteSearching:
    """The port `Searching` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._vocabulary = Vocabulary()

    async def search(
        self, words: str, *, now: datetime, limits: Limits = UNLIMITED, limit: int = 200
    ) -> Matches:
        """Return the articles whose latest revisions match, roughly ranked, at most `limit`.

        Raises:
            ArchiveError: the store cannot be read.
            ValueError: `now` is not aware.
        """
        phrases, others = read_phrases(words[:MAX_CHARS])
        async with self._database.reading() as connection:
            total = int(await connection.scalar(TOTAL) or 0)
            known, phrased = self._vocabulary, {w for p in phrases for w in p.split()}
            terms, mended = await known.terms(connection, others, limits.language, total=total)
            asked = plan(terms, phrases, await known.rarest(connection, phrased))
            found = await ask(connection, asked, limits, now=now, total=total, limit=limit)
            wanted = phrased.union(*(term.forms for term in terms))
            read = await _read(connection, list(found), wanted)
            stories = await _stories(connection, list(found))
        matches = sorted(
            (Match(one, found[one.id], stories.get(one.id, "")) for one in read),
            key=lambda m: (-m.rank, m.article.id),
        )
        # what stands in nine of ten texts tells nothing
        telling = [t for t in terms if t.texts * 10 <= total * 9] or terms
        # a word that only held texts have is told to nobody
        told = tuple(pair for pair in mended if any(pair[1] in _words_of(one) for one in read))
        return Matches(tuple(matches), tuple(t.sought(total) for t in telling), phrases, told)


async def _read(
    connection: AsyncConnection, ids: list[str], wanted: AbstractSet[str]
) -> tuple[Article, ...]:
    """Return the articles as given out, less those that match by stopped words alone."""
    found = await connection.execute(select(article).where(article.c.id.in_(ids)))
    texts = await connection.execute(
        select(revision)
        .where(revision.c.article_id.in_(ids))
        .order_by(revision.c.article_id, revision.c.number)
    )
    stored = rows.to_articles(found.mappings(), texts.mappings())
    given = await stopped.as_given_out(connection, stored)
    return tuple(
        after
        for before, after in zip(stored, given, strict=True)
        if before.latest == after.latest or wanted & _words_of(after)
    )


async def _stories(connection: AsyncConnection, ids: list[str]) -> dict[str, str]:
    """Return in which stories the articles stand, of those that stand in one."""
    columns = placement.c.article_id, placement.c.story_id
    stand = select(*columns).where(placement.c.article_id.in_(ids))
    return {row.article_id: row.story_id for row in await connection.execute(stand)}


def _words_of(one: Article) -> set[str]:
    return set(tokens(f"{one.latest.title}\n{one.latest.body}"))
