"""Everything the chat works with, given to it at the start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.desk import Desk
from bot.news import Rendering
from bot.ports import Operations, Posts, Timetable
from bot.schedule_desk import TimingWords

RenderingOf = Callable[[int], Awaitable[Rendering]]
"""From the id of a server to how it wants its editions drawn."""


async def always_components(_: int) -> Rendering:
    """Return that editions are drawn with components, whichever server it is."""
    return "components"


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
    rendering_of: RenderingOf = always_components
