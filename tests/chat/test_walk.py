"""The way through the house in simcord: planned, posted on time, on command, asked in a thread."""

from datetime import datetime, timedelta

from bot.posting import Desks, work
from bot.waking import Waker
from tests.chat.rooms import Room, a_room, buttons, plain
from tests.fakes import FakeArchive
from tests.laws.desks import NOW

SEVEN = NOW + timedelta(hours=1)


async def do_what_is_due(room: Room, now: datetime) -> None:
    """Wake the service at that instant, as its timers do, and do the jobs that come of it."""
    archive = room.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    posts, timetable, client = room.parts.posts, room.parts.timetable, room.client
    operations = archive.operations
    desks = Desks(
        room.desk,
        archive,
        archive.jobs,
        posts,
        timetable,
        client.channels,
        operations,
        client.teller,
        archive.reviews,
    )
    waker = Waker(timetable, lambda: now, check_seconds=30)
    for schedule in await timetable.schedules():
        await waker.on_due(schedule.id)
    while job := await archive.jobs.claim("w1", now=now, lease=timedelta(minutes=2)):
        await work(job, "w1", desks, now=now)


async def test_an_edition_is_planned_posted_once_briefed_and_discussed() -> None:
    async with a_room() as room:
        planned = await room.editor.slash(room.channel, "schedule add", at="07:00", zone="UTC")
        assert planned.ephemeral

        await do_what_is_due(room, SEVEN)
        await do_what_is_due(room, SEVEN + timedelta(seconds=1))
        (edition,) = room.channel.history()
        assert "Harbour crane stands still until Friday" in plain(room.texts()[0])

        briefed = await room.editor.slash(room.channel, "brief", about="library")
        assert briefed.acknowledged
        assert "New library for Ostervik school" in plain(room.texts()[-1])
        assert "Harbour crane" not in plain(room.texts()[-1])

        await room.editor.click(edition, custom_id=buttons(edition, "Discuss")[0])
        (thread,) = room.channel.threads
        for question, answer in (
            ("What did Mira Tolland say?", "The hull of the barge needs new plates"),
            ("How many people cross the sound?", "Two hundred people"),
            ("Who won the chess final?", "Not in the sources"),
        ):
            await room.editor.send(thread, question)
            assert answer in plain(room.texts(thread)[-1])
