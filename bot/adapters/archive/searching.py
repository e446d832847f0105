"""Searches all stored texts by words: plans what to ask of SQLite's full-text index."""

import re
from collections.abc import Sequence
from datetime import datetime
from math import log
from typing import Any, Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import BindParameter, RowMapping, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows, stopped
from bot.adapters.archive.database import Database
from bot.adapters.archive.tables import article, revision
from bot.adapters.archive.wordings import TOKEN
from bot.news import Article
from bot.ports.searching import Limits, Match, Matches
from bot.text import fold, stem

MAX_CHARS: Final = 1_000
MAX_TERMS: Final = 40
"""Characters and words that are read of a search."""
MAX_BESIDE: Final = 8
"""Words beside a phrase in quotation marks; with more it is a text that quotes, not a search."""
MIN_STEM: Final = 4
"""Letters from which a stem may stand for its inflected forms."""
MAX_RANKED: Final = 20_000
"""Texts that may be ranked for one search: words are left out, the most frequent first."""
MAX_FORMS: Final = 200
"""Words that one stem may begin; one that begins more is looked up as it was typed."""
ENOUGH: Final = 40
"""Matches from which no wider window is asked."""
WINDOWS: Final = (20_000, 100_000, 0)
"""Texts, the newest, among which frequent words are looked for, widened in turn; 0: all."""
MAX_TYPO: Final = 2
"""Letters wrong in a word that is taken for another; of up to five letters one."""
SHORT: Final = 5
MAX_COUNTED: Final = 50_000
"""Words whose counts are remembered. They grow old with the archive, and rank well all the same."""
PHRASE: Final = re.compile('["“”„«»]([^"“”„«»]{3,200})["“”„«»]')

FIND: Final = """
SELECT t.article_id AS id, -w.rank AS rank FROM (
    SELECT rowid, rank FROM wording WHERE wording MATCH :question AND rowid > :after
    ORDER BY rank LIMIT :pool
) AS w
JOIN worded_text t ON t.id = w.rowid
JOIN article a ON a.id = t.article_id
WHERE a.withdrawn IS NULL AND a.stopped IS NULL
AND (a.embargoed_until IS NULL OR a.embargoed_until <= :now)
AND NOT EXISTS (SELECT 1 FROM revision r
                WHERE r.article_id = t.article_id AND r.number > t.revision)
"""
NARROWED: Final = {
    "since": "AND a.dated_at >= :since",
    "until": "AND a.dated_at < :until",
    "outlets": "AND json_extract(a.source, '$.outlet.name') IN :outlets",
    "sources": "AND json_extract(a.source, '$.address') IN :sources",
    "language": "AND (a.language = :language OR a.language LIKE :language || '-%')",
    "story_id": "AND a.id IN (SELECT article_id FROM placement WHERE story_id = :story_id)",
}
"""What each limit adds to the query."""
COUNT: Final = text(
    "SELECT count(*) AS forms, sum(doc) AS doc FROM"
    " (SELECT doc FROM wording_terms WHERE term >= :low AND term < :high LIMIT :most)"
)
LIKE: Final = text("SELECT term, doc FROM wording_terms WHERE term >= :low AND term < :high")
NEWEST: Final = text("SELECT max(id) FROM worded_text")


UNLIMITED: Final = Limits()


class Term(NamedTuple):
    """One word of a search as the index is asked for it, and how many texts have it."""

    asked: str
    stem: str
    texts: int


class SqliteSearching:
    """The port `Searching` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, Term] = {}

    async def search(
        self, words: str, *, now: datetime, limits: Limits = UNLIMITED, limit: int = 200
    ) -> Matches:
        """Return the articles whose latest revisions match, roughly ranked, at most `limit`.

        Raises:
            ArchiveError: the store cannot be read.
            ValueError: `now` is not aware.
        """
        values = {"now": rows.to_text(now)}
        shown = words[:MAX_CHARS]
        phrases, others = _phrases(shown)
        async with self._database.reading() as connection:
            total = int(await connection.scalar(NEWEST) or 0)
            language = limits.language or "en"
            terms, mended = await self._terms(connection, others, language)
            asked = _questions(terms, phrases)
            found = await _ask(connection, asked, values, limits, total, limit)
            read = await _read(connection, list(found), [t.stem for t in terms])
        matches = sorted(
            (Match(one, found[one.id]) for one in read), key=lambda m: (-m.rank, m.article.id)
        )
        telling = [t for t in terms if t.texts * 10 <= total * 9] or terms
        stems = tuple((t.stem, log(1 + total / t.texts)) for t in telling)
        # a word that only held texts have is told to nobody
        shown_words = {word for one in read for word in _words_of(one)}
        told = tuple(pair for pair in mended if pair[1] in shown_words)
        return Matches(tuple(matches), stems, phrases, told)

    async def _terms(
        self, connection: AsyncConnection, words: str, language: str
    ) -> tuple[list[Term], list[tuple[str, str]]]:
        """Return the words that some text has, and what was taken for a typing error of another."""
        terms: dict[str, Term] = {}
        mended: list[tuple[str, str]] = []
        for word in list(dict.fromkeys(_tokens(words)))[:MAX_TERMS]:
            term = await self._term(connection, word, language)
            if not term.texts and (other := await _nearest(connection, word)):
                mended.append((word, other))
                term = await self._term(connection, other, language)
            if term.texts:
                terms.setdefault(term.stem, term)
        return list(terms.values()), mended

    async def _term(self, connection: AsyncConnection, word: str, language: str) -> Term:
        if len(self._counts) > MAX_COUNTED:
            self._counts.clear()
        if word not in self._counts:
            self._counts[word] = await _count(connection, word, stem(word, language))
        return self._counts[word]


def _phrases(words: str) -> tuple[tuple[str, ...], str]:
    """Return the phrases in quotation marks, and the other words; of a long text words alone."""
    others = PHRASE.sub(" ", words)
    if len(_tokens(others)) > MAX_BESIDE:
        return (), words
    found = (" ".join(_tokens(match.group(1))) for match in PHRASE.finditer(words))
    return tuple(filter(None, found)), others


def _tokens(words: str) -> list[str]:
    return TOKEN.findall(fold(words))


async def _count(connection: AsyncConnection, word: str, stemmed: str) -> Term:
    """Return the word as all its forms are asked for, or as it is where its stem is too short."""
    if len(stemmed) >= MIN_STEM and word.startswith(stemmed) and word.isalpha():
        row = (await connection.execute(COUNT, _range(stemmed, MAX_FORMS))).one()
        if 0 < row.forms < MAX_FORMS:
            return Term(f'"{stemmed}"*', stemmed, int(row.doc))
    row = (await connection.execute(COUNT, {"low": word, "high": word + "\0", "most": 1})).one()
    return Term(f'"{word}"', word, int(row.doc or 0))


def _range(beginning: str, most: int) -> dict[str, Any]:
    return {"low": beginning, "high": beginning + "\U0010ffff", "most": most}


async def _nearest(connection: AsyncConnection, word: str) -> str | None:
    """Return the most frequent of the nearest words with the same first letter, if any is near."""
    if len(word) < MIN_STEM or not word.isalpha():
        return None
    found = await connection.execute(LIKE, {"low": word[0], "high": word[0] + "\U0010ffff"})
    known = {row.term: row.doc for row in found if abs(len(row.term) - len(word)) <= MAX_TYPO}
    most = 1 if len(word) <= SHORT else MAX_TYPO
    near = process.extract(
        word, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=20
    )
    return min(near, key=lambda n: (n[1], -known[n[0]], n[0]))[0] if near else None


class Asked(NamedTuple):
    """A question to the index, and whether so many texts may match that the newest come first."""

    question: str
    is_frequent: bool


def _questions(terms: Sequence[Term], phrases: Sequence[str]) -> list[Asked]:
    """Return what to ask in turn until there is enough: all words together, then the rare ones."""
    must = " AND ".join(f'"{phrase}"' for phrase in phrases)
    rare = sorted(terms, key=lambda t: (t.texts, t.asked))
    asked: list[Asked] = []
    if len(rare) > 1 or (rare and must):
        both = [part for part in (must, *(t.asked for t in rare)) if part]
        asked.append(Asked(" AND ".join(both), is_frequent=rare[0].texts > MAX_RANKED))
    if must:
        asked.append(Asked(must, is_frequent=False))
    elif rare:
        kept = _affordable(rare)
        either = " OR ".join(t.asked for t in kept)
        asked.append(Asked(either, is_frequent=sum(t.texts for t in kept) > MAX_RANKED))
    return asked


def _affordable(rare: Sequence[Term]) -> list[Term]:
    """Return the rarer terms, at least two if there are, as many as can be ranked together."""
    kept: list[Term] = []
    left = MAX_RANKED
    for term in rare:
        left -= term.texts
        if left < 0 and kept:
            break
        kept.append(term)
    return kept


async def _ask(  # noqa: PLR0917 - one query with all that narrows it
    connection: AsyncConnection,
    asked: Sequence[Asked],
    values: dict[str, str],
    limits: Limits,
    total: int,
    limit: int,
) -> dict[str, float]:
    """Return ids with their ranks; questions asked first rank above those asked after them."""
    found: dict[str, float] = {}
    for turn, (question, is_frequent) in enumerate(asked):
        for window in WINDOWS if is_frequent and total > WINDOWS[0] else (0,):
            after = max(0, total - window) if window else 0
            pool = limit * POOL if limits == UNLIMITED else -1
            query = {**values, "question": question, "after": after, "limit": limit, "pool": pool}
            for row in await _match(connection, query, limits):
                found.setdefault(row["id"], row["rank"] + (len(asked) - turn - 1) * ABOVE)
            if len(found) >= ENOUGH:
                break
        if len(found) >= limit:
            break
    return dict(sorted(found.items(), key=lambda item: -item[1])[:limit])


POOL: Final = 3
"""How many times as many texts are ranked as wanted: held texts and older revisions fall out."""
ABOVE: Final = 20.0
"""What having all words is worth, beside the ranks of BM25, which seldom reach it."""


async def _match(
    connection: AsyncConnection, values: dict[str, Any], limits: Limits
) -> Sequence[RowMapping]:
    query, narrowed = FIND, dict(values)
    expanding: list[BindParameter[Any]] = []
    for name, clause in NARROWED.items():
        value = getattr(limits, name)
        if not value:
            continue
        query += clause + "\n"
        narrowed[name] = rows.to_text(value) if isinstance(value, datetime) else value
        if isinstance(value, tuple):
            expanding.append(bindparam(name, expanding=True))
    statement = text(query + "ORDER BY w.rank LIMIT :limit").bindparams(*expanding)
    return (await connection.execute(statement, narrowed)).mappings().all()


async def _read(
    connection: AsyncConnection, ids: list[str], stems: Sequence[str]
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
        if before.latest == after.latest or _has_any(after, stems)
    )


def _has_any(one: Article, stems: Sequence[str]) -> bool:
    words = _words_of(one)
    return any(word.startswith(stem) for stem in stems for word in words)


def _words_of(one: Article) -> set[str]:
    return set(_tokens(f"{one.latest.title}\n{one.latest.body}"))
