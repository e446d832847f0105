"""Which schedules are due next, in memory: a heap that the tables can rebuild at any time."""

from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import Final

from bot.news import Schedule
from bot.schedule.due import find_due

SET_BACK: Final = timedelta(minutes=1)
"""How far a clock must go back for all instants to be found anew; below it drifts are corrected."""

Entry = tuple[datetime, int, str]
"""When, a number that tells the newest entry of a schedule from its older ones, schedule id."""


class Alarms:
    """The next due instant of each schedule. Reads no clock."""

    def __init__(self) -> None:
        self._schedules: dict[str, Schedule] = {}
        self._newest: dict[str, Entry] = {}
        self._heap: list[Entry] = []
        self._count = 0
        self._seen: datetime | None = None

    def add(self, schedule: Schedule, after: datetime) -> None:
        """Take the schedule in, or replace it; its next instant is the first later than `after`.

        It rings by the schedule's lead before that.
        A paused schedule is never due, nor one whose last date is over.

        Raises:
            ScheduleError: the schedule's zone or cron expression cannot be read.
        """
        self.remove(schedule.id)
        if not schedule.paused:
            due = find_due(schedule.timing, after)
            self._schedules[schedule.id] = schedule
            self._set(schedule.id, due and due - schedule.lead)

    def remove(self, schedule_id: str) -> None:
        """Forget the schedule, if it is known."""
        self._schedules.pop(schedule_id, None)
        self._newest.pop(schedule_id, None)

    def clear(self) -> None:
        """Forget all schedules."""
        self._schedules.clear()
        self._newest.clear()
        self._heap.clear()

    def recall(self, schedule_id: str, at: datetime) -> None:
        """Let the schedule, if it is known, be due at the instant if it is not due sooner."""
        newest = self._newest.get(schedule_id)
        if schedule_id in self._schedules and (newest is None or at < newest[0]):
            self._set(schedule_id, at)

    def earliest(self) -> datetime | None:
        """Return when something is due next, or `None` when there is no schedule."""
        while self._heap and self._newest.get(self._heap[0][2]) != self._heap[0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def take(self, now: datetime) -> str | None:
        """Return a schedule that is due at `now`, and set it to its first instant after `now`.

        Instants that it missed in between are one: whoever is woken asks `due_between`.
        """
        self._follow(now)
        earliest = self.earliest()
        if earliest is None or earliest > now:
            return None
        schedule_id = self._heap[0][2]
        schedule = self._schedules[schedule_id]
        due = find_due(schedule.timing, now + schedule.lead)
        self._set(schedule_id, due and due - schedule.lead)
        return schedule_id

    def _follow(self, now: datetime) -> None:
        """Find all instants anew if the clock was ahead, lest schedules sleep until that time."""
        if self._seen and now < self._seen - SET_BACK:
            for schedule in tuple(self._schedules.values()):
                self.add(schedule, now)
        self._seen = now

    def _set(self, schedule_id: str, due: datetime | None) -> None:
        if due is None:
            self._newest.pop(schedule_id, None)
            return
        self._count += 1
        entry = (due, self._count, schedule_id)
        self._newest[schedule_id] = entry
        if len(self._heap) > 2 * len(self._newest):  # mostly entries that were replaced
            self._heap = list(self._newest.values())
            heapify(self._heap)
        else:
            heappush(self._heap, entry)
