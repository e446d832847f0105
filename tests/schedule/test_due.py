"""When timings are due, in all zones, against an oracle that looks at the clock every minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ScheduleError
from bot.news import Timing, Weekday
from bot.schedule import due_between, next_due, next_runs
from tests.builders import NOON, a_schedule
from tests.schedule.oracle import (
    DAY,
    MINUTE,
    ZONES,
    clock_of,
    runs_by_the_minute,
    some_times,
    wall_times,
    weekdays,
    zones_and_days,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@given(zones_and_days(), some_times, weekdays)
@settings(deadline=None, max_examples=30)
def test_each_wall_time_of_each_local_date_runs_once_in_every_zone(
    zone_and_day: tuple[str, datetime], times: tuple[str, ...], days: tuple[Weekday, ...]
) -> None:
    zone, day = zone_and_day
    since, until = day - DAY / 4, day + DAY + DAY / 4  # the clock changes within the day
    timing = Timing(zone, times, days)
    schedule = msgspec.structs.replace(a_schedule(created_at=LONG_AGO), timing=timing)
    assert list(due_between(schedule, since, until)) == runs_by_the_minute(timing, since, until)


@given(
    zones_and_days(),
    st.integers(1, 30),
    st.one_of(st.just(set(range(24))), st.sets(st.integers(0, 23), min_size=1)),
)
@settings(deadline=None, max_examples=30)
def test_recurring_times_run_whenever_the_clock_shows_them(
    zone_and_day: tuple[str, datetime], step: int, hours: set[int]
) -> None:
    zone, day = zone_and_day
    since, until = day - DAY / 4, day + DAY + DAY / 4  # the clock changes within the day
    cron = f"*/{step} {','.join(map(str, sorted(hours)))} * * *"
    shown = clock_of(zone, since + MINUTE, until)
    expected = [at for at, wall in shown if wall.hour in hours and wall.minute % step == 0]
    found = due_between(a_schedule(zone=zone, cron=cron, created_at=LONG_AGO), since, until)
    assert list(found) == expected


@given(st.sampled_from(ZONES), st.integers(2020, 2035), wall_times)
@settings(deadline=None, max_examples=20)
def test_a_daily_time_runs_as_often_as_the_year_has_days(zone: str, year: int, time: str) -> None:
    there = ZoneInfo(zone)
    since = datetime(year, 1, 1, tzinfo=there).astimezone(UTC) - MINUTE
    until = datetime(year + 1, 1, 1, tzinfo=there).astimezone(UTC) - MINUTE
    runs = due_between(a_schedule("s", time, zone=zone, created_at=LONG_AGO), since, until)
    assert len(runs) == (date(year + 1, 1, 1) - date(year, 1, 1)).days


@given(
    zones_and_days(),
    st.one_of(some_times, st.sampled_from(("*/7 * * * *", "30 */3 * * *", "15 1-3 * * *"))),
    st.timedeltas(timedelta(), 2 * DAY),
)
@settings(deadline=None, max_examples=30)
def test_the_next_run_is_later_than_now_and_none_lies_between(
    zone_and_day: tuple[str, datetime], when: tuple[str, ...] | str, moment: timedelta
) -> None:
    zone, day = zone_and_day
    timing = Timing(zone, cron=when) if isinstance(when, str) else Timing(zone, when)
    now = day - DAY + moment
    runs = next_runs(timing, now, 4)
    assert [now, *runs] == sorted({now, *runs})
    for run, following in pairwise(runs):
        assert next_due(timing, run) == following
        assert next_due(timing, following - timedelta(microseconds=1)) == following


@pytest.mark.parametrize(
    ("zone", "when", "after", "expected"),
    [
        # the hour is left out: once, at the first instant after the gap
        (
            "Europe/London",
            "01:30",
            "2025-03-29T12:00Z",
            ["2025-03-30T02:00+01:00", "31T01:30+01:00"],
        ),
        ("America/New_York", "02:30", "2025-03-08T12:00Z", ["2025-03-09T03:00-04:00"]),
        ("Australia/Lord_Howe", "02:10", "2025-10-04T00:00Z", ["2025-10-05T02:30+11:00"]),
        ("Africa/Cairo", "00:00", "2025-04-24T12:00Z", ["2025-04-25T01:00+03:00"]),
        ("America/Sao_Paulo", "00:15", "2018-11-03T12:00Z", ["2018-11-04T01:00-02:00"]),
        # the hour comes twice: once, the first time
        (
            "Europe/London",
            "01:30",
            "2025-10-25T12:00Z",
            ["2025-10-26T01:30+01:00", "27T01:30+00:00"],
        ),
        ("Europe/London", "01:30", "2025-10-26T01:15Z", ["2025-10-27T01:30+00:00"]),
        ("America/New_York", "01:30", "2025-11-01T12:00Z", ["2025-11-02T01:30-04:00"]),
        ("Australia/Lord_Howe", "01:45", "2025-04-05T00:00Z", ["2025-04-06T01:45+11:00"]),
        ("America/Sao_Paulo", "23:30", "2018-02-17T12:00Z", ["2018-02-17T23:30-02:00"]),
        # a date that does not exist
        (
            "Pacific/Apia",
            "07:00",
            "2011-12-28T20:00Z",
            ["2011-12-29T07:00-10:00", "31T07:00+14:00"],
        ),
        # no change at all, and an odd offset
        ("Asia/Kathmandu", "07:00", "2026-03-04T00:00Z", ["2026-03-04T07:00+05:45"]),
        # times that meet after the gap are one run
        (
            "Europe/London",
            "01:30 02:00",
            "2025-03-29T12:00Z",
            ["2025-03-30T02:00+01:00", "31T01:30"],
        ),
        # by elapsed time
        (
            "Europe/London",
            "cron 30 * * * *",
            "2025-10-26T00:00Z",
            ["2025-10-26T01:30+01:00", "26T01:30+00:00", "26T02:30+00:00"],
        ),
        ("Europe/London", "cron 30 * * * *", "2025-03-30T00:45Z", ["2025-03-30T02:30+01:00"]),
        ("Europe/London", "cron */30 * * * *", "2025-03-30T00:45Z", ["30T02:00+01:00", "30T02:30"]),
        ("Europe/London", "cron */30 * * * *", "2025-10-26T00:45Z", ["26T01:00+00:00", "26T01:30"]),
        ("Australia/Lord_Howe", "cron * 3 * * *", "2025-10-04T12:00Z", ["2025-10-05T03:00+11:00"]),
        ("UTC", "cron 0 6 29 2 *", "2026-01-01T00:00Z", ["2028-02-29T06:00+00:00"]),
        ("UTC", "cron 0 6 * * 1#1", "2026-03-04T12:00Z", ["2026-04-06T06:00+00:00"]),
    ],
)
def test_clock_changes_and_calendars(zone: str, when: str, after: str, expected: list[str]) -> None:
    is_cron = when.startswith("cron ")
    timing = Timing(zone, cron=when[5:]) if is_cron else Timing(zone, tuple(when.split()))
    runs = next_runs(timing, datetime.fromisoformat(after), len(expected))
    for run, words in zip(runs, expected, strict=True):
        assert words in run.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def test_a_paused_schedule_has_nothing_due() -> None:
    assert due_between(a_schedule(paused=True), NOON, NOON + 9 * DAY) == ()


def test_nothing_is_due_before_the_schedule_was_made() -> None:
    schedule = a_schedule("s", "07:00", zone="UTC", created_at=NOON)
    runs = due_between(schedule, NOON - 9 * DAY, NOON + DAY)
    assert runs == (datetime(2026, 3, 5, 7, tzinfo=UTC),)


def test_the_end_of_a_window_belongs_to_it_and_its_beginning_does_not() -> None:
    schedule = a_schedule("s", "07:00", zone="UTC", created_at=LONG_AGO)
    seven = datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert due_between(schedule, seven - MINUTE, seven) == (seven,)
    assert due_between(schedule, seven, seven + MINUTE) == ()
    assert due_between(schedule, seven, seven - DAY) == ()


@pytest.mark.parametrize("zone", ["Europe/Lodnon", "../../etc/passwd", "Europe", "a\0b"])
def test_an_unknown_zone_is_an_error_that_names_it(zone: str) -> None:
    with pytest.raises(ScheduleError, match="not a time zone that I know"):
        next_due(Timing(zone, ("07:00",)), NOON)


@pytest.mark.parametrize("cron", ["0 7 * * 9", "0 0 31 2 *", "61 * * * *"])
def test_an_expression_that_is_not_one_is_an_error_that_names_it(cron: str) -> None:
    with pytest.raises(ScheduleError, match="is not a cron expression"):
        next_due(Timing("UTC", cron=cron), NOON)


def test_an_expression_that_never_comes_true_is_an_error() -> None:
    never = Timing("UTC", cron="0 7 LW * */7")  # the last weekday of a month, if a Sunday
    with pytest.raises(ScheduleError, match="never comes true"):
        next_due(never, NOON)
    assert next_runs(never, NOON) == ()


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_due(Timing("UTC", ("07:00",)), NOON.replace(tzinfo=None))
