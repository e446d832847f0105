"""`/kill`, `/hold`, `/release`, `/desk purge`, `/desk audit` in a server."""

import pytest

from bot.desk_stops import stop_story
from tests.chat.rooms import Room, a_room, plain, text_of
from tests.fakes import FakeArchive


async def said(room: Room, command: str, **options: object) -> str:
    """Run a command as the editor and return what it answers."""
    result = await room.editor.slash(room.channel, command, **options)
    assert result.ephemeral
    found = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in found if answer))


async def brief(room: Room) -> str:
    result = await room.editor.slash(room.channel, "brief", length="usual")
    found = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in found if answer))


async def test_a_killed_story_is_not_briefed_until_it_is_released() -> None:
    async with a_room() as room:
        assert "Harbour crane" in await brief(room)

        text = await said(room, "kill story", name="harbour crane", reason="a lawyer rang")

        assert "Killed: a story of Harbour Courier (stop 1), in 1 article." in text
        assert "crane" not in text
        again = await brief(room)
        assert "Harbour crane" not in again
        assert "library" in again
        assert "a lawyer rang" in await said(room, "release")
        assert "Released" in await said(room, "release", number=1)
        assert "Harbour crane" in await brief(room)
        audit = await said(room, "desk audit")
        assert "released a story of Harbour Courier" in audit
        assert "mira" in audit


async def test_a_killed_quote_is_gone_and_its_story_stays() -> None:
    async with a_room() as room:
        await brief(room)
        await said(room, "hold quote", words="hull of the barge needs")

        again = await brief(room)

        assert "hull" not in again
        assert "Harbour crane" in again
        (stop,) = await room.desk.tools.stops.standing() if room.desk.tools.stops else ()
        assert not stop.order.killed
        assert str(room.editor.id) in stop.order.by


async def test_a_purge_wants_to_be_told_that_it_is_for_good() -> None:
    async with a_room(check_errors=False) as room:
        await brief(room)
        archive = room.desk.tools.archive
        assert isinstance(archive, FakeArchive)
        (crane,) = [a for a in archive.articles.values() if "crane" in a.latest.title]

        assert "Nothing was removed" in await said(
            room, "desk purge", article=crane.id, for_good=False
        )
        assert archive.articles[crane.id] == crane
        assert "Purged: 1 text" in await said(room, "desk purge", article=crane.id, for_good=True)
        assert archive.articles[crane.id].stopped == "purged"
        assert "Harbour crane" not in await brief(room)
        assert "No article" in await said(room, "desk purge", article="a9", for_good=True)


async def test_the_numbers_of_stops_are_offered_without_their_words() -> None:
    async with a_room() as room:
        await brief(room)
        await said(room, "kill quote", words="hull of the barge needs")

        offered = await room.editor.autocomplete(room.channel, "release", "number", "")

        assert offered == [{"name": "1: a quote of 8 words", "value": 1}]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("kill story", {"name": "harbour crane"}),
        ("kill quote", {"words": "hull of the barge"}),
        ("hold story", {"name": "harbour crane"}),
        ("release", {"number": 1}),
        ("desk purge", {"article": "a1", "for_good": True}),
        ("desk audit", {}),
    ],
)
async def test_readers_stop_nothing_even_where_discord_lets_them(
    command: str, options: dict[str, object]
) -> None:
    async with a_room(check_errors=False) as room:
        await brief(room)
        reader = room.guild.add_member(room.env.create_user("sten"))
        for one in await room.client.tree.fetch_commands():
            room.guild.set_command_permissions(one, {reader: True})
        result = await reader.slash(room.channel, command, **options)

        assert result.response is not None
        assert "for a newsroom's" in text_of(result.response.message)
        archive = room.desk.tools.archive
        assert isinstance(archive, FakeArchive)
        assert await archive.stops.audit() == ()


async def test_a_killed_story_is_suggested_to_nobody_until_it_is_released() -> None:
    async with a_room() as room:
        await brief(room)
        suggestions, now = room.parts.suggestions, room.parts.clock()
        await suggestions.refresh(now=now)
        assert any("crane" in one.shown for one in suggestions.stories)

        await said(room, "kill story", name="harbour crane")
        assert not any("crane" in one.shown for one in suggestions.stories)
        await suggestions.refresh(now=now)
        assert not any("crane" in one.shown for one in suggestions.stories)

        await said(room, "release", number=1)
        await suggestions.refresh(now=now)
        assert any("crane" in one.shown for one in suggestions.stories)


async def test_what_another_process_stops_is_dropped_with_the_next_look() -> None:
    async with a_room() as room:
        await brief(room)
        suggestions, now = room.parts.suggestions, room.parts.clock()
        await suggestions.refresh(now=now)
        await stop_story(room.desk, "harbour crane", killed=True, by="shell", now=now)
        await suggestions.refresh(now=now)
        assert not any("crane" in one.shown for one in suggestions.stories)
