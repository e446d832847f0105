"""`/story`: chosen from memory, told whole, in pages that know what was withdrawn since."""

from bot.chat.client import NewsClient
from tests.chat.asking import answered, first_message, hold, text_in
from tests.chat.rooms import HARBOUR, NEWS, a_room, buttons, page, plain, text_of
from tests.laws.desks import NOW

LONG = {
    **NEWS,
    **{
        f"https://paper{n}.example/crane": page(
            "Harbour crane stands still until Friday",
            (*HARBOUR, *(f"Crew {n}{i} of the port office counted {i + 3} rusty bolts on the rail "
                         f"number {n * 40 + i} beside the quay of Tern Island." for i in range(9))),
            f"Paper {n}",
        )
        for n in range(1, 9)
    },
}  # fmt: skip


async def test_a_story_is_told_whole_to_everybody() -> None:
    async with a_room() as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "story", name="harbour crane")

        assert not result.ephemeral
        text = text_in(result)
        for part in (
            "## Harbour crane stands still until Friday",
            "The harbour crane at Tern Island will stand still",
            "“The hull of the barge needs new plates”",
            "### Who reports it",
            "Harbour Courier: [Harbour crane stands still until Friday]",
            "### Where they differ",
            "How it came",
        ):
            assert part in text
        assert "library" not in text
        assert len(buttons(first_message(result), "Discuss")) == 1


async def test_a_story_is_chosen_while_its_name_is_typed() -> None:
    async with a_room() as room:
        await room.desk.read_sources(now=NOW)
        assert await room.editor.autocomplete(room.channel, "story", "name", "harb") == []

        await room.parts.suggestions.refresh(now=NOW)
        (choice,) = await room.editor.autocomplete(room.channel, "story", "name", "harb")

        assert choice["name"] == "Harbour crane stands still until Friday"
        assert "Tern Island" in await answered(room, "story", name=choice["value"])


async def test_a_long_story_is_turned_page_by_page_also_after_a_restart() -> None:
    async with a_room(LONG) as room:
        await answered(room, "brief")
        result = await room.editor.slash(room.channel, "story", name="crane")
        assert "Page 1 of" in text_in(result)

        await room.env.restart_bot(NewsClient(room.parts))
        (message,) = [m for m in room.channel.history() if "Page 1 of" in text_of(m)]
        await room.editor.click(message, custom_id=buttons(message, "▶")[0])

        assert any("Page 2 of" in text for text in room.texts())


async def test_numbers_of_other_channels_are_no_names() -> None:
    async with a_room(check_errors=False) as room:
        result = await room.editor.slash(room.channel, "story", name="2")

        assert "Stories have no numbers here" in text_in(result)
        assert result.followups[0].ephemeral


async def test_a_story_that_nobody_reports_is_not_there() -> None:
    async with a_room(check_errors=False) as room:
        assert "No story here is 'volcano'" in await answered(room, "story", name="volcano")


async def test_what_was_withdrawn_since_is_on_no_page() -> None:
    async with a_room(LONG, check_errors=False) as room:
        await answered(room, "brief")
        await answered(room, "story", name="crane")
        (message,) = [m for m in room.channel.history() if "Page 1 of" in text_of(m)]
        await hold(room.desk.tools.archive)

        pressed = await room.editor.click(message, custom_id=buttons(message, "▶")[0])

        told = plain("\n".join([text_in(pressed), *room.texts()]))
        assert "withdrawn after the briefing was made" in told
