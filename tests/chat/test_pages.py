"""Answers in pages: nothing lost, limits kept, turned in place, also after a restart."""

import discord
import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st
from simcord.results import InteractionResult

from bot.cards import Bullets, Card, Run
from bot.chat.pages import (
    MAX_KEY,
    MAX_PAGE_UNITS,
    Kind,
    Listing,
    PageButton,
    PagePress,
    Part,
    bind,
    page_view,
)
from bot.chat.parts import Parts
from bot.chat.replies import AnyInteraction, acknowledge
from bot.delivery.chat_text import units
from bot.delivery.compact import MAX_COMPONENTS, MAX_UNITS
from tests.chat.rooms import Room, a_room, text_of

LINES = tuple((Run(f"Line {number} of a long list. " * 8),) for number in range(60))


async def long_list(_: Parts, __: AnyInteraction, key: str) -> Listing:
    return Listing.of(Card((Bullets(((Run(f"About {key}"),), *LINES)),)))


def said(result: InteractionResult) -> str:
    assert result.response
    return text_of(result.response.message)


async def ask(room: Room) -> InteractionResult:
    """Have a command that answers in pages, and call it."""
    client = room.client
    client.pages.add("long", Kind("brief", long_list))

    @client.tree.command(name="long", description="A long list")
    async def long(interaction: discord.Interaction) -> None:
        await acknowledge(interaction)
        await client.pages.show(interaction, "long", "ferries: all")

    await client.tree.sync()
    return await room.editor.slash(room.channel, "long")


async def test_a_long_answer_is_turned_in_place() -> None:
    async with a_room() as room:
        result = await ask(room)
        assert result.ephemeral
        assert "About ferries: all" in said(result)
        assert "-# Page 1 of 4" in said(result)
        assert result.response

        turned = await room.editor.click(
            result.response.message, custom_id="n:turn:long:2:ferries: all"
        )

        assert turned.acknowledged
        assert "-# Page 2 of 4" in said(result)
        assert len(room.channel.history()) == 0


@given(
    st.lists(st.tuples(st.text("ab c", min_size=1, max_size=2900), st.booleans()), max_size=30),
    st.integers(0, 8),
)
def test_pages_keep_every_part_and_every_limit(parts: list[tuple[str, bool]], below: int) -> None:
    listing = Listing(
        [
            Part(text, a_button(f"beside{n}") if has_button else None)
            for n, (text, has_button) in enumerate(parts)
        ],
        [a_button(f"below{n}") for n in range(below)],
    )

    bound = bind(listing)

    assert [part for page in bound for part in page] == list(listing.parts)
    for number, page in enumerate(bound, start=1):
        view = page_view(listing, "long", "k" * MAX_KEY, number)
        assert sum(units(part.text) for part in page) <= MAX_PAGE_UNITS
        assert view.content_length() <= MAX_UNITS
        assert view.total_children_count <= MAX_COMPONENTS
        ids = [i.custom_id for i in view.walk_children() if isinstance(i, ui.Button)]
        assert len(set(ids)) == len(ids)
        assert all(len(custom_id or "") <= 100 for custom_id in ids)


def a_button(key: str) -> PageButton:
    return PageButton(PagePress("show", "long", 1, key), "Open")


def test_a_page_that_is_gone_is_the_last_one() -> None:
    view = page_view(Listing([Part("one"), Part("two")]), "long", "k", 9)
    assert view.content_length() == len("onetwo")


def test_an_id_that_would_not_fit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no id of a page"):
        _ = PagePress("show", "long", 1, "k" * (MAX_KEY + 1)).custom_id
