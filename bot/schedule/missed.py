"""Decides which runs are made of those that are due, by what the schedule says of missed ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.delivery.outbox import PUNCTUAL
from bot.news import MissedRuns

MAX_CAUGHT_UP: Final = 24
"""Missed runs that are made up for at most: a day of hourly ones."""


@dataclass(frozen=True)
class DueRuns:
    """What becomes of runs: `on_time` and `late` are made, `skipped` are not; each ascending."""

    on_time: tuple[datetime, ...]
    late: tuple[datetime, ...]
    skipped: tuple[datetime, ...]


def missed_runs(due: Sequence[datetime], policy: MissedRuns, *, now: datetime) -> DueRuns:
    """Return what becomes of the runs that are due, ascending, up to `now` or a little later.

    One that is at most five minutes old is on time. Of older ones `skip` makes none, `all` the last
    24, and `once` the last, unless a newer one is on time and makes up for it.
    """
    missed = tuple(run for run in due if now - run > PUNCTUAL)
    on_time = tuple(due[len(missed) :])
    made = {"skip": 0, "once": 0 if on_time else 1, "all": MAX_CAUGHT_UP}[policy]
    first = max(len(missed) - made, 0)
    return DueRuns(on_time, missed[first:], missed[:first])


def why_late(due_at: datetime, started_at: datetime, skipped: int) -> str:
    """Return why a run could not come at its time, as a clause without a full stop.

    `started_at` is when this process began to watch, `skipped` how many earlier runs are left out.
    """
    why = (
        "Nutgraf was not running then"
        if due_at < started_at
        else "the computer slept or its clock was set"
    )
    if not skipped:
        return why
    return f"{why}; {skipped} more {'runs were' if skipped > 1 else 'run was'} left out"
