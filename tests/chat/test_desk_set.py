"""`/desk`: what chiefs set for a server, and how it shows."""

import discord

from tests.chat.rooms import NEWS, Room, a_room, buttons, page, plain, text_of
from tests.laws.desks import a_desk

GERMAN = page(
    "Der Hafenkran steht still",
    ("Der Hafenkran auf der Insel steht bis Freitag still, sagte die Gesellschaft am Morgen.",) * 3,
)


async def said(room: Room, command: str, **options: object) -> str:
    """Run a command as the chief and return what it answers."""
    result = await room.editor.slash(room.channel, command, **options)
    assert result.ephemeral
    answers = [result.response, *result.followups]
    return plain("\n".join(text_of(answer.message) for answer in answers if answer))


async def test_everything_that_holds_is_shown_with_where_it_comes_from() -> None:
    async with a_room() as room:
        text = await said(room, "desk show")

        assert "Time zone: UTC (the newsroom's, from config/nutgraf.toml)." in text
        assert "Language: all languages." in text
        assert "Briefs are written by: the writer that needs no model." in text
        assert "Budget: [budget] in config/nutgraf.toml" in text
        assert "House rules: house.md" in text
        assert "Chiefs: whoever has the permission Manage Server." in text
        assert "Readers: everybody in the server." in text
        assert "Chiefs and above: " in text
        assert "Newsroom: newsroom, 1 server in all." in text


async def test_roles_that_are_mapped_are_kept_shown_and_taken_back() -> None:
    async with a_room() as room:
        desk, lead = room.guild.create_role("Desk"), room.guild.create_role("Lead")

        text = await said(room, "desk set", editor=desk)
        assert "Editors: the roles Desk." in text
        (hint,) = [line for line in text.splitlines() if "Discord itself hides" in line]
        assert "/schedule" in hint
        assert "/brief" not in hint
        assert "from the role Desk" in hint
        assert "Editors: the roles Desk, Lead." in await said(room, "desk set", editor=lead)
        server = await room.parts.servers.find_server(room.guild.id)
        assert server
        assert set(server.editors) == {desk.id, lead.id}

        assert "Editors: whoever has" in await said(room, "desk set", forget="editor")


async def test_the_zone_that_is_set_is_the_one_that_cards_show() -> None:
    async with a_room() as room:
        await room.editor.slash(room.channel, "brief")
        assert "UTC" in room.texts()[0]

        text = await said(room, "desk set", zone="Asia/Tokyo")
        assert "Time zone: Asia/Tokyo (set here)." in text
        await room.editor.slash(room.channel, "brief")
        assert "JST" in room.texts()[-1]
        assert "UTC" not in room.texts()[-1]
        assert "07:00, Asia/Tokyo" in await said(room, "schedule preview", at="07:00")

        assert "Time zone: UTC (the newsroom's" in await said(room, "desk set", zone="default")


async def test_a_zone_or_language_that_is_none_is_refused() -> None:
    async with a_room(check_errors=False) as room:
        assert "Write it like Europe/London" in await said(room, "desk set", zone="Atlantis/Mu")
        assert "is not a language code" in await said(room, "desk set", language="English")
        assert "Say what to set" in await said(room, "desk set")
        server = await room.parts.servers.find_server(room.guild.id)
        assert server
        assert (server.zone, server.language) == ("", "")


async def test_zones_are_suggested_while_a_chief_types() -> None:
    async with a_room() as room:
        choices = await room.editor.autocomplete(room.channel, "desk set", "zone", "lon")

        assert "Europe/London" in [choice["value"] for choice in choices]


async def test_with_a_language_only_its_articles_are_briefed_and_planned() -> None:
    german = GERMAN.replace(b"<html>", b'<html lang="de">')
    english = {
        address: text.replace(b"<html>", b'<html lang="en">') for address, text in NEWS.items()
    }
    async with a_room(desk=a_desk({"https://bote.example/kran": german, **english})) as room:
        text = await said(room, "desk set", language="de")
        assert "Language: de." in text

        await room.editor.slash(room.channel, "brief")
        assert "Der Hafenkran" in room.texts()[0]
        assert "library" not in room.texts()[0]

        await said(room, "schedule add", at="07:00")
        (schedule,) = await room.parts.timetable.schedules()
        assert schedule.filters.language == "de"


async def test_the_operations_channel_is_kept_if_it_can_be_posted_in() -> None:
    async with a_room(check_errors=False) as room:
        silent = discord.PermissionOverwrite(send_messages=False)
        closed = room.guild.create_text_channel(
            "closed", overwrites={room.guild.default_role: silent}
        )
        assert "Give me there: Send Messages" in await said(room, "desk set", operations=closed)

        text = await said(room, "desk set", operations=room.channel)
        assert "Operations are told in #news." in text
        assert await room.parts.operations.channel_of(room.guild.id) == room.channel.id


async def test_a_thread_shows_the_servers_clock_too() -> None:
    async with a_room() as room:
        await said(room, "desk set", zone="Asia/Tokyo")
        await room.editor.slash(room.channel, "brief")
        message = room.channel.history()[0]
        await room.editor.click(message, custom_id=buttons(message, "Discuss")[0])

        (thread,) = room.channel.threads
        assert "13:00" in text_of(thread.history()[0])
