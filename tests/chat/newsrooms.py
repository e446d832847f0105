"""The jobs of a room's newsroom, done on the simulated Discord."""

from datetime import timedelta

from bot.news import Dossier
from bot.posting import Desks, work
from tests.chat.rooms import Room
from tests.fakes import FakeArchive
from tests.laws.desks import NOW


def archive_of(room: Room) -> FakeArchive:
    """Return the archive behind the room."""
    archive = room.desk.tools.archive
    assert isinstance(archive, FakeArchive)
    return archive


async def latest(room: Room) -> Dossier:
    """Return the briefing that was made last, in its latest version."""
    dossier = await archive_of(room).find_dossier("latest")
    assert dossier
    return dossier


async def do_jobs(room: Room, minutes: float = 10) -> None:
    """Do every job until nothing is left to do, the clock going on by ten seconds."""
    archive = archive_of(room)
    channels, teller = room.client.channels, room.client.teller
    posts, timetable, operations = archive.posts, archive.timetable, archive.operations
    doors = (posts, timetable, channels, operations, teller, archive.reviews)
    parts = Desks(room.desk, archive, archive.jobs, *doors)
    now = NOW
    while now < NOW + timedelta(minutes=minutes):
        while job := await parts.jobs.claim("w", now=now, lease=timedelta(minutes=2)):
            await work(job, "w", parts, now=now)
        now += timedelta(seconds=10)
