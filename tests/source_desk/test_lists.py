"""Lists in and out, on the fake list and on SQLite."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.delivery.plain import to_plain
from bot.errors import SourceError
from bot.news import Subscription
from bot.source_desk import SourceDesk, export_opml, import_opml
from bot.source_desk.cards import imported_card
from bot.source_desk.lists import AT_ONCE
from tests.source_desk.desks import FEED, NOW, OTHER, a_source_desk

Served = Callable[..., SourceDesk]
FULL = Subscription(
    FEED, NOW, "Courier <&> “Sons”", "Pr\u00e9sse & Co", "Coast/Harbours", urgent=True, paused=True
)


def a_list(*outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def an_outline(address: str, name: str = "") -> str:
    return f"<outline type='rss' text='{name}' xmlUrl='{address}'/>"


async def kept(desk: SourceDesk) -> tuple[Subscription, ...]:
    return await desk.subscriptions.subscriptions()


async def test_what_is_exported_is_imported_as_it_was(served: Served) -> None:
    desk = served({})
    sources = (FULL, Subscription(OTHER, NOW, folder="Sport"), Subscription(f"{OTHER}?n=2", NOW))
    await desk.subscriptions.add_subscriptions(sources)
    markup, number = await export_opml(desk)
    other = a_source_desk({"mine.opml": markup.encode()})
    await import_opml(other, "mine.opml", dry=False, now=NOW)

    assert number == 3
    assert sorted(await kept(other), key=str) == sorted(sources, key=str)


async def test_a_source_that_the_settings_pause_is_exported_as_paused(served: Served) -> None:
    desk = served({})
    source = Subscription(FEED, NOW, configured=True, paused_in_settings=True)
    await desk.subscriptions.configure([source])

    assert 'nutgraf:paused="true"' in (await export_opml(desk))[0]


async def test_each_outline_is_added_there_already_or_refused_with_its_reason(
    served: Served,
) -> None:
    content = a_list(
        an_outline(FEED, "Courier"),
        an_outline(f"{FEED}#again"),
        an_outline(OTHER),
        an_outline("file:///etc/passwd"),
        an_outline("https://me:pass@courier.example/"),
        an_outline("", "Nothing"),
    )
    desk = served({"mine.opml": content})
    await desk.subscriptions.add_subscription(Subscription(OTHER, NOW))
    found = await import_opml(desk, "mine.opml", dry=False, now=NOW)
    said = to_plain(imported_card(found))

    assert [one.address for one in await kept(desk)] == [OTHER, FEED]
    assert said.startswith("1 source added, 2 already there, 3 refused.\n")
    assert "file:///etc/passwd: is no web address" in said
    assert "carries a user name or password" in said
    assert "Nothing: says that it is a feed, and has no address" in said


async def test_a_dry_run_says_the_same_and_adds_nothing(served: Served) -> None:
    desk = served({"mine.opml": a_list(an_outline(FEED), an_outline("ftp://x"))})
    dry = await import_opml(desk, "mine.opml", dry=True, now=NOW)
    assert await kept(desk) == ()
    assert to_plain(imported_card(dry)).startswith("1 source would be added,")

    wet = await import_opml(desk, "mine.opml", dry=False, now=NOW)
    assert (wet.added, wet.known, wet.refused) == (dry.added, dry.known, dry.refused)


async def test_importing_again_changes_nothing(served: Served) -> None:
    desk = served({"mine.opml": a_list(an_outline(FEED, "Theirs"))})
    mine = Subscription(FEED, NOW, "Mine", urgent=True)
    await desk.subscriptions.add_subscription(mine)
    await import_opml(desk, "mine.opml", dry=False, now=NOW)

    assert await kept(desk) == (mine,)


async def test_a_long_list_is_added_whole_and_its_report_stays_short(served: Served) -> None:
    number = 2 * AT_ONCE + 1
    outlines = (an_outline(f"https://a{n}.example/feed") for n in range(number))
    desk = served({"mine.opml": a_list(*outlines)})
    told: list[tuple[int, int]] = []
    desk.__dict__["progress"] = lambda _, done, total: told.append((done, total))
    found = await import_opml(desk, "mine.opml", dry=False, now=NOW)

    assert len(await kept(desk)) == len(found.added) == number
    assert told == [(0, number), (AT_ONCE, number), (2 * AT_ONCE, number), (number, number)]
    assert to_plain(imported_card(found)).count("\n") < 30


@pytest.mark.parametrize(
    "content", [b"", b"not xml", b"<opml><body>", b"<rss/>", b"\x00" * 99, None]
)
async def test_what_is_no_list_is_one_error_and_nothing_is_lost(
    served: Served, content: bytes | None
) -> None:
    desk = served({} if content is None else {"mine.opml": content})
    await desk.subscriptions.add_subscription(FULL)
    with pytest.raises(SourceError, match=r"^mine\.opml: .+\.$"):
        await import_opml(desk, "mine.opml", dry=False, now=NOW)

    assert await kept(desk) == (FULL,)


async def test_an_empty_list_is_exported_and_imported(served: Served) -> None:
    markup, number = await export_opml(served({}))
    desk = served({"mine.opml": markup.encode()})
    found = await import_opml(desk, "mine.opml", dry=False, now=NOW)

    assert number == 0
    assert found.added == ()


async def test_paths_are_exported_for_people_and_refused_when_taken_in(served: Served) -> None:
    desk = served({})
    await desk.subscriptions.add_subscription(replace(FULL, address="wire/incoming/"))
    markup, _ = await export_opml(desk)
    other = served({"mine.opml": markup.encode()})
    found = await import_opml(other, "mine.opml", dry=True, now=NOW)

    assert [u.address for u in found.refused] == ["wire/incoming/"]
