"""Turns values into rows and rows back into values, which checks them again."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping

from bot.errors import ArchiveError
from bot.news import Article, Dossier, Revision, to_json

Row = dict[str, Any]


def to_text(instant: datetime) -> str:
    """Return the instant as UTC text of one width, which sorts as the instants follow each other.

    Raises:
        ValueError: the instant is not aware.
    """
    if instant.utcoffset() is None:
        raise ValueError("An instant must be aware.")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def to_article_row(article: Article) -> Row:
    """Return the article's row, which holds everything but its revisions."""
    return _record(article) | {
        "source": to_json(article.source),
        "dated_at": to_text(article.dated()),
    }


def to_revision_row(revision: Revision) -> Row:
    """Return the revision's row."""
    return msgspec.structs.asdict(revision) | {"seen_at": to_text(revision.seen_at)}


def to_briefing_row(dossier: Dossier) -> Row:
    """Return the row of the dossier's briefing."""
    made = dossier.briefing
    return {
        "id": made.id,
        "version": made.version,
        "made_at": to_text(made.made_at),
        "content": to_json(made),
    }


def to_source_rows(dossier: Dossier) -> list[Row]:
    """Return a row for each revision in the dossier: what it stands on, less the texts."""
    return [
        {
            "briefing_id": dossier.briefing.id,
            "version": dossier.briefing.version,
            "article_id": article.id,
            "revision": revision.number,
            "position": position,
            "record": msgspec.json.encode(_record(article)).decode(),
        }
        for position, article in enumerate(dossier.articles)
        for revision in article.revisions
    ]


def to_articles(rows: Iterable[RowMapping], revisions: Iterable[RowMapping]) -> tuple[Article, ...]:
    """Return the articles of the rows, in their order, each with its revisions.

    Raises:
        ArchiveError: a row is damaged; it names the article.
    """
    texts = _by_article(revisions)
    return tuple(_to_article(row["id"], row, texts.get(row["id"], [])) for row in rows)


def to_dossier(
    row: RowMapping, sources: Iterable[RowMapping], revisions: Iterable[RowMapping]
) -> Dossier:
    """Return the dossier put together from the rows of its briefing, records and texts.

    `sources` come in the order of the dossier, `revisions` in that of their numbers.

    Raises:
        ArchiveError: a row is damaged; it names the briefing.
    """
    records = {row["article_id"]: row["record"] for row in sources}
    texts = _by_article(revisions)
    try:
        return msgspec.convert(
            {
                "briefing": msgspec.json.decode(row["content"]),
                "articles": [
                    msgspec.json.decode(record) | {"revisions": texts.get(article_id, [])}
                    for article_id, record in records.items()
                ],
            },
            Dossier,
        )
    except (msgspec.DecodeError, TypeError) as error:
        raise ArchiveError(
            f"The stored briefing {row['id']}, version {row['version']}, is damaged ({error}); "
            "put back a copy of the archive."
        ) from error


def _to_article(article_id: str, row: RowMapping, revisions: list[Row]) -> Article:
    record = _plain(row)
    del record["dated_at"]
    try:
        record |= {"source": msgspec.json.decode(row["source"]), "revisions": revisions}
        return msgspec.convert(record, Article)
    except (msgspec.DecodeError, TypeError) as error:
        raise ArchiveError(
            f"The stored article {article_id} is damaged ({error}); put back a copy of the archive."
        ) from error


def _record(article: Article) -> Row:
    """Return what is known of the article apart from its texts."""
    record = msgspec.structs.asdict(article)
    del record["revisions"]
    return {
        name: to_text(value) if isinstance(value, datetime) else value
        for name, value in record.items()
    }


def _by_article(revisions: Iterable[RowMapping]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in revisions:
        found.setdefault(row["article_id"], []).append(_plain(row))
    return found


def _plain(row: RowMapping) -> Row:
    """Return the row under plain names; SQLAlchemy's are a kind of `str` that msgspec refuses."""
    return {str(name): value for name, value in row.items()}
