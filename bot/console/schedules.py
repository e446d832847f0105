"""What planning editions at a terminal works with."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.cards import Card
from bot.desk import Desk
from bot.ports import Places
from bot.schedule_desk import ScheduleDesk


def go_ahead(_: Card) -> bool:
    """Ask nobody: for pipes, and for a desk where a second line does as well."""
    return True


@dataclass(frozen=True)
class Planning:
    """The desk of schedules, the channels, the desk that makes editions, and who is asked first.

    `confirm` is shown what would be saved, and tells whether it shall be.
    """

    schedules: ScheduleDesk
    places: Places
    desk: Desk
    confirm: Callable[[Card], bool] = go_ahead
