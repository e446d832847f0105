"""Whatever workers do, in whatever order: no job is lost, and none is two workers' at once."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from bot.adapters.archive import SqliteArchive
from bot.news import Job, NewJob
from bot.ports import Jobs
from tests.builders import NOON
from tests.fakes import FakeJobs

SECOND = timedelta(seconds=1)
SECONDS = st.integers(0, 2)
LEASES = st.integers(1, 2)
WORKERS = st.sampled_from(["w1", "w2"])
KEYS = st.sampled_from(["c1", "c2"])
Lease = tuple[str, Job]
"""A worker and the job as it was handed to it; it may have been lost since."""


class Working(RuleBasedStateMachine):
    """Workers on one store; the model beside it is a list of what was enqueued, in order."""

    leases = Bundle("leases")
    jobs: Jobs

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.now = NOON
        self.made: list[NewJob] = []
        self.open: dict[int, NewJob] = {}
        self.ended: list[int] = []
        self.buried: set[int] = set()
        self.holders: dict[int, Lease] = {}
        self.ends: dict[int, int] = {}
        self.dues: dict[int, int] = {}

    @property
    def clock(self) -> int:
        return (self.now - NOON) // SECOND

    @initialize()
    def start(self) -> None:
        self.jobs = self.opened()

    def opened(self) -> Jobs:
        raise NotImplementedError

    def closed(self) -> None:
        """Close what `opened` has opened."""

    def note(self, new: NewJob) -> None:
        self.made.append(new)
        number = len(self.made)
        self.open[number] = new
        self.dues[number] = (new.due_at - NOON) // SECOND

    def next_up(self) -> int | None:
        """Return the number of the job that the next worker must get."""
        seen: set[str] = set()
        for number, new in self.open.items():
            first = new.key not in seen
            seen.add(new.key)
            leased = number in self.holders and self.ends[number] > self.clock
            if first and not leased and self.dues[number] <= self.clock:
                return number
        return None

    def is_held(self, lease: Lease) -> bool:
        return self.holders.get(lease[1].id) == lease

    def end(self, number: int) -> None:
        assert number in self.open, "it was ended before"
        del self.open[number], self.holders[number]
        self.ended.append(number)

    def new(self, key: str, delay: int) -> NewJob:
        return NewJob("post", key, str(len(self.made) + 1), self.now + delay * SECOND)

    @rule(key=KEYS, delay=SECONDS)
    def enqueue(self, key: str, delay: int) -> None:
        new = self.new(key, delay)
        self.runner.run(self.jobs.enqueue([new]))
        self.note(new)

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule(target=leases, worker=WORKERS, seconds=LEASES)
    def claim(self, worker: str, seconds: int) -> object:
        expected = self.next_up()
        job = self.runner.run(
            self.jobs.claim(worker, now=self.now, lease=seconds * SECOND, kinds=["post"])
        )
        assert (job and job.id) == expected
        if job is None:
            return multiple()
        new = self.open[job.id]
        assert (job.key, job.payload) == (new.key, new.payload)
        self.holders[job.id] = (worker, job)
        self.ends[job.id] = self.clock + seconds
        return worker, job

    @rule(lease=leases, seconds=LEASES)
    def extend(self, lease: Lease, seconds: int) -> None:
        worker, job = lease
        until = self.now + seconds * SECOND
        extended = self.runner.run(self.jobs.extend(job, worker, until=until))
        assert extended == self.is_held(lease)
        if extended:
            self.ends[job.id] = self.clock + seconds

    @rule(lease=leases, follow=st.booleans(), key=KEYS)
    def finish(self, lease: Lease, key: str, *, follow: bool) -> None:
        worker, job = lease
        then = [self.new(key, 0)] if follow else []
        finished = self.runner.run(self.jobs.finish(job, worker, then=then))
        assert finished == self.is_held(lease)
        if finished:
            self.end(job.id)
            for new in then:
                self.note(new)

    @rule(lease=leases, delay=SECONDS)
    def retry(self, lease: Lease, delay: int) -> None:
        worker, job = lease
        at = self.now + delay * SECOND
        given_back = self.runner.run(self.jobs.retry(job, worker, at=at, reason="no answer"))
        assert given_back == self.is_held(lease)
        if given_back:
            del self.holders[job.id]
            self.dues[job.id] = self.clock + delay

    @rule(lease=leases)
    def bury(self, lease: Lease) -> None:
        worker, job = lease
        buried = self.runner.run(self.jobs.bury(job, worker, now=self.now, reason="no channel"))
        assert buried == self.is_held(lease)
        if buried:
            self.end(job.id)
            self.buried.add(job.id)

    @invariant()
    def of_each_key_one_worker_at_most_has_a_live_lease(self) -> None:
        live = [n for n in self.holders if n in self.open and self.ends[n] > self.clock]
        keys = [self.open[number].key for number in live]
        assert len(keys) == len(set(keys))

    def teardown(self) -> None:
        try:
            if hasattr(self, "jobs"):
                self.runner.run(self.work_off())
                self.closed()
        finally:
            self.runner.close()

    async def work_off(self) -> None:
        later = self.now + 1000 * SECOND
        while job := await self.jobs.claim("last", now=later, lease=SECOND):
            self.holders[job.id] = ("last", job)
            assert await self.jobs.finish(job, "last")
            self.end(job.id)
        assert sorted(self.ended) == list(range(1, len(self.made) + 1)), "a job is lost"
        assert {job.id for job, _ in await self.jobs.dead_letters()} == self.buried
        for key in ("c1", "c2"):
            of_key = [number for number in self.ended if self.made[number - 1].key == key]
            assert of_key == sorted(of_key), "a job was done before its turn"


class WorkingInMemory(Working):
    def opened(self) -> Jobs:
        return FakeJobs()


class WorkingOnSqlite(Working):
    empty: Path

    def opened(self) -> Jobs:
        self.stack = AsyncExitStack()
        path = Path(self.stack.enter_context(TemporaryDirectory())) / "nutgraf.db"
        shutil.copy(self.empty, path)
        opening = self.stack.enter_async_context(SqliteArchive.open(path))
        return self.runner.run(opening).jobs

    def closed(self) -> None:
        self.runner.run(self.stack.aclose())


@pytest.mark.parametrize(("machine", "examples"), [(WorkingInMemory, 50), (WorkingOnSqlite, 15)])
def test_no_job_is_lost_or_two_workers_at_once(
    machine: type[Working], examples: int, empty: Path
) -> None:
    WorkingOnSqlite.empty = empty
    often = settings(max_examples=examples, stateful_step_count=50, deadline=None)

    run_state_machine_as_test(machine, settings=often)
