from zoneinfo import ZoneInfo

from tests.chat.rooms import a_room, buttons, menus, page, plain, text_of


async def test_a_briefing_on_command_is_one_message_with_a_button_for_each_story() -> None:
    async with a_room() as room:
        result = await room.editor.slash(room.channel, "brief")

        assert not result.ephemeral
        (message,) = room.channel.history()
        text = plain(text_of(message))
        assert "2 stories, from 2 articles from 2 sources." in text
        assert "> “The hull of the barge needs new plates”" in text
        assert "— Mira Tolland" in text
        assert len(buttons(message, "Discuss")) == 2
        assert len(menus(message)) == 1


async def test_a_briefing_about_something_tells_only_that() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief", about="harbour")

        (text,) = room.texts()
        assert "Harbour crane stands still" in text
        assert "library" not in text


async def test_the_window_the_threshold_and_the_counts_are_stated() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief", since="3h", length="short")

        (text,) = room.texts()
        told = "2 stories, from 2 articles from 2 sources. Since 17 Sep, 03:00; stories of at least"
        assert f"{told} 1 origin." in text


async def test_what_is_older_than_the_window_is_not_told() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief", since="1h")

        (text,) = room.texts()
        assert "0 items seen, none passed." in text


APART = {
    "Ferry breaks down off Tern Island": "A ferry with 40 passengers drifted near the lighthouse.",
    "Ostervik school gets a library": "Pupils carried 9,000 books through the rain on Monday.",
    "Chess cup goes to Brandmoor": "The youngest team of the tournament beat three champions.",
    "Bakers raise prices of rye bread": "Flour costs a third more than in spring, the guild said.",
}


async def test_a_short_briefing_tells_the_first_three_of_more() -> None:
    contents = {
        f"https://paper{n}.example/{n}": page(title, (text,), f"Paper {n}")
        for n, (title, text) in enumerate(APART.items())
    }
    async with a_room(contents) as room:
        await room.editor.slash(room.channel, "brief", length="short")

        (text,) = room.texts()
        assert "3 of 4 stories" in text


async def test_since_the_last_edition_needs_one() -> None:
    async with a_room(check_errors=False) as room:
        result = await room.editor.slash(room.channel, "brief", since="last edition")

        assert "No edition was posted in this channel yet" in text_of(result.followups[0].message)


async def test_since_midnight_is_on_the_desks_clock() -> None:
    async with a_room() as room:
        room.desk.zone = ZoneInfo("Asia/Kolkata")
        await room.editor.slash(room.channel, "brief", since="midnight")

        (text,) = room.texts()
        assert "Since 17 Sep, 00:00" in text
