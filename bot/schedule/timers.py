"""The alarm clock: APScheduler wakes us when a schedule is due; what is due, the tables know.

Nothing is decided here. A wake-up says that a schedule should be looked at, perhaps once too often
(after a clock was set back), never once too little: at least every `check_seconds` the given clock
is read again, so that a clock that was moved, a laptop that slept and a timer that drifted lose
nothing. APScheduler counts real seconds; the given clock says what time it is.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.errors import ScheduleError
from bot.news import Schedule
from bot.schedule.alarms import Alarms

log = logging.getLogger(__name__)

CHECK: Final = "check"
WAKE_UPS_AT_A_STRETCH: Final = 50
"""Schedules found due before the event loop gets a turn: some 5 ms of work."""


class AlarmTrigger(BaseTrigger):  # type: ignore[misc] # the library ships no types
    """Rings when the earliest schedule is due, and at least every `check` from the last ring."""

    def __init__(self, until_due: Callable[[], timedelta], check: timedelta) -> None:
        self._until_due = until_due
        self._check = check

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return when to ring next, in APScheduler's own time.

        After a ring that is a whole `check` later: the check which it starts sets the alarm again
        when it is through, and should it fail, the next one follows none the less.
        """
        if previous_fire_time is not None:
            return now + self._check
        return now + min(max(self._until_due(), timedelta()), self._check)


class Timers:
    """Calls `on_due(schedule_id)` once a schedule is due; several schedules at the same time.

    While a call for a schedule runs, no other for it starts; if it falls due meanwhile, one more
    call follows. A call that fails is logged and repeated after `check_seconds`, since only the
    next due instant would else make up for it.

    Args:
        on_due: looks the schedule up, records what is due and claims it.
        clock: says what time it is; aware.
        check_seconds: how often, in real seconds, the clock is looked at if nothing is due.
    """

    def __init__(
        self,
        on_due: Callable[[str], Awaitable[None]],
        clock: Callable[[], datetime],
        *,
        check_seconds: float = 30,
    ) -> None:
        self._on_due = on_due
        self._clock = clock
        self._check_every = timedelta(seconds=check_seconds)
        self._alarms = Alarms()
        self._owed: set[str] = set()
        self._calls: dict[str, asyncio.Task[None]] = {}
        self._checking: asyncio.Task[None] | None = None
        self._trigger = AlarmTrigger(self._until_due, self._check_every)
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None}
        )

    def set(self, schedules: Iterable[Schedule], since: datetime | None = None) -> None:
        """Replace all schedules; one that was due after `since` (or else now) wakes at once.

        A schedule that cannot be read is logged as an error and left out.
        """
        self._alarms.clear()
        for schedule in schedules:
            try:
                self._alarms.add(schedule, since or self._clock())
            except ScheduleError as error:
                extra = {"schedule": schedule.id, "reason": str(error)}
                log.error("schedule left out", extra=extra)  # noqa: TRY400 - expected, no trace
        self._arm()

    def add(self, schedule: Schedule, since: datetime | None = None) -> None:
        """Add or replace one schedule; it wakes at once if it was due after `since` (or else now).

        Raises:
            ScheduleError: the schedule's zone or cron expression cannot be read.
        """
        self._alarms.add(schedule, since or self._clock())
        self._arm()

    def remove(self, schedule_id: str) -> None:
        """Forget the schedule, if it is known; a call that runs goes on."""
        self._alarms.remove(schedule_id)
        self._owed.discard(schedule_id)

    def earliest(self) -> datetime | None:
        """Return when something is due next, or `None` when there is no schedule."""
        return self._alarms.earliest()

    def start(self) -> None:
        """Start to wake, in the running event loop. What is due already wakes at once."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every single check
        self._scheduler.add_job(self._ring, self._trigger, id=CHECK)
        self._scheduler.start()

    async def stop(self) -> None:
        """Wake no more, and return when the calls that run have ended; cancelled, it ends them."""
        if not self._scheduler.running:
            return
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # the scheduler shuts down in the loop's next turn
        if self._checking:
            self._checking.cancel()
        self._owed.clear()
        await asyncio.gather(*self._calls.values(), return_exceptions=True)

    def _until_due(self) -> timedelta:
        earliest = self._alarms.earliest()
        return self._check_every if earliest is None else earliest - self._clock()

    def _arm(self) -> None:
        if self._scheduler.running:
            self._scheduler.reschedule_job(CHECK, trigger=self._trigger)

    async def _ring(self) -> None:
        # a check that still runs finds all that is due, and sets the alarm again
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        taken = 0
        try:
            while (schedule_id := self._alarms.take(self._clock())) is not None:
                self._call(schedule_id)
                taken += 1
                if taken % WAKE_UPS_AT_A_STRETCH == 0:
                    await asyncio.sleep(0)
            self._arm()
        except Exception:  # the alarm is set for the next check already
            log.exception("schedule check failed")

    def _call(self, schedule_id: str) -> None:
        self._owed.add(schedule_id)
        if schedule_id not in self._calls:
            self._calls[schedule_id] = asyncio.create_task(self._call_while_owed(schedule_id))

    async def _call_while_owed(self, schedule_id: str) -> None:
        try:
            while schedule_id in self._owed:
                self._owed.discard(schedule_id)
                await self._on_due(schedule_id)
        except Exception:  # whatever it was, the other schedules and the next try must go on
            log.exception("schedule wake-up failed", extra={"schedule": schedule_id})
            self._alarms.recall(schedule_id, self._clock() + self._check_every)
        finally:
            del self._calls[schedule_id]
