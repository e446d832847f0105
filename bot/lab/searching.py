"""The search of the archive alone: documents and questions in, ranked ids out."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, TextIO

import msgspec

from bot.adapters.archive import SqliteArchive
from bot.followup.ranking import rank
from bot.lab.told import Told, to_article
from bot.news import Article, Instant
from bot.ports import Revise

BATCH: Final = 500
"""Documents that are stored together."""


class QueryLine(msgspec.Struct):
    """A question of `lab search`: words as they are typed into a search."""

    id: str
    query: str
    limit: int = 10


def search_lines(lines: BinaryIO, output: TextIO) -> None:
    """Store the documents, then answer the queries in their order, a record each.

    A line with `query` is `{id, query, limit}`, every other a document `{id, title, body, date,
    source}`. A record is `{id, ranked, snippets}`: ids of documents, best first, and for each the
    sentence that shows it, `{article, field, start, end, marks}`, with marks in code points of the
    body or title.

    Raises:
        msgspec.DecodeError: a line is neither.
    """
    documents, queries = _parted(lines)
    records = asyncio.run(_answered(documents, queries))
    output.writelines(f"{msgspec.json.encode(record).decode()}\n" for record in records)


def _parted(lines: Iterable[bytes]) -> tuple[list[Told], list[QueryLine]]:
    documents: list[Told] = []
    queries: list[QueryLine] = []
    for line in lines:
        if not line.strip():
            continue
        record = msgspec.json.decode(line, type=dict[str, Any])
        if "query" in record:
            queries.append(msgspec.convert(record, QueryLine))
        else:
            documents.append(msgspec.convert(record, Told))
    return documents, queries


async def _answered(documents: list[Told], queries: list[QueryLine]) -> list[dict[str, Any]]:
    articles = {told.id: to_article(told) for told in documents}
    now = max((article.dated() for article in articles.values()), default=None)
    if now is None:
        return [{"id": query.id, "ranked": [], "snippets": []} for query in queries]
    with TemporaryDirectory() as folder:
        async with SqliteArchive.open(Path(folder) / "search.db") as archive:
            for some in _batches(list(articles.values())):
                await archive.revise({article.id: _becoming(article) for article in some})
            return [await _record(archive, query, now) for query in queries]


async def _record(archive: SqliteArchive, query: QueryLine, now: Instant) -> dict[str, Any]:
    matches = await archive.searching.search(query.query, now=now)
    hits = rank(matches, query.query, now=now, limit=query.limit)
    snippets = []
    for hit in hits:
        span = hit.snippet.span
        marks = [[span.start + a, span.start + b] for a, b in hit.marks]
        snippets.append(
            {
                "article": span.article_id,
                "field": span.field,
                "start": span.start,
                "end": span.end,
                "marks": marks,
            }
        )
    return {"id": query.id, "ranked": [hit.article.id for hit in hits], "snippets": snippets}


def _batches(articles: list[Article]) -> Iterator[list[Article]]:
    for start in range(0, len(articles), BATCH):
        yield articles[start : start + BATCH]


def _becoming(article: Article) -> Revise:
    return lambda _: article
