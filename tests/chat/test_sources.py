"""`/sources`: what the console does with sources, in Discord: by members, so on the web only."""

import pytest

from bot.chat.client import NewsClient
from bot.news import Subscription
from tests.chat.asking import a_reader, answered, first_message, text_in
from tests.chat.rooms import NEWS, Room, a_room, buttons, page, plain, text_of
from tests.laws.desks import NOW, a_desk

QUAY = "https://quay.example/lamps"
SERVED = {**NEWS, QUAY: page("Lamps for the quay of Ostervik", ("The quay gets lamps. " * 20,))}
OPML = b"""<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Tamble Post" type="rss" xmlUrl="https://tamble.example/feed.xml"/>
<outline text="Wire" type="rss" xmlUrl="/var/wire/in"/>
<outline text="Courier" type="rss" xmlUrl="https://courier.example/crane"/>
</body></opml>"""


async def addresses(room: Room) -> list[str]:
    """Return what the newsroom reads."""
    return [one.address for one in await room.desk.subscriptions.subscriptions()]


async def test_a_source_is_added_paused_resumed_and_removed() -> None:
    async with a_room(desk=a_desk(SERVED, sources=[*NEWS])) as room:
        result = await room.editor.slash(
            room.channel, "sources add", address=QUAY, outlet="Quay Days", which="page", urgent=True
        )
        assert result.ephemeral
        assert f"Added Quay Days ({QUAY}): web page" in text_in(result)
        assert QUAY in await addresses(room)
        await room.parts.suggestions.refresh(now=NOW)

        (choice,) = await room.editor.autocomplete(room.channel, "sources pause", "source", "quay")
        assert choice == {"name": f"Quay Days: {QUAY}", "value": QUAY}
        assert "is paused" in await answered(room, "sources pause", source=choice["value"])
        assert "paused" in await answered(room, "sources list", about="quay")
        assert "is read again" in await answered(room, "sources resume", source="Quay Days")
        assert "nutgraf sources add --as-is" in await answered(
            room, "sources remove", source="quay"
        )
        assert QUAY not in await addresses(room)


async def test_without_an_address_a_form_asks_for_all_of_it() -> None:
    async with a_room(desk=a_desk(SERVED, sources=[*NEWS])) as room:
        shown = await room.editor.slash(room.channel, "sources add")
        assert shown.modal
        ids = [field["component"]["custom_id"] for field in shown.modal["components"]]
        assert [field["label"] for field in shown.modal["components"]] == [
            "Address", "Outlet", "Publisher", "Folder", "Of a front page",
        ]  # fmt: skip

        result = await room.editor.submit_modal(
            shown, {ids[0]: QUAY, ids[1]: "Quay Days", ids[3]: "Island", ids[4]: ["page"]}
        )

        assert result.ephemeral
        assert "Added Quay Days" in text_in(result)
        found = await room.desk.subscriptions.find_subscription(QUAY)
        assert found
        assert (found.outlet, found.folder) == ("Quay Days", "Island")


async def test_an_error_in_the_form_is_told() -> None:
    async with a_room(check_errors=False) as room:
        shown = await room.editor.slash(room.channel, "sources add")
        assert shown.modal
        ids = [field["component"]["custom_id"] for field in shown.modal["components"]]
        given = {ids[0]: "https://courier.example/crane", ids[4]: ["best"]}
        result = await room.editor.submit_modal(shown, given)
        assert "https://courier.example/crane is a source already" in text_in(result)


@pytest.mark.parametrize("address", ["/etc/passwd", "wire/inbox/", "file:///etc/hosts"])
async def test_members_add_no_files_and_no_folders(address: str) -> None:
    async with a_room(check_errors=False) as room:
        told = await answered(room, "sources add", address=address)
        assert "is no web address. Files and folders are added where Nutgraf runs" in told
        assert "No source is called" in await answered(room, "sources test", what=address)
        assert len(await addresses(room)) == 2


async def test_an_address_is_tried_and_nothing_stored() -> None:
    async with a_room(desk=a_desk(SERVED, sources=[*NEWS])) as room:
        told = await answered(room, "sources test", what=QUAY)
        assert "Lamps for the quay of Ostervik" in told
        assert "Nothing was stored." in told
        assert QUAY not in await addresses(room)


async def test_a_long_list_comes_in_pages_that_outlive_a_restart() -> None:
    async with a_room() as room:
        many = [Subscription(f"https://feed{n}.example/rss", NOW) for n in range(300)]
        await room.desk.subscriptions.add_subscriptions(many)
        result = await room.editor.slash(room.channel, "sources list")
        assert "302 sources" in text_in(result)
        message = first_message(result)

        await room.env.restart_bot(NewsClient(room.parts))
        await room.editor.click(message, custom_id=buttons(message, "▶")[0])

        assert result.response
        assert "Page 2 of" in plain(text_of(result.response.message))


async def test_health_is_told() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        assert "All is well: 2 sources" in await answered(room, "sources health")


async def test_a_list_is_taken_in_after_a_dry_run_and_given_out() -> None:
    async with a_room() as room:
        file = ("feeds.opml", OPML)
        told = await answered(room, "sources import", file=file, dry_run=True)
        assert "1 source would be added, 1 already there, 1 refused." in told
        assert len(await addresses(room)) == 2
        told = await answered(room, "sources import", file=file)
        assert "1 source added, 1 already there, 1 refused." in told
        assert "https://tamble.example/feed.xml" in await addresses(room)

        result = await room.editor.slash(room.channel, "sources export")

        assert "3 sources in this list" in text_in(result)
        assert result.response
        (attached,) = result.response.attachments
        assert attached.filename == "sources.opml"
        assert b"https://tamble.example/feed.xml" in await attached.read()


async def test_a_list_that_is_too_large_or_none_is_refused() -> None:
    async with a_room(check_errors=False) as room:
        big = ("big.opml", b" " * 1_000_001)
        assert "big.opml is larger than 1 MB" in await answered(room, "sources import", file=big)
        told = await answered(room, "sources import", file=("song.opml", b"no list"))
        assert "song.opml" in told
        assert len(await addresses(room)) == 2


async def test_readers_look_and_do_not_touch() -> None:
    async with a_room(check_errors=False) as room:
        reader = await a_reader(room)
        assert "2 sources" in text_in(await reader.slash(room.channel, "sources list"))
        for command, options in (
            ("sources add", {"address": QUAY}),
            ("sources add", {}),
            ("sources test", {"what": QUAY}),
            ("sources pause", {"source": "courier"}),
            ("sources resume", {"source": "courier"}),
            ("sources remove", {"source": "courier"}),
            ("sources import", {"file": ("feeds.opml", OPML)}),
        ):
            told = text_in(await reader.slash(room.channel, command, **options))
            assert "This is for a newsroom's editors." in told
        assert len(await addresses(room)) == 2
