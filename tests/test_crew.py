"""Several workers of one process: whatever happens to one of them, the others go on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.crew import Crew
from bot.errors import ArchiveError
from bot.news import Job, NewJob
from bot.orders import Desks
from bot.posting import edition_job
from tests.builders import a_schedule
from tests.fakes import FakeArchive, FakeJobs
from tests.fakes_channels import FakeChannels
from tests.fakes_timetable import FakeTeller
from tests.laws.desks import NOW, a_desk

FERRY = b"Ferry stops for a month\n\nThe ferry stops for a month from Monday, the line said.\n"
LATER = timedelta(minutes=3)


class FullDisk(FakeJobs):
    """Jobs that can be claimed while the disk is full, and not finished."""

    full = True

    async def finish(self, job: Job, worker: str, *, then: Sequence[NewJob] = ()) -> bool:
        if self.full:
            raise ArchiveError("The disk is full.")
        return await super().finish(job, worker, then=then)


async def test_a_job_that_cannot_be_noted_comes_again_when_its_lease_is_over() -> None:
    desk = a_desk({"ferry.txt": FERRY})
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    jobs, timetable, teller = FullDisk(), archive.timetable, FakeTeller()
    parts = Desks(
        desk,
        archive,
        jobs,
        archive.posts,
        timetable,
        FakeChannels(),
        archive.operations,
        teller,
        archive.reviews,
    )
    await timetable.save_schedule(a_schedule(), seen_until=NOW)
    await jobs.enqueue([edition_job(a_schedule(), NOW)])  # whose run was taken back
    crew = Crew(parts, lambda: NOW, "w", ("edition",), hands=2, idle_seconds=0.01)

    await crew.step()
    await crew.finish()

    assert len(jobs.waiting) == 1
    jobs.full = False
    later = replace(crew, clock=lambda: NOW + LATER)
    await later.step()
    await later.finish()
    assert jobs.waiting == {}
