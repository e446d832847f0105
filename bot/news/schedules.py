"""When editions are due: the timing an editor asked for, the schedule, and its occurrences."""

import re
from itertools import pairwise
from typing import Final, Literal, get_args

from bot.news.values import Instant, Value, require, require_utc

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
OccurrenceState = Literal["due", "claimed", "posted", "skipped", "failed"]

EVERY_DAY: Final[tuple[Weekday, ...]] = get_args(Weekday)
"""The days of the week, Monday first."""

WALL_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
CRON_FIELDS: Final = 5
MAX_CRON_CHARS: Final = 200
MAX_TIMES_A_DAY: Final = 24
"""Times of day that one schedule names; an edition more often than that is a feed."""


class Timing(Value, frozen=True):
    """What an editor asked for: times of the local day on some weekdays, or a cron expression.

    `times` are "HH:MM" on a local clock, ascending; `weekdays` Monday first; `zone` is an IANA
    name. `cron` has five fields (minute, hour, day, month, weekday) and stands in place of times
    and weekdays.
    """

    zone: str
    times: tuple[str, ...] = ()
    weekdays: tuple[Weekday, ...] = EVERY_DAY
    cron: str = ""

    def __post_init__(self) -> None:
        """Check that there is one way to tell when, in order and without repeats."""
        require(self.zone, "A schedule needs a time zone.")
        require(bool(self.times) != bool(self.cron), "A schedule needs times or a cron expression.")
        require(len(self.times) <= MAX_TIMES_A_DAY, f"At most {MAX_TIMES_A_DAY} times a day.")
        for time in self.times:
            require(WALL_TIME.fullmatch(time), f"“{time}” is not a time of day such as 07:00.")
        require(all(a < b for a, b in pairwise(self.times)), "The times are out of order.")
        days = [EVERY_DAY.index(day) for day in self.weekdays]
        require(days, "A schedule needs a day of the week.")
        require(all(a < b for a, b in pairwise(days)), "The weekdays are out of order.")
        if self.cron:
            self._check_cron()

    def _check_cron(self) -> None:
        fields = self.cron.split()
        require(len(fields) == CRON_FIELDS, "A cron expression has five fields.")
        require(len(self.cron) <= MAX_CRON_CHARS, "The cron expression is too long.")
        require(self.cron == " ".join(fields), "One space parts the fields of cron.")
        require(self.weekdays == EVERY_DAY, "A cron expression names the weekdays itself.")


class Schedule(Value, frozen=True):
    """An edition that comes again and again in one channel.

    `newsroom_id`, `channel_id` and `created_by` are the chat service's numbers (of a server, a
    channel, a member); `text` is how the editor put the timing.
    """

    id: str
    newsroom_id: int
    channel_id: int
    name: str
    timing: Timing
    created_by: int
    created_at: Instant
    text: str = ""
    paused: bool = False

    def __post_init__(self) -> None:
        """Check the id and the instant."""
        require(self.id, "A schedule needs an id.")
        require_utc(self.created_at, "created_at")


class Occurrence(Value, frozen=True):
    """One due instant of a schedule, unique for ever by (`schedule_id`, `due_at`).

    `claimed_by` is the worker that has it, or had it last. `late` is true when the edition could
    not come at its time and says so.
    """

    schedule_id: str
    due_at: Instant
    state: OccurrenceState = "due"
    claimed_by: str = ""
    late: bool = False

    def __post_init__(self) -> None:
        """Check the instant, and that a claim has its worker."""
        require(self.schedule_id, "An occurrence needs its schedule.")
        require_utc(self.due_at, "due_at")
        require(
            self.state != "claimed" or self.claimed_by,
            f"The occurrence of {self.due_at:%Y-%m-%d %H:%M} is claimed by nobody.",
        )
