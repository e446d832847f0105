"""Everything the chat works with, given to it at the start."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk import Desk
from bot.news import Timing
from bot.ports import Posts, Timetable


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
class Parts:
    """The desk, what is remembered, the clock (aware, UTC), and whom to tell of new schedules."""

    desk: Desk
    posts: Posts
    timetable: Timetable
    clock: Callable[[], datetime]
    timing: TimingWords
    on_schedules_changed: Callable[[], Awaitable[None]]
