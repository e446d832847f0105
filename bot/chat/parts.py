"""Everything the chat works with, given to it at the start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.desk import Desk
from bot.ports import Operations, Posts, Threads, Timetable
from bot.schedule_desk import TimingWords


@dataclass(frozen=True)
class Parts:
    """The desk, what is remembered, the clock (aware, UTC), and whom to tell of new schedules."""

    desk: Desk
    posts: Posts
    timetable: Timetable
    clock: Callable[[], datetime]
    timing: TimingWords
    on_schedules_changed: Callable[[], Awaitable[None]]
    operations: Operations
    threads: Threads
