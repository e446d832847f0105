"""Puts the whole sample wire of one stage under its paths: what the loopback server answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from bot.demo.feeds import item_path, render_feed
from bot.demo.pages import UNREADABLE, render_page
from bot.demo.wire import Feed, Item, Stage, Wire

FEED_TYPES: Final = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
"""Media types. Sources: RFC 4287 for Atom, JSON Feed 1.1, custom for RSS."""


@dataclass(frozen=True)
class Answer:
    """What stands at one path; an answer that is not 200 says only why."""

    content: bytes
    media_type: str
    charset: str
    changed_at: datetime
    status: HTTPStatus = HTTPStatus.OK


def publish(wire: Wire, stage: Stage, base_url: str) -> dict[str, Answer]:
    """Return everything that the stage serves, by path; pure.

    `base_url` has no slash at its end. The page of an embargoed item answers 403, that of a killed
    one 410: their text, as far as it may be had, stands in their feeds alone.
    """
    items = wire.items(stage)
    answers: dict[str, Answer] = {}
    for feed in wire.feeds:
        answers.update(_of_feed(wire, feed, items, base_url))
    return answers


def _of_feed(
    wire: Wire, feed: Feed, items: tuple[Item, ...], base_url: str
) -> Iterator[tuple[str, Answer]]:
    own = [item for item in items if item.feed == feed.slug]
    content = render_feed(feed, wire.outlet(feed.outlet), own, base_url)
    changed_at = max(item.changed_at for item in own)
    yield feed.path, Answer(content, FEED_TYPES[feed.format], "utf-8", changed_at)
    for item in own:
        yield item_path(feed, item), _page(wire, item, own, base_url)
    for link in feed.dead:
        if not link.missing:
            page = Answer(UNREADABLE.encode(), "text/html", "utf-8", link.published_at)
            yield link.path, page


def _page(wire: Wire, item: Item, own: list[Item], base_url: str) -> Answer:
    if item.state == "canceled":
        return _refusal(HTTPStatus.GONE, item)
    if item.embargo is not None:
        return _refusal(HTTPStatus.FORBIDDEN, item)
    content = render_page(wire, item, own, base_url)
    return Answer(content, "text/html", wire.outlet(item.outlet).charset, item.changed_at)


def _refusal(status: HTTPStatus, item: Item) -> Answer:
    return Answer(f"{status.phrase}\n".encode(), "text/plain", "utf-8", item.changed_at, status)
