"""Turns values into rows and rows back into values, which checks them again."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import RowMapping

from bot.errors import ArchiveError
from bot.news import Article, Dossier, Revision, Span, Value, to_json

Row = dict[str, Any]
V = TypeVar("V", bound=Value)

LISTS = ("carriers", "categories")
"""Columns of an article that hold a JSON list, and null for none."""


def to_text(instant: datetime) -> str:
    """Return the instant as UTC text of one width, which sorts as the instants follow each other.

    Raises:
        ValueError: the instant is not aware.
    """
    if instant.utcoffset() is None:
        raise ValueError("An instant must be aware.")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def to_row(value: Value) -> Row:
    """Return the row of a value: instants as text, values inside it as JSON."""
    return {
        name: to_json(part) if isinstance(part, Value) else part
        for name, part in _record(value).items()
    }


def to_value(row: RowMapping, kind: type[V], name: str, *, json: Collection[str] = ()) -> V:
    """Return the value of a row, `json` being its columns of JSON; other columns are left out.

    Raises:
        ArchiveError: the row is damaged; the sentence calls it by the `name`.
    """
    record = {column: row[column] for column in kind.__struct_fields__}
    with damage_named(name):
        record |= {column: msgspec.json.decode(row[column]) for column in json}
        return msgspec.convert(record, kind)


def to_article_row(article: Article) -> Row:
    """Return the article's row, which holds everything but its revisions."""
    return _article_record(article) | {
        "source": to_json(article.source),
        "wire": to_json(article.wire) if article.wire else None,
        "dated_at": to_text(article.dated()),
        "carriers": _list(article.carriers),
        "categories": _list(article.categories),
    }


def to_revision_row(revision: Revision) -> Row:
    """Return the revision's row.

    Raises:
        ValueError: words of it are redacted; the archive keeps texts as they were read.
    """
    if revision.redacted:
        raise ValueError(f"A redacted text of article {revision.article_id} is not to be stored.")
    record = msgspec.structs.asdict(revision)
    del record["redacted"]
    return record | {"seen_at": to_text(revision.seen_at)}


def to_revision(row: RowMapping) -> Revision:
    """Return the revision of a row.

    Raises:
        ArchiveError: the row is damaged; it names the article.
    """
    with damage_named(f"revision {row['number']} of article {row['article_id']}"):
        return msgspec.convert(_revision_record(row), Revision)


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
            "record": msgspec.json.encode(_article_record(article)).decode(),
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
    with damage_named(f"briefing {row['id']}, version {row['version']},"):
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


def _to_article(article_id: str, row: RowMapping, revisions: list[Row]) -> Article:
    record = _plain(row)
    del record["dated_at"]
    with damage_named(f"article {article_id}"):
        wire = msgspec.json.decode(row["wire"]) if row["wire"] else None
        source = msgspec.json.decode(row["source"])
        lists = {name: msgspec.json.decode(row[name] or b"[]") for name in LISTS}
        record |= lists | {"source": source, "wire": wire, "revisions": revisions}
        return msgspec.convert(record, Article)


@contextmanager
def damage_named(name: str) -> Iterator[None]:
    """Turn what a decoder says of a row into an `ArchiveError` that names it."""
    try:
        yield
    except (msgspec.DecodeError, TypeError) as error:
        raise ArchiveError(
            f"The stored {name} is damaged ({error}); put back a copy of the archive."
        ) from error


def _list(values: Sequence[object]) -> str | None:
    return msgspec.json.encode(values).decode() if values else None


def _article_record(article: Article) -> Row:
    """Return what is known of the article apart from its texts."""
    record = _record(article)
    del record["revisions"]
    return record


def _record(value: Value) -> Row:
    return {
        name: to_text(part) if isinstance(part, datetime) else part
        for name, part in msgspec.structs.asdict(value).items()
    }


def _by_article(revisions: Iterable[RowMapping]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in revisions:
        found.setdefault(row["article_id"], []).append(_revision_record(row))
    return found


def _revision_record(row: RowMapping) -> Row:
    """Return the row as a record; a text that was purged is nothing but blanks."""
    record = _plain(row)
    if record.pop("purged_at"):
        this = (record["article_id"], record["number"])
        record["redacted"] = [
            dict(zip(Span.__struct_fields__, (*this, field, 0, len(record[field])), strict=True))
            for field in ("title", "body")
            if record[field]
        ]
    return record


def _plain(row: RowMapping) -> Row:
    """Return the row under plain names; SQLAlchemy's are a kind of `str` that msgspec refuses."""
    return {str(name): value for name, value in row.items()}
