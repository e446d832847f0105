"""Loads the sample wire: outlets, feeds and articles as frozen values, at either of its stages."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

import msgspec

from bot.news import Instant

Stage = Literal["before", "after"]
"""The evening of the second day, or the morning of the third: corrected, one item killed."""

EVENING: Final = datetime(2026, 9, 16, 19, tzinfo=UTC)
"""The instant of the stage `before`: a Wednesday; nothing published later is served."""

NOW: Final = datetime(2026, 9, 17, 6, tzinfo=UTC)
"""The instant of the stage `after`: a Thursday."""

REVISED: Final = ".after.md"
FENCE: Final = "+++\n"


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes; `charset` is how its pages are encoded."""

    slug: str
    name: str
    publisher: str
    charset: str


class DeadLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address that a feed lists and nobody can read: missing (404) or a page without words."""

    path: str
    title: str
    published_at: Instant
    missing: bool


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One feed of one outlet; `text` says whether it carries whole articles."""

    slug: str
    outlet: str
    title: str
    path: str
    format: Literal["rss", "atom", "json"]
    text: Literal["full", "teaser"]
    language: str = "en"
    dead: tuple[DeadLink, ...] = ()

    @property
    def folder(self) -> str:
        """The path below which the pages of the feed's articles stand."""
        return self.path.rpartition("/")[0]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One article as it stands in its file.

    `event` names what it reports, `cases` the special cases that the wire's README describes;
    `insert` is a file of raw HTML that stands in its page after the text.
    """

    id: str
    outlet: str
    feed: str
    event: str
    headline: str
    byline: str
    section: str
    published_at: Instant
    summary: str
    cases: tuple[str, ...]
    paragraphs: tuple[str, ...]
    updated_at: Instant | None = None
    embargo: Instant | None = None
    state: Literal["usable", "canceled"] = "usable"
    language: str = "en"
    caption: str = ""
    credit: str = ""
    insert: str = ""

    @property
    def body(self) -> str:
        """The paragraphs, a blank line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def changed_at(self) -> datetime:
        """When it was last changed, or else published."""
        return self.updated_at or self.published_at

    @property
    def is_open(self) -> bool:
        """Whether its page may be read: neither embargoed nor killed."""
        return self.embargo is None and self.state == "usable"


@dataclass(frozen=True)
class Wire:
    """All that the sample wire holds.

    `first` are the articles as first published, `revised` the later versions of some of them, both
    by time of publication; `templates` and `inserts` are HTML by file name.
    """

    outlets: tuple[Outlet, ...]
    feeds: tuple[Feed, ...]
    first: tuple[Item, ...]
    revised: tuple[Item, ...]
    templates: tuple[tuple[str, str], ...]

    def items(self, stage: Stage) -> tuple[Item, ...]:
        """Return the articles of the stage, oldest first, each in the version of that time."""
        if stage == "before":
            return tuple(item for item in self.first if item.published_at <= EVENING)
        newer = {item.id: item for item in self.revised}
        return tuple(newer.get(item.id, item) for item in self.first)

    def outlet(self, slug: str) -> Outlet:
        """Return the outlet.

        Raises:
            ValueError: there is none of that name.
        """
        for outlet in self.outlets:
            if outlet.slug == slug:
                return outlet
        raise ValueError(f"The sample wire has no outlet {slug}.")

    def feed(self, slug: str) -> Feed:
        """Return the feed.

        Raises:
            ValueError: there is none of that name.
        """
        for feed in self.feeds:
            if feed.slug == slug:
                return feed
        raise ValueError(f"The sample wire has no feed {slug}.")

    def template(self, name: str) -> str:
        """Return one HTML file.

        Raises:
            ValueError: there is none of that name.
        """
        for found, text in self.templates:
            if found == name:
                return text
        raise ValueError(f"The sample wire has no page template {name}.")


@cache
def load_wire() -> Wire:
    """Return the sample wire as it lies in the package.

    Raises:
        ValueError: a file of the package data does not read as its README says.
    """
    root = files("bot.demo") / "wire"
    listing = tomllib.loads((root / "outlets.toml").read_text(encoding="utf-8"))
    articles = [f for f in (root / "articles").iterdir() if f.name.endswith(".md")]
    return Wire(
        outlets=msgspec.convert(listing["outlet"], tuple[Outlet, ...]),
        feeds=msgspec.convert(listing["feed"], tuple[Feed, ...]),
        first=_items(f for f in articles if not f.name.endswith(REVISED)),
        revised=_items(f for f in articles if f.name.endswith(REVISED)),
        templates=tuple(
            sorted((f.name, f.read_text(encoding="utf-8")) for f in (root / "pages").iterdir())
        ),
    )


def read_item(name: str, text: str) -> Item:
    """Return the article of one file: a TOML header between two fences, then its paragraphs.

    Raises:
        ValueError: the header is missing or wrong; the message names the file.
    """
    opening, _, rest = text.partition(FENCE)
    header, fence, body = rest.partition(FENCE)
    if opening or not fence:
        raise ValueError(f"{name}: the file does not begin with a header between lines of +++.")
    paragraphs = [block.strip() for block in body.split("\n\n") if block.strip()]
    try:
        return msgspec.convert(tomllib.loads(header) | {"paragraphs": paragraphs}, Item)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{name}: {error}") from error


def _items(found: Iterable[Traversable]) -> tuple[Item, ...]:
    items = (read_item(file.name, file.read_text(encoding="utf-8")) for file in found)
    return tuple(sorted(items, key=lambda item: (item.published_at, item.id)))
