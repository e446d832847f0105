"""What an editor can ask for about schedules, for every surface alike."""

from bot.schedule_desk.desk import (
    Entry,
    Plan,
    ScheduleDesk,
    TimingWords,
    find_schedule,
    listing,
    pause,
    preview,
    remove,
    resume,
    run_now,
)
from bot.schedule_desk.keeping import (
    add,
    edit,
    require_place,
    set_operations,
    want_approval,
)
from bot.schedule_desk.wishes import Wish

__all__ = [
    "Entry",
    "Plan",
    "ScheduleDesk",
    "TimingWords",
    "Wish",
    "add",
    "edit",
    "find_schedule",
    "listing",
    "pause",
    "preview",
    "remove",
    "require_place",
    "resume",
    "run_now",
    "set_operations",
    "want_approval",
]
