"""*Search the archive*: widens a refused question on request, for whoever presses, at any time."""

from simcord.results import InteractionResult

from bot.chat.client import NewsClient
from bot.news import Turn
from tests.chat.asking import answered, first_message, hold, text_in
from tests.chat.rooms import NEWS, Room, a_room, buttons, page, plain, text_of
from tests.chat.test_threads import open_thread
from tests.laws.desks import NOW

SEARCH = "Search the archive"
ELSEWHERE = "How many crowns did the shelves cost?"
MANY = {
    **NEWS,
    **{
        f"https://paper{n}.example/lamps": page(
            f"Council of Quay {n} buys lamps",
            (f"The council of Quay {n} bought {n + 3} lamps for the street on Monday.",),
            f"Paper {n}",
        )
        for n in range(14)
    },
}


async def press(room: Room, label: str = SEARCH, *, where: InteractionResult) -> InteractionResult:
    """Press the button below the last message of an answer."""
    message = first_message(where)
    return await room.editor.click(message, custom_id=buttons(message, label)[0])


async def test_a_question_that_no_story_answers_is_asked_of_the_archive_on_request() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        asked = await room.editor.slash(room.channel, "ask", question="What do ferry tickets cost?")
        assert "40,000" not in text_in(asked)

        found = await press(room, where=asked)

        assert found.ephemeral
        text = text_in(found)
        assert "What do ferry tickets cost?" in text
        assert "Not in the articles of the archive" in text
        assert "[1] Harbour Courier: [Harbour crane stands still until Friday]" in text


async def test_the_button_in_a_thread_reaches_beyond_its_story_even_after_a_restart() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        await room.editor.send(thread, ELSEWHERE)
        refused = thread.history()[-1]
        assert "Not in the sources of this story" in plain(text_of(refused))
        await room.env.restart_bot(NewsClient(room.parts))

        found = await room.editor.click(refused, custom_id=buttons(refused, SEARCH)[0])

        assert found.ephemeral
        text = text_in(found)
        assert "The council paid 40,000 crowns for the shelves." in text
        assert "https://post.example/library" in text
        assert len(thread.history()) == 3


async def test_an_answer_in_a_thread_has_no_button() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        await room.editor.send(thread, "How many people cross the sound?")

        assert not buttons(thread.history()[-1], SEARCH)


async def test_a_question_that_points_back_is_asked_of_the_archive_with_what_it_points_to() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        us = room.editor.id
        asked = Turn(1, us, "What did Jonas Hale say about the room?", NOW)
        await room.parts.threads.remember(thread.id, asked)
        await room.editor.send(thread, "And what did he wait for?")
        refused = thread.history()[-1]

        found = await room.editor.click(refused, custom_id=buttons(refused, SEARCH)[0])

        assert "“We have waited nine years for this room,”" in text_in(found)


async def test_what_was_killed_since_is_on_no_page() -> None:
    async with a_room() as room:
        thread = await open_thread(room)
        await room.editor.send(thread, ELSEWHERE)
        refused = thread.history()[-1]
        await hold(room.desk.tools.archive, "Sound Post")

        found = await room.editor.click(refused, custom_id=buttons(refused, SEARCH)[0])

        text = text_in(found)
        assert "40,000" not in text
        assert "Sound Post" not in text


async def test_many_articles_are_turned_over_in_pages() -> None:
    async with a_room(MANY) as room:
        await answered(room, "brief")
        asked = await room.editor.slash(
            room.channel, "ask", question="Why did each council of a quay buy green lamps at all?"
        )
        found = await press(room, where=asked)
        assert "15 articles in the archive" in text_in(found)
        assert "Page 1 of 2" in text_in(found)

        turned = await press(room, "▶", where=found)

        assert "Page 2 of 2" in text_in(turned)


async def test_each_article_is_shown_in_its_context() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        asked = await room.editor.slash(room.channel, "ask", question=ELSEWHERE)
        found = await press(room, "More in the archive", where=asked)

        shown = await press(room, "In context", where=found)

        assert "New library for Ostervik school" in text_in(shown)


async def test_a_query_that_was_forgotten_says_so() -> None:
    async with a_room(check_errors=False) as room:
        await answered(room, "brief")
        asked = await room.editor.slash(room.channel, "ask", question=ELSEWHERE)
        room.desk.tools.archive.queries.queries.clear()  # type: ignore[attr-defined]

        found = await press(room, "More in the archive", where=asked)

        assert "This search is not kept any more. Ask again." in text_in(found)


async def test_a_name_with_a_typing_error_finds_its_quotes_and_its_story() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        told = await answered(room, "quotes", speaker="Mira Tollnad")
        assert "“The hull of the barge needs new plates”" in told
        assert "No text has tollnad; searched for tolland." in told

        story = await answered(room, "story", name="Ostervk school")
        assert "New library for Ostervik school" in story
        assert "searched for ostervik" in story


async def test_who_is_not_quoted_in_the_window_is_searched_in_the_archive_on_request() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        nobody = await room.editor.slash(
            room.channel, "quotes", speaker="Jonas Hale", about="ferry"
        )
        assert "Nobody called Jonas Hale is quoted on ferry" in text_in(nobody)
        none = await press(room, where=nobody)
        assert "is quoted on ferry in the archive" in text_in(none)

        early = await room.editor.slash(room.channel, "quotes", speaker="Jonas Hale", since="1h")
        found = await press(room, where=early)
        assert "“We have waited nine years for this room”" in text_in(found)
        assert "https://post.example/library" in text_in(found)


async def test_a_story_that_is_not_in_the_window_is_searched_in_the_archive_on_request() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        nothing = await room.editor.slash(room.channel, "story", name="nine ferry crowns winter")
        assert "No story here is" in text_in(nothing)

        found = await press(room, where=nothing)

        assert "in the archive, the nearest first" in text_in(found)
