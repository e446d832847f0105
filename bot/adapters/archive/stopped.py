"""What of the stored texts is stopped: found when either comes, and laid over what is read."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, case, func, null, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.archive import rows
from bot.adapters.archive.stop_tables import stop, stopped_article, stopped_span
from bot.adapters.archive.tables import article
from bot.news import Article, Revision, Span, StopOrder
from bot.wordings_stopped import find_stopped, has_words, runs

STANDS: Final = stop.c.released_at.is_(None)
CHUNK: Final = 500
"""Ids in one query; SQLite takes 32,766 parameters (SQLITE_MAX_VARIABLE_NUMBER)."""


def is_held(now: datetime) -> ColumnElement[bool]:
    """Return the condition of `Article.is_held`."""
    return or_(
        article.c.stopped.is_not(None),
        article.c.withdrawn.is_not(None),
        article.c.embargoed_until > rows.to_text(now),
    )


async def standing_orders(connection: AsyncConnection) -> dict[int, StopOrder]:
    """Return the orders that stand, by the number of their stops, the oldest first."""
    found = await connection.execute(select(stop).where(STANDS).order_by(stop.c.id))
    orders = {}
    for row in found.mappings():
        with rows.damage_named(f"stop {row['id']}"):
            orders[int(row["id"])] = msgspec.json.decode(row["content"], type=StopOrder)
    return orders


async def mark(
    connection: AsyncConnection, texts: Iterable[Revision], languages: Mapping[str, str]
) -> frozenset[str]:
    """Note where texts have words that are stopped; return the articles that are, whole or in part.

    `languages` are those of the articles, by id.
    """
    orders = {n: o for n, o in (await standing_orders(connection)).items() if o.kind == "quote"}
    if not orders:
        return frozenset()
    return await mark_words(connection, texts, languages, orders)


async def mark_words(
    connection: AsyncConnection,
    texts: Iterable[Revision],
    languages: Mapping[str, str],
    orders: Mapping[int, StopOrder],
) -> frozenset[str]:
    """Note where texts have the words of these orders.

    An article with the words in a title is kept back whole: a title without some of its words says
    something else, and an article without its title is none.
    """
    texts = tuple(texts)
    spans, whole = [], []
    for stop_id, order in orders.items():
        known = runs(order.wordings)
        for one in texts:
            if has_words(one.title, known):
                whole.append({"stop_id": stop_id, "article_id": one.article_id})
            language = languages[one.article_id] or "en"
            found = find_stopped(one, known, language)
            spans += [rows.to_row(span) | {"stop_id": stop_id} for span in found]
    if spans:
        await connection.execute(insert(stopped_span).on_conflict_do_nothing(), spans)
    await keep_back(connection, whole)
    return frozenset(row["article_id"] for row in (*spans, *whole))


async def keep_back(connection: AsyncConnection, whole: Collection[Mapping[str, object]]) -> None:
    """Keep articles back whole: rows of a stop and an article."""
    if whole:
        await connection.execute(
            insert(stopped_article).on_conflict_do_nothing(), [dict(row) for row in whole]
        )
        await settle(connection, [str(row["article_id"]) for row in whole])


async def settle(connection: AsyncConnection, article_ids: Collection[str]) -> None:
    """Write how the articles stand by the stops that stand; a purge is for good."""
    killed = func.max(func.json_extract(stop.c.content, "$.killed"))
    stands = (
        select(case((killed == 1, "killed"), (killed == 0, "held"), else_=null()))
        .join(stopped_article, stopped_article.c.stop_id == stop.c.id)
        .where(stopped_article.c.article_id == article.c.id, STANDS)
        .scalar_subquery()
    )
    not_purged = func.coalesce(article.c.stopped, "") != "purged"
    for ids in chunks(article_ids):
        some = update(article).where(article.c.id.in_(ids), not_purged)
        await connection.execute(some.values(stopped=stands))


async def as_given_out(
    connection: AsyncConnection, articles: Iterable[Article]
) -> tuple[Article, ...]:
    """Return the articles with the words that are stopped redacted."""
    articles = tuple(articles)
    spans = await _spans(connection)
    return tuple(_without(one, spans[one.id]) if one.id in spans else one for one in articles)


async def revisions_as_given_out(
    connection: AsyncConnection, texts: Iterable[Revision]
) -> tuple[Revision, ...]:
    """Return the texts with the words that are stopped redacted."""
    texts = tuple(texts)
    spans = await _spans(connection)
    return tuple(_redacted(one, spans.get(one.article_id, ())) for one in texts)


async def _spans(connection: AsyncConnection) -> dict[str, list[Span]]:
    """Return all spans that are stopped, by article: editors kill quotes by the dozen."""
    columns = (stopped_span.c[name] for name in Span.__struct_fields__)
    query = select(*columns).join(stop, stop.c.id == stopped_span.c.stop_id).where(STANDS)
    found: dict[str, list[Span]] = {}
    for row in await connection.execute(query.distinct()):
        found.setdefault(row.article_id, []).append(Span(*row))
    return found


def _without(one: Article, spans: Collection[Span]) -> Article:
    texts = tuple(_redacted(text, spans) for text in one.revisions)
    return msgspec.structs.replace(one, revisions=texts)


def _redacted(text: Revision, spans: Collection[Span]) -> Revision:
    own = [span for span in spans if span.revision == text.number]
    return text.without(own) if own else text


def chunks(ids: Collection[str]) -> list[list[str]]:
    """Return the ids in portions that a query takes."""
    listed = sorted(set(ids))
    return [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]
