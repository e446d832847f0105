"""Long answers that one member sees, in pages that are derived from the store at every press.

The id of a button says what the answer is (its kind and its key) and which page is meant. Nothing
is kept in memory: the buttons work after a restart, and what was withdrawn since is on no page.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, Self, cast

import discord
from discord import ui

from bot.cards import Card
from bot.chat.door import Door
from bot.chat.parts import Parts
from bot.chat.replies import AnyInteraction, acknowledge, explain, reply
from bot.chat.texts import pages as texts
from bot.delivery.chat_text import units
from bot.delivery.compact import MAX_COMPONENTS, card_texts
from bot.errors import UnknownError

How = Literal["show", "turn"]
"""Whether a press is answered with a message of its own, or in the message that was pressed."""

MAX_KEY: Final = 72
"""Characters of a key, so that an id has no more than 100."""
PAGE_ID: Final = re.compile(
    rf"n:(?P<how>show|turn):(?P<kind>[a-z]{{1,12}}):(?P<number>[0-9]{{1,3}}):(?P<key>.{{0,{MAX_KEY}}})"
)
"""At most 96 characters. Source of the limit, 100: Discord API, "Component Reference"."""
MAX_PAGE_UNITS: Final = 3000
"""Units of a page's own text: three screens of a phone, and room for the page's number."""
FRAME_COMPONENTS: Final = 5
"""The container; the page's number; the row that turns the pages, with its two buttons."""
SECTION_COMPONENTS: Final = 4
"""A line, a section, its text and its button."""
MAX_IN_ROW: Final = 5
"""Buttons of a row. Source: Discord API, "Component Reference", "Action Row"."""


@dataclass(frozen=True)
class Part:
    """A text of at most `MAX_PAGE_UNITS`, with a button beside it if there is one."""

    text: str
    button: ui.Button[Any] | ui.DynamicItem[Any] | None = None


@dataclass(frozen=True)
class Listing:
    """An answer: its parts in order, and the buttons that stand below each of its pages."""

    parts: Sequence[Part]
    below: Sequence[ui.Item[Any]] = ()

    @classmethod
    def of(cls, card: Card, below: Sequence[ui.Item[Any]] = ()) -> Self:
        """Return the card as an answer."""
        return cls(tuple(map(Part, card_texts(card))), below)


Derive = Callable[[Parts, AnyInteraction, str], Awaitable[Listing]]
"""From the newsroom's parts, who asks, and a key to the answer as the store has it now."""


@dataclass(frozen=True)
class Kind:
    """A kind of answer: what of `RIGHTS` it takes to see it, and how it is derived."""

    right: str
    derive: Derive


@dataclass(frozen=True)
class PagePress:
    """What a button of `PageButton` stands for; pages are counted from 1."""

    how: How
    kind: str
    number: int
    key: str

    @property
    def custom_id(self) -> str:
        """Return the button's id, which `PAGE_ID` reads.

        Raises:
            ValueError: the kind or the key is too long for an id.
        """
        made = f"n:{self.how}:{self.kind}:{self.number}:{self.key}"
        if not PAGE_ID.fullmatch(made):
            raise ValueError(f"{made!r} is no id of a page.")
        return made


class TurnsPages(Protocol):
    """Has the answers in pages; the client does."""

    pages: "Pages"


class PageButton(ui.DynamicItem[ui.Button[Any]], template=PAGE_ID):
    """Shows an answer, or another page of the one that is shown."""

    def __init__(
        self, press: PagePress, label: str | None = None, *, disabled: bool = False
    ) -> None:
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.secondary,
                label=label or texts.ON,
                custom_id=press.custom_id,
                disabled=disabled,
            )
        )
        self.press = press

    @classmethod
    async def from_custom_id(
        cls,
        interaction: AnyInteraction,  # noqa: ARG003 - discord.py's signature
        item: ui.Item[Any],  # noqa: ARG003
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed, from its id."""
        how = cast("How", match["how"])
        return cls(PagePress(how, match["kind"], int(match["number"]), match["key"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Answer with the page that the button means."""
        await cast("TurnsPages", interaction.client).pages.press(interaction, self.press)


class Pages:
    """The kinds of answers that come in pages, behind the `door`."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self._kinds: dict[str, Kind] = {}

    def add(self, name: str, kind: Kind) -> None:
        """Know a kind of answers by its name: at most 12 small letters."""
        self._kinds[name] = kind

    async def show(self, interaction: AnyInteraction, kind: str, key: str, number: int = 1) -> None:
        """Answer an acknowledged interaction with a page, after asking the door.

        Raises:
            RightsError: the member may not see it.
            UnknownError: there is no such kind, or it has no answer for the key.
        """
        known = self._kinds.get(kind)
        if known is None:
            raise UnknownError(texts.GONE)
        parts = await self.door.enter(interaction, known.right)
        listing = await known.derive(parts, interaction, key)
        await reply(interaction, [page_view(listing, kind, key, number)])

    async def press(self, interaction: AnyInteraction, press: PagePress) -> None:
        """Answer a press, to the member alone."""
        try:
            if press.how == "turn":
                await interaction.response.defer()
            else:
                await acknowledge(interaction)
            await self.show(interaction, press.kind, press.key, press.number)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it
            await explain(interaction, error)


def page_view(listing: Listing, kind: str, key: str, number: int = 1) -> ui.LayoutView:
    """Return one page of the answer, the last one if it has fewer by now."""
    bound = bind(listing)
    number = min(max(number, 1), len(bound))
    box = ui.Container[ui.LayoutView]()
    for position, part in enumerate(bound[number - 1]):
        _add(box, part, first=not position)
    for row in _rows(listing.below):
        box.add_item(row)
    if len(bound) > 1:
        box.add_item(ui.TextDisplay(texts.PAGE.format(number=number, of=len(bound))))
        box.add_item(_turning(kind, key, number, len(bound)))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    return view


def bind(listing: Listing) -> tuple[tuple[Part, ...], ...]:
    """Return the parts page by page: as few pages as the limits allow, nothing cut."""
    rows = -(-len(listing.below) // MAX_IN_ROW)
    room = MAX_COMPONENTS - FRAME_COMPONENTS - rows - len(listing.below)
    pages: list[list[Part]] = [[]]
    for part in listing.parts:
        longer = [*pages[-1], part]
        fits = sum(units(p.text) for p in longer) <= MAX_PAGE_UNITS
        if pages[-1] and not (fits and sum(map(_components, longer)) <= room):
            pages.append([part])
        else:
            pages[-1] = longer
    return tuple(map(tuple, pages))


def _components(part: Part) -> int:
    return SECTION_COMPONENTS if part.button else 1


def _add(box: ui.Container[ui.LayoutView], part: Part, *, first: bool) -> None:
    if part.button is None:
        box.add_item(ui.TextDisplay(part.text))
        return
    if not first:
        box.add_item(ui.Separator())
    box.add_item(ui.Section(part.text, accessory=part.button))


def _rows(buttons: Iterable[ui.Item[Any]]) -> Iterator[ui.ActionRow[ui.LayoutView]]:
    left = list(buttons)
    for start in range(0, len(left), MAX_IN_ROW):
        yield ui.ActionRow(*left[start : start + MAX_IN_ROW])


def _turning(kind: str, key: str, number: int, of: int) -> ui.ActionRow[ui.LayoutView]:
    back = PagePress("turn", kind, number - 1, key)
    on = PagePress("turn", kind, number + 1, key)
    turning: list[ui.Item[Any]] = [
        PageButton(back, texts.BACK, disabled=number == 1),
        PageButton(on, texts.ON, disabled=number == of),
    ]
    return ui.ActionRow(*turning)
