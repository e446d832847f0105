"""From items to articles: the revisions that they get, and their state."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Literal

from msgspec.structs import replace

from bot.news import Article, Carrier, Revision, Source, digest
from bot.ports import Item
from bot.ports.sightings import Sighting
from bot.sources.carriers import carriers_of, find_carrier, put, said, strictest, with_page
from bot.sources.identity import (
    address_of,
    article_id,
    carrier_of,
    is_same,
    keys_of,
    second_id,
)
from bot.sources.truncation import is_beginning, is_shrunk
from bot.text import clean, squeeze

Age = Literal["new", "old", "out of order"]
IsNotice = Callable[[str], bool]
"""Tells whether a text says of itself that its article was corrected or taken back."""


def no_notice(_: str) -> bool:
    """Take no text for a notice."""
    return False


def sight(
    item: Item, source: Source, *, now: datetime, is_notice: IsNotice = no_notice
) -> Sighting:
    """Return the item as an archive takes it: by its keys, and with what `revise` makes of it."""

    def revised(article: Article | None, id_: str, again: bool) -> Article:  # noqa: FBT001
        return revise(article, item, source, now=now, new_id=id_, again=again, is_notice=is_notice)

    return Sighting(
        keys_of(source, item),
        (article_id(source, item), second_id(source, item)),
        carrier_of(source),
        partial(_is_same, item),
        revised,
        everywhere=item.withdrawn == "killed",
    )


def _is_same(item: Item, article: Article, key: str) -> bool:
    return is_same(article, item, key)


def revise(  # noqa: PLR0913 - the two that matter are positional, the rest have defaults
    article: Article | None,
    item: Item,
    source: Source,
    *,
    now: datetime,
    new_id: str = "",
    again: bool = False,
    is_notice: IsNotice = no_notice,
) -> Article:
    """Return the article as the item says that it is now; `None` makes a new one.

    A source that changes its title or body adds a revision, and no stored revision is touched. What
    a source gives for the first time of an article that is known already is another dress of it,
    and no revision, unless what is stored is but a part of it. A body that is cut short by more
    than 40 % changes nothing if it is a teaser or the beginning of the stored one, and no notice.

    The state is the strictest that any of its sources gives. Metadata follow the article's own
    source; others fill in what it leaves out. An item of a lower version than the article's, or a
    text of earlier that its source dates before its last update, is an old copy and changes nothing
    (`again`: so does one that is not clearly newer). What a wire has taken back stays so until
    something newer comes.
    """
    if article is None:
        return _new(new_id or article_id(source, item), item, source, now)
    mine = find_carrier(article, carrier_of(source))
    age = _age(item, article, mine, again=again)
    if age == "old":
        return article
    carrier, title, body = _told(article, mine, item, carrier_of(source), is_notice)
    if age == "out of order" and mine:
        # an old copy may make the state stricter, and never looser
        embargoed_until, withdrawn = strictest((carrier, mine))
        carrier = replace(carrier, embargoed_until=embargoed_until, withdrawn=withdrawn)
    carriers = with_page(put(carriers_of(article), carrier), item)
    told = replace(article, revisions=_revisions(article, title, body, now))
    return _record(told, carriers, item, source)


def _new(id_: str, item: Item, source: Source, now: datetime) -> Article:
    title, body = squeeze(clean(item.title)), clean(item.body)
    carrier = said(item, carrier_of(source), digest(title), digest(body))
    return Article(
        id_,
        source,
        (Revision.of(id_, 1, title, body, seen_at=now),),
        **_facts(item),
        embargoed_until=item.embargoed_until,
        withdrawn=item.withdrawn,
        carriers=with_page((carrier,), item),
        liveblog=item.liveblog,
    )


def _record(article: Article, carriers: tuple[Carrier, ...], item: Item, source: Source) -> Article:
    """Return the article with the state and the metadata that follow from the item."""
    own = carrier_of(source) == carrier_of(article.source)
    known = {name: getattr(article, name) for name in _facts(item)}
    first, then = (_facts(item), known) if own else (known, _facts(item))
    embargoed_until, withdrawn = strictest(carriers)
    return replace(
        article,
        source=source if own else article.source,
        **{name: first[name] or then[name] for name in first},
        embargoed_until=embargoed_until,
        withdrawn=withdrawn,
        carriers=carriers,
        liveblog=item.liveblog or article.liveblog,
    )


def _facts(item: Item) -> dict[str, Any]:
    return {
        "address": address_of(item),
        "byline": squeeze(clean(item.byline)),
        "language": item.language,
        "published_at": item.published_at,
        "updated_at": item.updated_at,
        "wire": item.wire,
        "categories": item.categories,
    }


def _revisions(article: Article, title: str, body: str, now: datetime) -> tuple[Revision, ...]:
    latest = article.latest
    if (latest.title, latest.body) == (title, body):
        return article.revisions
    new = Revision.of(article.id, latest.number + 1, title, body, seen_at=now)
    return (*article.revisions, new)


def _told(  # noqa: PLR0917 - what is said, by whom, of what
    article: Article, mine: Carrier | None, item: Item, name: str, is_notice: IsNotice
) -> tuple[Carrier, str, str]:
    """Return what the source says now, and the title and body that the article then has."""
    latest = article.latest
    title, body = squeeze(clean(item.title)), clean(item.body)
    if not title and not body:
        # a kill or a hold may come without the text
        kept = mine or said(item, name, latest.title_sha256, latest.body_sha256)
        return (
            said(item, name, kept.title_sha256, kept.body_sha256),
            latest.title,
            latest.body,
        )
    cut = _is_cut(item, body, latest.body, is_notice)
    known_body = mine.body_sha256 if mine and cut else digest(body)
    carrier = said(item, name, digest(title), known_body)
    if mine is None:
        fuller = is_shrunk(latest.body, body) or not latest.body
        return carrier, latest.title or title, body if fuller else latest.body
    same_title, same_body = digest(title) == mine.title_sha256, digest(body) == mine.body_sha256
    return (
        carrier,
        latest.title if same_title else title,
        latest.body if same_body or cut else body,
    )


def _is_cut(item: Item, body: str, stored: str, is_notice: IsNotice) -> bool:
    if not is_shrunk(body, stored) or is_notice(f"{item.title}\n\n{body}"):
        return False
    return item.teaser or is_beginning(body, stored)


def _age(item: Item, article: Article, mine: Carrier | None, *, again: bool) -> Age:
    """Return how what the item says stands to what its source said before."""
    ours, theirs = (facts.version if facts else 0 for facts in (item.wire, article.wire))
    if ours and theirs and ours != theirs:
        return "old" if ours < theirs else "new"
    before = mine.updated_at if mine else None
    if item.updated_at and before and item.updated_at != before:
        if item.updated_at > before:
            return "new"
        return "old" if item.wire or _is_known(item, article) else "out of order"
    if again:
        return "new" if item.withdrawn and not article.withdrawn else "old"
    # nothing tells which is newer: what was taken back stays so
    return "old" if item.wire and article.withdrawn and not item.withdrawn else "new"


def _is_known(item: Item, article: Article) -> bool:
    text = squeeze(clean(item.title)), clean(item.body)
    return not any(text) or any((r.title, r.body) == text for r in article.revisions)
