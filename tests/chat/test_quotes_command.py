"""`/quotes`: who said what, with sources, pages and the context behind each."""

from bot.chat.client import NewsClient
from tests.chat.asking import answered, first_message, hold, text_in
from tests.chat.rooms import NEWS, a_room, buttons, page
from tests.laws.desks import NOW

SAID = (
    "“Number {n} wants {more} new lamps before winter comes to the island,” said Ada Bell, "
    "who leads it."
)
MANY = {
    f"https://paper{n}.example/{n}": page(
        f"Council of Quay {n} votes on lamp posts",
        (f"The council of Quay {n} met on Monday. " * 6, SAID.format(n=n, more=n + 10)),
        f"Paper {n}",
    )
    for n in range(40)
}


async def test_statements_are_shown_to_whoever_asks_with_their_sources() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "quotes")

        assert result.ephemeral
        text = text_in(result)
        assert "2 statements in 2 stories, since 14 Sep, 06:00." in text
        assert "> “The hull of the barge needs new plates”" in text
        assert "> “We have waited nine years for this room”" in text
        assert "Jonas Hale" in text
        assert "(https://courier.example/crane)" in text


async def test_a_speaker_is_suggested_and_only_theirs_is_shown() -> None:
    async with a_room() as room:
        await room.desk.read_sources(now=NOW)
        await room.parts.suggestions.refresh(now=NOW)
        (choice,) = await room.editor.autocomplete(room.channel, "quotes", "speaker", "TÓLL")
        assert choice["name"] == "Mira Tolland"

        text = await answered(room, "quotes", speaker=choice["value"])

        assert "1 statement in 1 story" in text
        assert "nine years" not in text


async def test_statements_about_something_and_since_an_hour() -> None:
    async with a_room(check_errors=False) as room:
        await answered(room, "brief")
        assert "Jonas Hale" in await answered(room, "quotes", about="library", since="24h")
        assert "Mira Tolland" not in await answered(room, "quotes", about="library")
        told = await answered(room, "quotes", since="1h")
        assert told == "Nobody is quoted in this window."


async def test_who_is_not_quoted_is_named_in_the_answer() -> None:
    async with a_room(check_errors=False) as room:
        await answered(room, "brief")
        told = await answered(room, "quotes", speaker="*Nobody* @everyone")
        assert told == "Nobody called *Nobody* @everyone is quoted in this window."


async def test_the_context_of_a_statement_is_shown() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "quotes", speaker="Tolland")
        message = first_message(result)
        (button,) = buttons(message, "In context")

        shown = await room.editor.click(message, custom_id=button)

        assert shown.ephemeral
        assert "who runs the ferry line" in text_in(shown)


async def test_many_statements_come_in_pages_that_outlive_a_restart() -> None:
    async with a_room(MANY) as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "quotes", speaker="Ada Bell")
        assert "Page 1 of" in text_in(result)
        message = first_message(result)

        await room.env.restart_bot(NewsClient(room.parts))
        turned = await room.editor.click(message, custom_id=buttons(message, "▶")[0])

        assert turned.acknowledged
        assert result.response
        assert "Page 2 of" in text_in(result)


async def test_what_was_killed_since_is_on_no_page() -> None:
    async with a_room(NEWS, check_errors=False) as room:
        await answered(room, "brief")
        await hold(room.desk.tools.archive, "Harbour Courier")

        text = await answered(room, "quotes")

        assert "Jonas Hale" in text
        assert "Tolland" not in text
