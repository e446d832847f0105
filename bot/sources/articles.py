"""From items to articles: their ids, and the revisions that they get."""

from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.news import Article, Revision, Source
from bot.ports import Item
from bot.sources.links import canonical, host_of
from bot.text import clean, squeeze

ID_CHARS: Final = 12
"""Characters of an id after its "a": 60 bits, so a billion articles share none by chance."""


def article_id(source: Source, item: Item) -> str:
    """Return the id of the article that the item is, the same whenever it is read again.

    It comes from the item's guid, else from its address, else from its text. Guids and a feed's
    addresses count only inside their source: no source can write into another's article. The files
    of a wire that lie in one folder are one source.
    """
    if item.guid:
        key: tuple[str, ...] = ("guid", _scope(source), item.guid)
    elif canonical(item.address):
        scope = source.address if source.kind == "feed" else ""
        key = ("address", scope, canonical(item.address))
    else:
        key = ("text", source.address, item.title, item.body)
    hashed = sha256("\0".join(key).encode(errors="replace")).digest()
    return "a" + b32encode(hashed).decode("ascii").lower()[:ID_CHARS]


def revise(article: Article | None, item: Item, source: Source, *, now: datetime) -> Article:
    """Return the article as the item says that it is now; `None` makes a new one.

    A changed title or body adds a revision, and no stored revision is touched. State and metadata
    follow the item, and what the item does not say of its metadata stays. An item of a lower
    version than the article's, or that its source updated before the article's last update, is an
    old copy, and changes nothing. What a wire has taken back stays so until something newer comes.
    """
    if article is None:
        return _article(article_id(source, item), (), item, source, now=now)
    if _is_old(item, article):
        return article
    return _article(article.id, article.revisions, item, source, now=now, before=article)


def _scope(source: Source) -> str:
    is_file = source.kind == "wire" and not host_of(source.address)
    return source.address.rpartition("/")[0] if is_file else source.address


def _is_old(item: Item, article: Article) -> bool:
    mine = item.wire.version if item.wire else 0
    stored = article.wire.version if article.wire else 0
    if mine and stored and mine != stored:
        return mine < stored
    if item.updated_at and article.updated_at and item.updated_at != article.updated_at:
        return item.updated_at < article.updated_at
    # nothing tells which is newer: what was taken back stays so
    return bool(item.wire and article.withdrawn and not item.withdrawn)


def _article(
    id_: str,
    revisions: tuple[Revision, ...],
    item: Item,
    source: Source,
    *,
    now: datetime,
    before: Article | None = None,
) -> Article:
    return Article(
        id_,
        source,
        _revisions(id_, revisions, item, now),
        canonical(item.address) or (before.address if before else ""),
        squeeze(clean(item.byline)) or (before.byline if before else ""),
        item.language or (before.language if before else ""),
        item.published_at or (before.published_at if before else None),
        item.updated_at or (before.updated_at if before else None),
        item.embargoed_until,
        item.withdrawn,
        item.wire or (before.wire if before else None),
    )


def _revisions(
    id_: str, stored: tuple[Revision, ...], item: Item, now: datetime
) -> tuple[Revision, ...]:
    title, body = squeeze(clean(item.title)), clean(item.body)
    latest = stored[-1] if stored else None
    if latest and (latest.title, latest.body) == (title, body):
        return stored
    if latest and not title and not body:
        # a kill or a hold may come without the text
        return stored
    number = latest.number + 1 if latest else 1
    return (*stored, Revision.of(id_, number, title, body, seen_at=now))
