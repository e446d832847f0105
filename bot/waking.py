"""Wakes for what will be due, and records it with the jobs that make and post its editions.

An instant is recorded up to `PREPARE` before it comes, so that its edition is written when it does.
Nothing that is recorded ahead is final: it is posted only when the clock shows its instant, and a
schedule that changes before that takes it back.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.errors import ScheduleError
from bot.news import Schedule
from bot.ports import Planned, Timetable
from bot.posting import edition_job
from bot.schedule import DueRuns, Timers, due_between, missed_runs, why_late

log = logging.getLogger(__name__)

PREPARE: Final = timedelta(seconds=75)
"""How long before its instant an edition is made: reading what is due, and writing, take some."""
LOOK_SECONDS: Final = 2.0
"""How often is looked for schedules that another process has changed."""
AT_ONCE: Final = 4
"""Schedules that are recorded at the same time. Hundreds stopped the event loop for a quarter of a
second, and were not faster: there is one writer.
"""
LONG_SPAN: Final = timedelta(hours=26)
"""From here on instants are counted in a thread: a month of five minutes takes half a second."""


class Waker:
    """Keeps the alarms as the timetable is, and records what falls due.

    Args:
        timetable: the truth about schedules; other processes may change it.
        clock: says what time it is; aware, UTC.
        check_seconds: how often, in real seconds, the clock is compared with the alarms.
    """

    def __init__(
        self, timetable: Timetable, clock: Callable[[], datetime], *, check_seconds: float
    ) -> None:
        self._timetable = timetable
        self._clock = clock
        self._timers = Timers(self.on_due, self._ahead, check_seconds=check_seconds)
        self._catching_up = asyncio.Lock()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._revision = 0
        self._started_at = clock()

    async def start(self) -> None:
        """Begin to wake; what fell due while nobody looked wakes at once."""
        self._started_at = self._clock()
        await self.catch_up()  # before the alarm clock goes, which would be set for each anew
        self._timers.start()

    async def stop(self) -> None:
        """Wake no more, and return when what is being recorded is."""
        await self._timers.stop()

    def earliest(self) -> datetime | None:
        """Return the next instant that anything is due at; `None` if nothing is."""
        return self._timers.earliest()

    async def catch_up(self) -> float:
        """Take in what changed in the timetable; returns in how many seconds to look again."""
        async with self._catching_up:
            while changed := await self._timetable.changed_schedules(self._revision):
                for planned in changed:
                    self._set_alarm(planned)
                self._revision = changed[-1].revision
        return LOOK_SECONDS

    async def on_due(self, schedule_id: str) -> None:
        """Record what is due by now or soon, each occurrence with its job, once for ever."""
        async with self._turns:
            await self._look(schedule_id)

    async def _look(self, schedule_id: str) -> None:
        now = self._clock()
        schedule = await self._timetable.find_schedule(schedule_id)
        if schedule is None or schedule.paused:
            self._timers.remove(schedule_id)
            return
        since = await self._timetable.seen_until(schedule_id) or now
        known = await self._timetable.occurrences(schedule_id, since)
        due = await _due(schedule, since, now + PREPARE + schedule.lead)
        left = sorted({*due} - {occurrence.due_at for occurrence in known})
        await self._record(schedule, missed_runs(left, schedule.missed, now=now), now)
        await self._timetable.mark_seen(schedule_id, now)

    async def _record(self, schedule: Schedule, runs: DueRuns, now: datetime) -> None:
        skipped = len(runs.skipped)
        for due_at in runs.late:
            await self._add(schedule, due_at, now, why_late(due_at, self._started_at, skipped))
        for due_at in runs.on_time:
            await self._add(schedule, due_at, now)
        if skipped and not runs.late:
            await self._note_skipped(schedule, runs.skipped[-1], skipped - 1, now)

    async def _add(
        self, schedule: Schedule, due_at: datetime, now: datetime, late: str = ""
    ) -> None:
        job = edition_job(schedule, due_at, late=late, make_at=now)
        if await self._timetable.record_due(schedule.id, due_at, late=bool(late), then=(job,)):
            log.info("edition due", extra={"schedule": schedule.id, "due": due_at.isoformat()})

    async def _note_skipped(
        self, schedule: Schedule, due_at: datetime, earlier: int, now: datetime
    ) -> None:
        why = why_late(due_at, self._started_at, earlier)
        if await self._timetable.record_due(schedule.id, due_at, late=True):
            await self._timetable.finish_occurrence(
                schedule.id, due_at, "skipped", outcome=f"Missed: {why}.", at=now
            )
        log.warning("runs missed", extra={"schedule": schedule.id, "reason": why})

    def _ahead(self) -> datetime:
        """Return the clock that the alarms go by."""
        return self._clock() + PREPARE

    def _set_alarm(self, planned: Planned) -> None:
        schedule = planned.schedule
        try:
            self._timers.add(schedule, planned.seen_until)
        except ScheduleError as error:
            self._timers.remove(schedule.id)
            log.warning("schedule left out", extra={"id": schedule.id, "reason": str(error)})


async def _due(schedule: Schedule, since: datetime, until: datetime) -> Sequence[datetime]:
    if until - since > LONG_SPAN:
        return await asyncio.to_thread(due_between, schedule, since, until)
    return due_between(schedule, since, until)
