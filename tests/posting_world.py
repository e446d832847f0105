"""Editions that are made and posted by the crew on a real archive, with a clock that is set."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from msgspec.structs import replace as with_fields

from bot.adapters.archive import SqliteArchive
from bot.crew import Crew
from bot.errors import ArchiveError
from bot.news import Schedule
from bot.posting import Desks, edition_job
from tests.builders import a_schedule
from tests.fakes_channels import FakeChannels
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import NOW, a_desk

FERRY = b"Ferry stops for a month\n\nThe ferry stops for a month from Monday, the line said.\n"
KINDS = ("edition", "post", "notice")
OPERATIONS = 77


@dataclass
class World:
    """One process at work on an archive; `channels` outlive it, as Discord does."""

    archive: SqliteArchive
    channels: FakeChannels
    now: datetime = NOW
    teller: FakeTeller = field(default_factory=FakeTeller)

    async def fall_due(self, channels: Sequence[int]) -> None:
        """Plan an edition in each channel, due now, and name the operations channel."""
        await self.archive.operations.set_channel(1, OPERATIONS)
        for channel in channels:
            schedule = self.schedule(channel)
            await self.archive.timetable.save_schedule(schedule, seen_until=NOW)
            job = edition_job(schedule, NOW)
            assert await self.archive.timetable.record_due(schedule.id, NOW, then=[job])

    @staticmethod
    def schedule(channel: int) -> Schedule:
        """Return the schedule of a channel."""
        return with_fields(a_schedule(f"s{channel}"), channel_id=channel)

    async def work(self, minutes: int) -> None:
        """Let the crew do what there is to do, the clock going on by half-minutes.

        What the store refuses is put off, as the service's loops do.
        """
        archive, desk = self.archive, a_desk({"ferry.txt": FERRY})
        desk.tools = replace(desk.tools, archive=archive)
        parts = Desks(
            desk,
            archive,
            archive.jobs,
            archive.posts,
            archive.timetable,
            self.channels,
            archive.operations,
            self.teller,
            archive.reviews,
        )
        crew = Crew(parts, lambda: self.now, "w", KINDS, hands=1)
        for _ in range(2 * minutes):
            await self._step(crew)
            self.now += timedelta(seconds=30)

    async def _step(self, crew: Crew) -> None:
        try:
            await crew.step()
        except ArchiveError:
            return  # the service tries again
        finally:
            await crew.finish()

    async def marked(self, channels: Sequence[int]) -> dict[str, int]:
        """Return the posts that are marked as sent, with the ids of their messages."""
        found = [
            post
            for channel in channels
            for post in await self.archive.posts.posts_of(f"s{channel}@{NOW:%Y%m%dT%H%M%SZ}")
        ]
        return {post.key: post.message_id for post in found if post.message_id is not None}

    def sent(self) -> dict[str, int]:
        """Return what stands in the channels."""
        return {post.key: number for number, post in enumerate(self.channels.sent, start=1)}
