"""Autocompletion from memory: quick, folded, within Discord's limits, without what is held."""

from datetime import timedelta
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.chat.suggestions import (
    MAX_CHOICE_CHARS,
    MAX_CHOICES,
    Suggestions,
    matching,
    shelved,
)
from bot.desk import Desk
from tests.chat.asking import hold
from tests.chat.rooms import NEWS, a_room, page
from tests.fakes import FakeArchive
from tests.laws.desks import NOW, a_desk


def a_snapshot(desk: Desk) -> Suggestions:
    """Return the snapshot of a desk on fakes."""
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    return Suggestions(desk, archive.timetable)


def titles(count: int) -> list[str]:
    """Return headlines as many as those of a busy week."""
    places = ("Ostervik", "Tern Island", "Brandmoor", "Port Aldren", "Åsen")
    return [f"Council of {places[n % 5]} votes on lamp posts, day {n}" for n in range(count)]


def test_five_thousand_stories_are_searched_within_fifty_milliseconds() -> None:
    shelf = shelved((title, f"s{n}", frozenset()) for n, title in enumerate(titles(5_000)))
    for typed in ("", "asen", "council of tern", "day 4999", "nothing like it", "o", "votes lamp"):
        started = perf_counter()
        found = matching(shelf, typed)
        assert perf_counter() - started < 0.05
        assert len(found) <= MAX_CHOICES
    assert [one.value for one in matching(shelf, "ASEN day 4999")] == ["s4999"]


def test_names_that_begin_so_come_before_those_that_have_it_inside() -> None:
    names = ["Mainland ferry", "The land grab", "Landing strip", "Ireland"]
    shelf = shelved((name, name, frozenset()) for name in names)

    assert [one.shown for one in matching(shelf, "land")] == [
        "Landing strip",
        "The land grab",
        "Mainland ferry",
        "Ireland",
    ]


@given(
    st.lists(st.text(max_size=140), max_size=60),
    st.text(max_size=20),
)
def test_choices_are_always_such_that_discord_takes_them(names: list[str], typed: str) -> None:
    shelf = shelved((name, f"v{n}", frozenset[str]()) for n, name in enumerate(names))
    shown = [one.shown for one in matching(shelf, typed)]

    assert len(shown) <= MAX_CHOICES
    assert all(1 <= len(name) <= MAX_CHOICE_CHARS for name in shown)
    assert len(set(shown)) == len(shown)


async def test_a_snapshot_has_stories_speakers_sources_and_is_made_only_when_needed() -> None:
    desk = a_desk(NEWS)
    known = a_snapshot(desk)
    desk.tools.listeners.append(known.note)
    assert await known.refresh(now=NOW)
    assert [*known.stories] == []

    await desk.read_sources(now=NOW)
    assert await known.refresh(now=NOW)
    assert not await known.refresh(now=NOW)

    assert {one.shown for one in known.stories} == {
        "Harbour crane stands still until Friday",
        "New library for Ostervik school",
    }
    assert {one.shown for one in known.speakers} == {"Mira Tolland", "Jonas Hale"}
    assert {one.value for one in known.sources} == {*NEWS}


async def test_what_is_held_is_suggested_no_more_before_anything_is_read_anew() -> None:
    desk = a_desk(NEWS)
    known = a_snapshot(desk)
    await desk.read_sources(now=NOW)
    await known.refresh(now=NOW)
    (crane,) = [
        article
        for article in await desk.tools.archive.articles_since(NOW - timedelta(days=3))
        if article.outlet == "Harbour Courier"
    ]

    known.note([replace(crane, withdrawn="killed")], now=NOW)

    assert [one.shown for one in known.stories] == ["New library for Ostervik school"]
    assert [one.shown for one in known.speakers] == ["Jonas Hale"]


async def test_embargoed_and_killed_texts_are_never_in_a_snapshot() -> None:
    desk = a_desk(NEWS)
    known = a_snapshot(desk)
    await desk.read_sources(now=NOW)
    await hold(desk.tools.archive, "Harbour", until=NOW + timedelta(hours=3))
    await hold(desk.tools.archive, "Sound")

    await known.refresh(now=NOW)

    assert known.stories == ()
    assert known.speakers == ()


async def test_a_speaker_of_several_articles_stays_while_one_of_them_may_be_shown() -> None:
    said = ("“The hull of the barge needs new plates,” said Mira Tolland, of the ferry line. " * 2,)
    desk = a_desk(
        {
            **NEWS,
            "https://third.example/a": page("Ferry line of Tern Island buys plates", said, "Third"),
        }
    )
    known = a_snapshot(desk)
    await desk.read_sources(now=NOW)
    await known.refresh(now=NOW)
    ids = sorted(next(one for one in known.speakers if one.value == "Mira Tolland").article_ids)
    assert len(ids) == 2

    known.drop(ids[:1])
    assert "Mira Tolland" in {one.value for one in known.speakers}
    known.drop(ids[1:])
    assert "Mira Tolland" not in {one.value for one in known.speakers}


async def test_a_reader_is_not_told_what_only_editors_may_see() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "schedule add", at="07:00")
        reader = room.guild.add_member(room.env.create_user("sten"))
        for command in await room.client.tree.fetch_commands():
            room.guild.set_command_permissions(command, {reader: True})

        found = await reader.autocomplete(room.channel, "schedule remove", "schedule", "")

        assert found == []
        assert (
            len(await room.editor.autocomplete(room.channel, "schedule run", "schedule", "")) == 1
        )
