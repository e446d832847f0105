"""A notice that may have been told before a crash is looked for, and not told twice."""

from datetime import UTC, datetime

import discord

from tests.chat.rooms import a_room, plain

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TEXT = "The edition of 17 Sep, 07:00 (Europe/London) of “Morning” was not posted. #news is gone."


async def test_a_notice_that_stands_in_the_channel_is_not_told_again() -> None:
    async with a_room() as room:
        teller, channel_id = room.client.teller, room.channel.id
        await teller.tell(channel_id, TEXT, "n1", since=LONG_AGO)
        await teller.tell(channel_id, TEXT, "n1", since=LONG_AGO)
        await teller.tell(channel_id, f"{TEXT} Again.", "n2", since=LONG_AGO)
        assert list(map(plain, room.texts())) == [TEXT, f"{TEXT} Again."]


async def test_a_notice_that_stood_there_before_it_was_noted_is_another_one() -> None:
    async with a_room() as room:
        await room.client.teller.tell(room.channel.id, TEXT, "n1")
        later = datetime(2099, 1, 1, tzinfo=UTC)
        await room.client.teller.tell(room.channel.id, TEXT, "n2", since=later)
        assert len(room.texts()) == 2


async def test_what_somebody_else_has_written_is_no_notice() -> None:
    async with a_room() as room:
        await room.editor.send(room.channel, TEXT)
        await room.client.teller.tell(room.channel.id, TEXT, "n1", since=LONG_AGO)
        assert len(room.texts()) == 2


async def test_a_member_is_not_told_twice_either() -> None:
    async with a_room() as room:
        for _ in range(2):
            await room.client.teller.tell_member(room.editor.id, TEXT, "n1", since=LONG_AGO)
        sent = [r for r in room.env.http_requests if r.method == "POST" and "messages" in r.path]
        assert len(sent) == 1


async def test_where_we_may_not_look_it_is_told_rather_than_not() -> None:
    async with a_room() as room:
        silent = discord.PermissionOverwrite(read_message_history=False)
        everyone = room.guild.default_role
        closed = room.guild.create_text_channel("closed", overwrites={everyone: silent})
        for _ in range(2):
            await room.client.teller.tell(closed.id, TEXT, "n1", since=LONG_AGO)
        assert len(room.texts(closed)) == 2
