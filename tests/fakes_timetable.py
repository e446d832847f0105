"""Fakes of the ports `Timetable`, `Operations` and `Teller`, in memory."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from bot.delivery.outbox import occurrence_key
from bot.news import NewJob, Notice, Occurrence, OccurrenceState, Post, Review, Schedule
from bot.ports import Planned


class Queue(Protocol):
    """Where jobs go."""

    async def enqueue(self, jobs: Sequence[NewJob]) -> None:
        """Add the jobs."""
        ...


class Stands(Protocol):
    """What stands in channels."""

    posts: dict[str, Post]


class FakeTimetable:
    """Schedules and occurrences in memory; jobs go to the `jobs` given."""

    def __init__(self, jobs: Queue, posts: Stands) -> None:
        self.jobs = jobs
        self.posts = posts
        self.saved: dict[str, Planned] = {}
        self.recorded: dict[tuple[str, datetime], Occurrence] = {}
        self.reviews: dict[str, Review] = {}
        self._revision = 0

    async def save_schedule(self, schedule: Schedule, *, seen_until: datetime) -> None:
        """Keep the schedule, and take back what was recorded ahead."""
        self._revision += 1
        self.saved[schedule.id] = Planned(schedule, seen_until, self._revision)
        self._take_back(schedule.id, seen_until)

    async def pause_schedule(self, schedule_id: str, *, because: str, now: datetime) -> bool:
        """Pause the schedule, if it is there and runs."""
        found = await self.find_schedule(schedule_id)
        if found is None or found.paused:
            return False
        paused = replace(found, paused=True, paused_because=because)
        self._revision += 1
        seen_until = self.saved[schedule_id].seen_until
        self.saved[schedule_id] = Planned(paused, seen_until, self._revision)
        self._take_back(schedule_id, now)
        return True

    async def changed_schedules(self, after: int, *, limit: int = 200) -> tuple[Planned, ...]:
        """Return what changed after that revision."""
        changed = sorted(self.saved.values(), key=lambda planned: planned.revision)
        return tuple(planned for planned in changed if planned.revision > after)[:limit]

    async def find_schedule(self, schedule_id: str) -> Schedule | None:
        """Return the schedule."""
        return self.saved[schedule_id].schedule if schedule_id in self.saved else None

    async def schedules(self, newsroom_id: int | None = None) -> tuple[Schedule, ...]:
        """Return the schedules, the oldest first, then by id."""
        every = [planned.schedule for planned in self.saved.values()]
        found = [s for s in every if newsroom_id in (None, s.newsroom_id)]
        return tuple(sorted(found, key=lambda schedule: (schedule.created_at, schedule.id)))

    async def remove_schedule(self, schedule_id: str) -> bool:
        """Forget the schedule, not its occurrences."""
        return self.saved.pop(schedule_id, None) is not None

    async def seen_until(self, schedule_id: str) -> datetime | None:
        """Return up to when what was due is recorded."""
        return self.saved[schedule_id].seen_until if schedule_id in self.saved else None

    async def record_due(
        self,
        schedule_id: str,
        due_at: datetime,
        *,
        late: bool = False,
        then: Sequence[NewJob] = (),
    ) -> bool:
        """Add the occurrence and its jobs, once."""
        if (schedule_id, due_at) in self.recorded:
            return False
        self.recorded[schedule_id, due_at] = Occurrence(schedule_id, due_at, late=late)
        await self.jobs.enqueue(then)
        return True

    async def mark_seen(self, schedule_id: str, until: datetime) -> None:
        """Note up to when what was due is recorded; never goes back."""
        if planned := self.saved.get(schedule_id):
            seen = max(planned.seen_until, until)
            self.saved[schedule_id] = Planned(planned.schedule, seen, planned.revision)

    async def finish_occurrence(
        self,
        schedule_id: str,
        due_at: datetime,
        state: OccurrenceState,
        *,
        outcome: str = "",
        at: datetime | None = None,
    ) -> None:
        """Set the state of the occurrence."""
        if (schedule_id, due_at) not in self.recorded:
            raise ValueError(f"{schedule_id} has no occurrence at {due_at}")
        occurrence = self.recorded[schedule_id, due_at]
        ended = replace(occurrence, state=state, outcome=outcome, ended_at=at)
        self.recorded[schedule_id, due_at] = ended

    async def find_occurrence(self, schedule_id: str, due_at: datetime) -> Occurrence | None:
        """Return what was recorded of the instant."""
        return self.recorded.get((schedule_id, due_at))

    async def last_occurrence(self, schedule_id: str) -> Occurrence | None:
        """Return the latest that has ended."""
        ended = [o for o in self.recorded.values() if o.state not in ("due", "claimed")]
        own = [o for o in ended if o.schedule_id == schedule_id]
        return max(own, key=lambda occurrence: occurrence.due_at, default=None)

    async def occurrences(self, schedule_id: str, since: datetime) -> tuple[Occurrence, ...]:
        """Return the occurrences in order of time."""
        times = sorted(due for own, due in self.recorded if own == schedule_id and due >= since)
        return tuple(self.recorded[schedule_id, due] for due in times)

    def _take_back(self, schedule_id: str, after: datetime) -> None:
        for (own, due_at), occurrence in list(self.recorded.items()):
            if own != schedule_id or due_at <= after or occurrence.state != "due":
                continue
            prefix = f"{occurrence_key(own, due_at)}/"
            keys = [key for key in self.posts.posts if key.startswith(prefix)]
            if all(self.posts.posts[key].tried_at is None for key in keys):
                del self.recorded[own, due_at]
                for key in keys:
                    del self.posts.posts[key]
                self.reviews.pop(occurrence_key(own, due_at), None)


class FakeOperations:
    """Operations channels and notices in memory; jobs go to the `jobs` given."""

    def __init__(self, jobs: Queue) -> None:
        self.jobs = jobs
        self.channels: dict[int, int] = {}
        self.noted: dict[str, Notice] = {}

    async def channel_of(self, newsroom_id: int) -> int | None:
        """Return the channel."""
        return self.channels.get(newsroom_id)

    async def newsrooms(self) -> tuple[int, ...]:
        """Return the newsrooms with a channel."""
        return tuple(sorted(self.channels))

    async def set_channel(self, newsroom_id: int, channel_id: int) -> None:
        """Keep the channel."""
        self.channels[newsroom_id] = channel_id

    async def note(self, notice: Notice, *, then: Sequence[NewJob] = ()) -> bool:
        """Keep the notice and its jobs, once."""
        if notice.key in self.noted:
            return False
        self.noted[notice.key] = notice
        await self.jobs.enqueue(then)
        return True

    async def was_noted(self, key: str) -> bool:
        """Tell whether the key was noted."""
        return key in self.noted

    async def notices(self, newsroom_id: int, since: datetime) -> tuple[Notice, ...]:
        """Return the newsroom's notices in order of time."""
        own = [n for n in self.noted.values() if n.newsroom_id == newsroom_id]
        found = [notice for notice in own if notice.noted_at >= since]
        return tuple(sorted(found, key=lambda notice: (notice.noted_at, notice.key)))


class FakeTeller:
    """Tells nobody, and remembers whom; an error is raised if one is laid out for the place."""

    def __init__(self) -> None:
        self.told: list[tuple[int, str]] = []
        self.to_decide: list[int] = []
        self.errors: dict[int, Exception] = {}

    async def tell(
        self,
        channel_id: int,
        text: str,
        nonce: str,
        report_id: int = 0,
        *,
        since: datetime | None = None,
    ) -> None:
        """Remember what a channel was told; what it was told already is looked for if asked."""
        assert nonce
        if channel_id in self.errors:
            raise self.errors[channel_id]
        if since is None or (channel_id, text) not in self.told:
            self.told.append((channel_id, text))
        self.to_decide += [report_id] if report_id else []

    async def ask(self, review: Review, text: str, nonce: str) -> None:
        """Remember what a channel was asked."""
        await self.tell(review.channel_id, text, nonce)

    async def tell_member(
        self, member_id: int, text: str, nonce: str, *, since: datetime | None = None
    ) -> None:
        """Remember what a member was told."""
        await self.tell(member_id, text, nonce, since=since)
