"""The desk of the schedules: what it works with, and what can be asked of one that is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from msgspec.structs import replace

from bot.errors import ScheduleError, UnknownError
from bot.news import Occurrence, Schedule, Timing
from bot.ports import Operations, Servers, Subscriptions, Teller, Timetable
from bot.posting import edition_job


@dataclass(frozen=True)
class TimingWords:
    """How an editor's words become a timing and come back.

    `parse(text, zone)` raises `ScheduleError`; `next_runs(timing, now)` gives the next three
    instants.
    """

    parse: Callable[[str, str], Timing]
    in_words: Callable[[Timing], str]
    next_runs: Callable[[Timing, datetime], Sequence[datetime]]


@dataclass(frozen=True)
class ScheduleDesk:
    """What planning needs.

    `zone` is meant where an editor names none; `topics` are the names of the desk's topics;
    `teller` reaches a member directly, and without one operations need a channel; `servers` are
    those of the newsroom, and no edition is planned in any other.
    `teller` reaches a member directly, and without one operations need a channel; `prompts` are the
    names of the newsroom's editions.
    """

    timetable: Timetable
    operations: Operations
    subscriptions: Subscriptions
    timing: TimingWords
    zone: tzinfo
    topics: tuple[str, ...] = ()
    teller: Teller | None = None
    servers: Servers | None = None
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A timing as it was understood, with its next runs; and the schedule that has it, if any."""

    timing: Timing
    words: str
    runs: tuple[datetime, ...]
    schedule: Schedule | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the list: a schedule, when it is due next, and what became of its last run."""

    schedule: Schedule
    words: str
    next_run: datetime | None
    last: Occurrence | None


def preview(desk: ScheduleDesk, at: str, zone: str, *, now: datetime) -> Plan:
    """Return how the words are understood; nothing is saved.

    Raises:
        ScheduleError: they are not understood, or never come true from now on.
    """
    return planned(desk, desk.timing.parse(at, zone or str(desk.zone)), now=now)


def planned(
    desk: ScheduleDesk, timing: Timing, *, now: datetime, schedule: Schedule | None = None
) -> Plan:
    """Return the timing with its next runs.

    Raises:
        ScheduleError: there are none any more.
    """
    words = desk.timing.in_words(timing)
    runs = tuple(desk.timing.next_runs(timing, now))
    if not runs:
        raise ScheduleError(f"“{words}” lies in the past; nothing would be due any more.")
    return Plan(timing, words, runs, schedule)


async def find_schedule(desk: ScheduleDesk, name: str, newsroom_id: int | None) -> Schedule:
    """Return the schedule of that id or name, or the only one with these words in its name.

    Raises:
        UnknownError: the newsroom (or, without one, nobody) has such a schedule, or several.
    """
    every = await desk.timetable.schedules(newsroom_id)
    asked = name.strip().casefold()
    same = [s for s in every if asked in (s.id.casefold(), s.name.casefold())]
    alike = same or [s for s in every if asked and asked in s.name.casefold()]
    if len(alike) > 1:
        ids = ", ".join(f"{s.id} ({s.name})" for s in alike[:5])
        raise UnknownError(f"Several editions are called so; say which by its id: {ids}.")
    if not alike:
        raise UnknownError("There is no such edition here. /schedule list shows them.")
    return alike[0]


async def listing(
    desk: ScheduleDesk, newsroom_id: int | None, *, now: datetime
) -> tuple[Entry, ...]:
    """Return the schedules of the newsroom, or of all, the oldest first."""
    found = await desk.timetable.schedules(newsroom_id)
    return tuple([await entry_of(desk, schedule, now=now) for schedule in found])


async def entry_of(desk: ScheduleDesk, schedule: Schedule, *, now: datetime) -> Entry:
    """Return the schedule's line in the list."""
    words = desk.timing.in_words(schedule.timing)
    runs = () if schedule.paused else desk.timing.next_runs(schedule.timing, now)
    last = await desk.timetable.last_occurrence(schedule.id)
    return Entry(schedule, words, next(iter(runs), None), last)


async def pause(desk: ScheduleDesk, schedule: Schedule, *, now: datetime) -> bool:
    """Pause the schedule; false if it was paused already."""
    return await desk.timetable.pause_schedule(schedule.id, because="", now=now)


async def resume(desk: ScheduleDesk, schedule: Schedule, *, now: datetime) -> Plan:
    """Let the schedule run again from now on; what it slept through is not made up for.

    Whether its channel can be posted in is for the caller to ask first (`require_place`).

    Raises:
        ScheduleError: nothing would be due any more.
    """
    running = replace(schedule, paused=False, paused_because="")
    plan = planned(desk, schedule.timing, now=now, schedule=running)
    await desk.timetable.save_schedule(running, seen_until=now)
    return plan


async def remove(desk: ScheduleDesk, schedule: Schedule) -> None:
    """Forget the schedule; what it has posted stays."""
    await desk.timetable.remove_schedule(schedule.id)


async def run_now(desk: ScheduleDesk, schedule: Schedule, *, now: datetime) -> bool:
    """Have an edition of the schedule made and posted at once; false if one of this second is.

    Raises:
        ScheduleError: the schedule is paused.
    """
    if schedule.paused:
        raise ScheduleError("This schedule is paused. Resume it first.")
    due_at = now.replace(microsecond=0) + timedelta(seconds=bool(now.microsecond))
    job = edition_job(schedule, due_at, make_at=now)
    return await desk.timetable.record_due(schedule.id, due_at, then=(job,))
