"""A newsroom on fakes whose clock tests move, and which can crash."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.news import Post
from bot.posting import Desks, work
from bot.waking import Waker
from tests.fakes import FakeArchive
from tests.fakes_channels import FakeChannels
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import a_desk

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def a_waker(archive: FakeArchive, clock: Clock) -> Waker:
    return Waker(archive.timetable, clock, check_seconds=30)


@dataclass
class House:
    """A newsroom on fakes that can crash: what is in memory is lost, what is stored stays."""

    clock: Clock
    parts: Desks
    channels: FakeChannels
    waker: Waker
    posted: list[tuple[datetime, Post]] = field(default_factory=list)

    async def live(self, duration: timedelta) -> None:
        """Let time pass in steps of twenty seconds, waking and working at each."""
        for _ in range(max(duration // (20 * SECOND), 1)):
            self.clock.now += 20 * SECOND
            await self.waker.on_due("s1")
            await self.work()

    async def work(self) -> None:
        """Do every job that is due, and note when its posts went out."""
        lease = 2 * MINUTE
        while job := await self.parts.jobs.claim("w", now=self.clock.now, lease=lease):
            before = len(self.channels.sent)
            await work(job, "w", self.parts, now=self.clock.now)
            self.posted += [(self.clock.now, post) for post in self.channels.sent[before:]]


def a_house(start: datetime) -> House:
    desk = a_desk({"ferry.txt": b"Ferry stops\n\nThe ferry stops for a month, the line said.\n"})
    archive, channels, clock = desk.tools.archive, FakeChannels(), Clock(start)
    assert isinstance(archive, FakeArchive)
    posts, timetable, operations = archive.posts, archive.timetable, archive.operations
    teller = FakeTeller()
    doors = (posts, timetable, channels, operations, teller, archive.reviews)
    parts = Desks(desk, archive, archive.jobs, *doors)
    return House(clock, parts, channels, a_waker(archive, clock))
