from tests.chat.rooms import a_room, buttons, menus, plain, text_of


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
