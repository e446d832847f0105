"""What each source that carries an article last said of it, and what follows from that."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from bot.news import Article, Carrier, Withdrawal
from bot.ports import Item
from bot.sources.identity import carrier_of
from bot.sources.links import canonical

SEVERITY: Final[tuple[Withdrawal | None, ...]] = (None, "withheld", "killed")


def find_carrier(article: Article, name: str) -> Carrier | None:
    """Return what the source of that name last said of the article."""
    return next((carrier for carrier in carriers_of(article) if carrier.address == name), None)


def carriers_of(article: Article) -> tuple[Carrier, ...]:
    """Return the article's carriers; one that was stored before they were has its source."""
    if article.carriers:
        return article.carriers
    return (
        Carrier(
            carrier_of(article.source),
            article.latest.title_sha256,
            article.latest.body_sha256,
            article.updated_at,
            article.embargoed_until,
            article.withdrawn,
        ),
    )


def said(item: Item, name: str, title_sha256: str, body_sha256: str) -> Carrier:
    """Return what the item says, under the name of its source."""
    return Carrier(
        name, title_sha256, body_sha256, item.updated_at, item.embargoed_until, item.withdrawn
    )


def with_page(carriers: tuple[Carrier, ...], item: Item) -> tuple[Carrier, ...]:
    """Add the page that completed the item, so that reading it again shows what changed on it."""
    address = canonical(item.address)
    if item.completed_from is None or not address or address == carriers[0].address:
        return carriers
    page = Carrier(address, *item.completed_from)
    known = next((carrier for carrier in carriers if carrier.address == address), page)
    title, body = item.completed_from
    return put(carriers, replace(known, title_sha256=title, body_sha256=body))


def put(carriers: Iterable[Carrier], new: Carrier) -> tuple[Carrier, ...]:
    """Return the carriers with the new one in place of what it said before, or behind them."""
    by_address = {carrier.address: carrier for carrier in carriers}
    return tuple((by_address | {new.address: new}).values())


def strictest(carriers: Iterable[Carrier]) -> tuple[datetime | None, Withdrawal | None]:
    """Return the latest end of an embargo and the gravest withdrawal among them."""
    states = tuple(carriers)
    embargoes = [c.embargoed_until for c in states if c.embargoed_until]
    return max(embargoes, default=None), max((c.withdrawn for c in states), key=SEVERITY.index)
