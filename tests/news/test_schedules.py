"""What must hold of timings, schedules and occurrences."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.errors import VerificationError
from bot.news import (
    EditionOrder,
    Filters,
    Interval,
    Occurrence,
    Schedule,
    Timing,
    Window,
    from_json,
    to_json,
)
from tests.builders import NOON, a_schedule

NIGHT = Window("22:00", "06:00")
DATES = [f"{day:02}" for day in range(1, 26)]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Timing("", ("07:00",)), "needs a time zone"),
        (lambda: Timing("UTC"), "needs times or a cron expression"),
        (lambda: Timing("UTC", ("07:00",), cron="0 7 * * *"), "needs times or a cron"),
        (lambda: Timing("UTC", ("7:00",)), "“7:00” is not a time of day"),
        (lambda: Timing("UTC", ("24:00",)), "“24:00” is not a time of day"),
        (lambda: Timing("UTC", ("07:00", "06:00")), "times are out of order"),
        (lambda: Timing("UTC", ("07:00", "07:00")), "times are out of"),
        (lambda: Timing("UTC", tuple(f"07:{n:02}" for n in range(25))), "At most 24 times"),
        (lambda: Timing("UTC", ("07:00",), ()), "needs a day"),
        (lambda: Timing("UTC", ("07:00",), ("wed", "mon")), "weekdays are out of order"),
        (lambda: Timing("UTC", cron="0 0 7 * * *"), "has five fields"),
        (lambda: Timing("UTC", cron="0  7 * * *"), "One space"),
        (lambda: Timing("UTC", cron="0 7 * * " + "1," * 100 + "1"), "too long"),
        (lambda: Timing("UTC", (), ("mon",), "0 7 * * *"), "names the weekdays itself"),
        (lambda: Timing("UTC", ("07:00",), interval=Interval(60)), "times or a cron"),
        (lambda: Timing("UTC", ("07:00",), dates=("02-30",)), "“02-30” is not a date"),
        (lambda: Timing("UTC", ("07:00",), dates=("32",)), "“32” is not a date"),
        (lambda: Timing("UTC", ("07:00",), dates=("last", "01")), "dates are out of order"),
        (lambda: Timing("UTC", ("07:00",), ("mon",), dates=("01",)), "either dates or weekdays"),
        (lambda: Timing("UTC", ("07:00",), dates=tuple(DATES)), "At most 24 dates"),
        (lambda: Timing("UTC", ("07:00",), quiet=(Window("06:00", "08:00"),)), "in quiet hours"),
        (lambda: Timing("UTC", cron="* * * * *", quiet=(NIGHT, NIGHT)), "windows are out of order"),
        (lambda: Timing("UTC", cron="* * * * *", quiet=(Window("06:00", "06:00"),)), "Quiet all"),
        (lambda: Timing("UTC", cron="0 7 * * *", dates=("01",)), "either dates|names the weekdays"),
        (lambda: Window("6", "07:00"), "“6” is not a time of day"),
        (lambda: Interval(0), "between a minute and a week"),
        (lambda: Interval(10_081), "An interval is between a minute and a week"),
        (lambda: Interval(60, "6:00"), "“6:00” is not a time of day"),
        (lambda: Filters(topics=("a", "a")), "named twice"),
        (lambda: Filters(sources=(" ",)), "without a name"),
        (lambda: Filters(min_origins=0), "Origins: from 1"),
        (lambda: Filters(max_stories=26), "Stories: from 1 to 25"),
        (lambda: Filters(language="English"), "not a language code"),
        (lambda: Filters(prompt="../secret"), "not the name of a prompt"),
        (lambda: EditionOrder(late="of snow"), "never due is late"),
        (lambda: replace(a_schedule(), paused_because="Gone."), "what is not paused"),
        (lambda: a_schedule(""), "needs an id"),
        (lambda: a_schedule(created_at=NOON.replace(tzinfo=None)), "created_at must be an aware"),
        (lambda: Occurrence("", NOON), "needs its schedule"),
        (lambda: Occurrence("s1", NOON.replace(tzinfo=None)), "due_at must be an aware"),
        (lambda: Occurrence("s1", NOON, "claimed"), "2026-03-04 12:00 is claimed by nobody"),
    ],
)
def test_a_value_that_does_not_hold_cannot_be_made(
    make: Callable[[], object], sentence: str
) -> None:
    with pytest.raises(VerificationError, match=sentence):
        make()


@pytest.mark.parametrize("cron", ["", "*/15 8-18 * * 1-5"])
def test_a_schedule_comes_back_from_json_as_it_was(cron: str) -> None:
    schedule = a_schedule(cron=cron)
    assert from_json(to_json(schedule), Schedule) == schedule


def test_an_occurrence_comes_back_from_json_as_it_was() -> None:
    occurrence = Occurrence("s1", NOON, "claimed", "worker-1", late=True)
    assert from_json(to_json(occurrence), Occurrence) == occurrence


def test_a_timing_that_was_stored_before_intervals_reads_as_it_did() -> None:
    stored = '{"zone":"UTC","times":["07:00"],"weekdays":["mon"],"cron":""}'
    assert from_json(stored, Timing) == Timing("UTC", ("07:00",), ("mon",))
