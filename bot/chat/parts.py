"""Everything the chat works with, given to it at the start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.chat.suggestions import Suggestions
from bot.desk import Desk
from bot.ports import Documents, Operations, Posts, Timetable
from bot.schedule_desk import TimingWords
from bot.source_desk import SourceDesk


@dataclass(frozen=True)
class Parts:
    """The desk, what is remembered, the clock (aware, UTC), and whom to tell of new schedules.

    `links` fetches addresses that any member may name, so nothing that is not public; `sources`
    keeps the sources, and `suggestions` what is suggested while somebody types.
    """

    desk: Desk
    posts: Posts
    timetable: Timetable
    clock: Callable[[], datetime]
    timing: TimingWords
    on_schedules_changed: Callable[[], Awaitable[None]]
    operations: Operations
    sources: SourceDesk
    links: Documents
    suggestions: Suggestions
