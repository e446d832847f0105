"""Finds the texts that words may stand in, through SQLite's full-text index."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from sqlalchemy import TextClause, bindparam, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.database import Database
from bot.adapters.archive.stopped import revisions_as_given_out
from bot.adapters.archive.tables import revision
from bot.news import Revision
from bot.text import fold

TOKEN: Final = re.compile(r"[^\W_]+")
"""What the index takes for a word, after folding. Source: SQLite, "FTS5", 4.3.1 (unicode61)."""
MAX_PHRASE: Final = 60
MAX_RARE: Final = 8
"""Words of a question that are looked up in a row, and rare ones, or rare neighbours, of them."""
MAX_TEXTS: Final = 4_000
"""Texts that are ranked at most: words are left out, the most frequent first, until it holds."""
MAX_COUNTED: Final = 50_000
"""Words whose counts are remembered. They grow old with the archive, and rank well all the same."""

FIND: Final = """
SELECT t.article_id, t.revision FROM wording
JOIN worded_text t ON t.id = wording.rowid
JOIN article a ON a.id = t.article_id
WHERE wording MATCH :question AND a.withdrawn IS NULL AND a.stopped IS NULL
AND (a.embargoed_until IS NULL OR a.embargoed_until <= :now)
"""
FIND_PHRASE: Final = text(FIND + "ORDER BY wording.rowid DESC LIMIT :limit")
FIND_LIKELY: Final = text(FIND + "ORDER BY wording.rank LIMIT :limit")
COUNT: Final = text("SELECT term, doc FROM wording_terms WHERE term IN :terms").bindparams(
    bindparam("terms", expanding=True)
)


class SqliteWordings:
    """The port `Wordings` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, int] = {}

    async def find_texts(
        self, words: str, *, now: datetime, limit: int = 10
    ) -> tuple[Revision, ...]:
        """Return the revisions with the whole phrase, or else those that share neighbours or words.

        Texts of articles that are held at `now` are left out before they are counted.

        Raises:
            ArchiveError: the store cannot be read.
            ValueError: `now` is not aware.
        """
        instant = rows.to_text(now)
        terms = TOKEN.findall(fold(words))[:MAX_PHRASE]
        if not terms or limit < 1:
            return ()
        async with self._database.reading() as connection:
            keys = await _find(
                connection, FIND_PHRASE, question=_phrase(terms), now=instant, limit=limit
            )
            for question in () if keys else await self._questions(connection, terms):
                keys = await _find(
                    connection, FIND_LIKELY, question=question, now=instant, limit=limit
                )
                if keys:
                    break
            return await _read(connection, keys)

    async def _questions(self, connection: AsyncConnection, terms: list[str]) -> list[str]:
        """Return what to ask of altered words: for rare neighbours, and then for rare words."""
        await self._count(connection, set(terms) - self._counts.keys())
        known = {term: self._counts[term] for term in terms if self._counts.get(term)}
        pairs = [pair for pair in pairwise(terms) if known.keys() >= {*pair}]
        asked = (
            {_phrase(pair): min(known[pair[0]], known[pair[1]]) for pair in pairs},
            {_phrase((term,)): count for term, count in known.items()},
        )
        return [" OR ".join(_rarest(phrases)) for phrases in asked if phrases]

    async def _count(self, connection: AsyncConnection, terms: set[str]) -> None:
        if len(self._counts) > MAX_COUNTED:
            self._counts.clear()
        if terms:
            counted = await connection.execute(COUNT, {"terms": sorted(terms)})
            self._counts.update({row.term: row.doc for row in counted})


def _rarest(phrases: Mapping[str, int]) -> list[str]:
    """Return the rarer ones of the phrases, as many as can be ranked: at most in so many texts."""
    found: list[str] = []
    left = MAX_TEXTS
    for phrase, count in sorted(phrases.items(), key=lambda item: (item[1], item[0]))[:MAX_RARE]:
        left -= count
        if left < 0 and found:
            break
        found.append(phrase)
    return found


def _phrase(terms: Sequence[str]) -> str:
    """Write words as the index's language writes a phrase; they are letters and digits only."""
    return f'"{" ".join(terms)}"'


async def _find(
    connection: AsyncConnection, query: TextClause, **asked: str | int
) -> list[tuple[str, int]]:
    found = await connection.execute(query, asked)
    return [(row.article_id, row.revision) for row in found]


async def _read(connection: AsyncConnection, keys: list[tuple[str, int]]) -> tuple[Revision, ...]:
    """Return the revisions of these keys, in their order."""
    which = tuple_(revision.c.article_id, revision.c.number).in_(keys)
    found = await connection.execute(select(revision).where(which))
    texts = await revisions_as_given_out(connection, map(rows.to_revision, found.mappings()))
    read = {(text.article_id, text.number): text for text in texts}
    return tuple(read[key] for key in keys)
