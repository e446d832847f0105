"""`/brief` tells a member what is new since they read last; `/handover` tells a shift."""

from datetime import datetime, timedelta

from tests.chat.rooms import HARBOUR, a_room, buttons, menus, page, plain, text_of
from tests.fakes import FakeDocuments
from tests.laws.desks import NOW

NEWS = "The crane moves again after divers freed eleven cables below the quay, the company said."
HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def test_a_member_who_has_read_is_told_what_is_new_and_others_the_day() -> None:
    clock = Clock()
    async with a_room(clock=clock) as room:
        await room.editor.slash(room.channel, "brief")
        clock.now += 2 * HOUR
        documents = room.desk.tools.documents
        assert isinstance(documents, FakeDocuments)
        documents.contents["https://courier.example/crane"] = page(
            "Harbour crane stands still until Friday", (*HARBOUR, NEWS)
        )
        await room.editor.slash(room.channel, "brief")
        other = room.guild.add_member(room.env.create_user("sten"))
        await other.slash(room.channel, "brief")
        await room.editor.slash(room.channel, "brief", since="24h")

        _, new, theirs, asked = map(plain, room.texts())
        assert "New since 17 Sep, 06:00: 1 story" in new
        assert "nothing new in 1 story told before" in new
        assert "Update: Harbour crane stands still until Friday" in new
        assert NEWS in new
        assert "library" not in new
        assert "2 stories, from 2 articles" in theirs
        assert "2 stories, from 2 articles" in asked
        assert "Since 16 Sep, 08:00" in asked


async def test_an_edition_is_marked_as_read_by_its_button() -> None:
    clock = Clock()
    async with a_room(clock=clock) as room:
        await room.editor.slash(room.channel, "brief", about="harbour")
        (message,) = room.channel.history()
        other = room.guild.add_member(room.env.create_user("sten"))
        opened = await other.select(message, ["0"], custom_id=menus(message)[0])
        assert opened.response is not None
        (read,) = buttons(opened.response.message, "I have read this")
        clock.now += HOUR
        result = await other.click(opened.response.message, custom_id=read)
        assert result.ephemeral
        assert result.response is not None
        assert "read everything up to 17 Sep, 06:00" in text_of(result.response.message)
        await other.slash(room.channel, "brief")
        assert "nothing new in 2 stories told before" in room.texts()[-1]


async def test_a_handover_is_told_to_who_asked_for_it() -> None:
    clock = Clock()
    async with a_room(clock=clock) as room:
        result = await room.editor.slash(room.channel, "handover", since="05:30")
        assert result.ephemeral
        assert result.response is not None
        text = plain(text_of(result.response.message))
        assert "Since 17 Sep, 05:30: 2 new stories, 0 changed" in text
        assert "Harbour crane stands still until Friday" in text


async def test_a_moment_that_cannot_be_read_is_answered_with_an_example() -> None:
    async with a_room(check_errors=False) as room:
        result = await room.editor.slash(room.channel, "handover", since="soon")
        assert result.response is not None
        assert "Try 18:00" in text_of(result.response.message)
