"""Listing, pausing, resuming and removing, on the fake list and on SQLite."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.console.source_commands import sources
from bot.delivery.plain import to_plain
from bot.errors import SubscriptionError, UnknownError
from bot.news import PollState, Subscription
from bot.source_desk import SourceDesk, listing, pause, remove, resume
from bot.source_desk.cards import listing_card, paused_card, removed_card, resumed_card
from bot.source_desk.keeping import adding_line
from tests.source_desk.desks import FEED, NOW, OTHER, a_source_desk

COURIER = Subscription(FEED, NOW, "Harbour Courier", "Press", "Coast")
SPORT = Subscription(OTHER, NOW, "Courier Sport")
texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@pytest.fixture
async def kept(desk: SourceDesk) -> SourceDesk:
    await desk.subscriptions.add_subscriptions([COURIER, SPORT])
    return desk


async def listed(desk: SourceDesk) -> list[Subscription]:
    return list((await listing(desk.subscriptions)).shown)


async def test_sources_are_listed_in_their_order_or_by_what_they_are_called(
    kept: SourceDesk,
) -> None:
    assert await listed(kept) == [COURIER, SPORT]
    found = await listing(kept.subscriptions, "COAST courier")
    assert found.shown == (COURIER,)
    assert to_plain(listing_card(found, now=NOW)).startswith("1 of 2 sources: COAST courier\n")


@pytest.mark.parametrize("name", [FEED, f"{FEED}#x", "harbour courier", "harbour", "feed.xml"])
async def test_a_source_is_meant_by_address_outlet_or_a_part_of_either(
    kept: SourceDesk, name: str
) -> None:
    assert await pause(kept, name) == COURIER
    assert [one.paused for one in await listed(kept)] == [True, False]


async def test_a_name_that_could_be_several_changes_nothing_and_names_them(
    kept: SourceDesk,
) -> None:
    for ask in (pause, resume, remove):
        with pytest.raises(UnknownError, match="could be 2 sources") as caught:
            await ask(kept, "courier")
        assert FEED in str(caught.value)
        assert OTHER in str(caught.value)
    assert await listed(kept) == [COURIER, SPORT]


@pytest.mark.parametrize("name", ["", " ", "nobody", "\x1b[2J" * 1_000])
async def test_a_name_that_nobody_has_is_said_to_be_unknown(kept: SourceDesk, name: str) -> None:
    with pytest.raises(UnknownError, match="No source is called") as caught:
        await remove(kept, name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


async def test_a_paused_source_is_resumed_and_so_is_one_that_was_gone(kept: SourceDesk) -> None:
    paused = await pause(kept, FEED)
    assert "sources resume" in to_plain(paused_card(paused))
    await kept.subscriptions.save_polls({FEED: PollState(gone=True, checked_at=NOW)})
    before = await resume(kept, FEED)

    assert "is read again" in to_plain(resumed_card(before))
    assert all(one.is_read for one in await listed(kept))


async def test_the_settings_sources_are_not_removed_and_not_resumed_against_them(
    desk: SourceDesk,
) -> None:
    await desk.subscriptions.configure([replace(COURIER, configured=True, paused_in_settings=True)])
    with pytest.raises(SubscriptionError, match="listed in the settings"):
        await remove(desk, FEED)
    with pytest.raises(SubscriptionError, match="paused in the settings"):
        await resume(desk, FEED)


def test_who_pauses_what_the_settings_pause_is_told_of_both() -> None:
    both = Subscription(FEED, NOW, configured=True, paused_in_settings=True)
    text = to_plain(paused_card(both))

    assert "The settings pause it too" in text
    assert "sources resume" not in text  # which would be refused


async def test_what_is_removed_is_forgotten_and_the_undo_is_printed_whole(
    kept: SourceDesk,
) -> None:
    card = to_plain(removed_card(await remove(kept, FEED), program="nutgraf"))

    assert await listed(kept) == [SPORT]
    assert card.splitlines()[-1] == (
        "nutgraf sources add --as-is '--outlet=Harbour Courier' --publisher=Press "
        f"--folder=Coast {FEED}"
    )


sources_of_editors = st.builds(
    Subscription,
    st.text("abc/.:-?&=%' \"$`", min_size=1, max_size=20).map(
        lambda path: f"https://courier.example/{path}".rstrip()
    ),
    st.just(NOW),
    texts,
    texts,
    texts,
    urgent=st.booleans(),
    paused=st.booleans(),
)


@given(sources_of_editors)
async def test_what_is_printed_after_a_removal_adds_the_very_source_again(
    source: Subscription,
) -> None:
    desk = a_source_desk({}, [source])
    line = adding_line(await remove(desk, source.address))
    question = sources.main(shlex.split(line)[1:], standalone_mode=False)
    await question(desk, NOW)

    assert await listed(desk) == [source]


async def test_no_sources_say_how_to_add_one(desk: SourceDesk) -> None:
    said = to_plain(listing_card(await listing(desk.subscriptions), now=NOW))
    assert "`sources add ADDRESS`" in said
