"""Intervals, windows over midnight, dates and quiet hours, against the clock and in tables."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.news import EVERY_DAY, DayTimes, Interval, Timing, Weekday, Window, date_order
from bot.schedule import due_between, next_runs, parse_times
from bot.schedule.due import find_due
from tests.builders import a_schedule
from tests.schedule.oracle import (
    DAY,
    runs_by_the_minute,
    some_times,
    wall_times,
    weekdays,
    zones_and_days,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

intervals = st.builds(
    Interval,
    st.one_of(st.sampled_from((7, 30, 45, 60, 90, 120, 1440)), st.integers(1, 3000)),
    wall_times,
    st.one_of(st.just(""), wall_times),
)
windows = st.lists(
    st.tuples(wall_times, wall_times).filter(lambda ends: ends[0] != ends[1]),
    max_size=2,
    unique=True,
).map(lambda found: tuple(Window(*ends) for ends in sorted(found)))


def due(timing: Timing, since: datetime, until: datetime) -> list[datetime]:
    return list(due_between(replace(a_schedule(created_at=LONG_AGO), timing=timing), since, until))


@given(zones_and_days(), intervals, weekdays, windows)
@settings(deadline=None, max_examples=30)
def test_intervals_run_as_if_somebody_counted_minutes(
    zone_and_day: tuple[str, datetime],
    interval: Interval,
    days: tuple[Weekday, ...],
    quiet: tuple[Window, ...],
) -> None:
    zone, day = zone_and_day
    since, until = day - DAY / 4, day + DAY + DAY / 4  # the clock changes within the day
    timing = Timing(zone, (), days, interval=interval, quiet=quiet)
    assert due(timing, since, until) == runs_by_the_minute(timing, since, until)


@given(zones_and_days(), some_times, weekdays, st.builds(DayTimes, weekdays, some_times))
@settings(deadline=None, max_examples=20)
def test_days_with_times_of_their_own_hold_on_every_calendar(
    zone_and_day: tuple[str, datetime],
    times: tuple[str, ...],
    days: tuple[Weekday, ...],
    more: DayTimes,
) -> None:
    zone, day = zone_and_day
    since, until = day - DAY / 4, day + DAY + DAY / 4
    timing = Timing(zone, times, days, also=(more,))
    assert due(timing, since, until) == runs_by_the_minute(timing, since, until)


@given(zones_and_days(), some_times, st.integers(2, 9), st.none() | st.integers(-9, 2))
@settings(deadline=None, max_examples=20)
def test_every_so_many_days_hold_on_every_calendar(
    zone_and_day: tuple[str, datetime], times: tuple[str, ...], days: int, first: int | None
) -> None:
    zone, day = zone_and_day
    since, until = day - 2 * DAY, day + 2 * DAY
    begins = "" if first is None else f"{day + first * DAY:%Y-%m-%d}"
    timing = Timing(zone, times, every_days=days, first_day=begins)
    assert due(timing, since, until) == runs_by_the_minute(timing, since, until)


@given(zones_and_days(), some_times, windows, st.data())
@settings(deadline=None, max_examples=20)
def test_dates_and_quiet_hours_hold_on_every_calendar(
    zone_and_day: tuple[str, datetime],
    times: tuple[str, ...],
    quiet: tuple[Window, ...],
    data: st.DataObject,
) -> None:
    zone, day = zone_and_day
    near = [day + DAY * n for n in (-1, 0, 1)]
    names = st.sampled_from([f"{d:{form}}" for d in near for form in ("%Y-%m-%d", "%m-%d", "%d")])
    dates = data.draw(st.sets(st.one_of(names, st.just("last")), min_size=1))
    if any(all(window.holds(time) for time in times) for window in quiet):
        quiet = ()
    heard = [t for t in times if not any(window.holds(t) for window in quiet)]
    timing = Timing(
        zone, times, dates=tuple(sorted(dates, key=date_order)), quiet=quiet if heard else ()
    )
    since, until = day - DAY, day + 2 * DAY
    assert due(timing, since, until) == runs_by_the_minute(timing, since, until)


@pytest.mark.parametrize(
    ("words", "after", "expected"),
    [
        # London, spring: 01:00 becomes 02:00; an interval counts what has passed
        (
            "every 2 hours from 22:00 to 06:00 Europe/London",
            "2026-03-28T21:00Z",
            ["28T22:00+00:00", "29T00:00+00:00", "29T03:00+01:00", "29T05:00+01:00", "29T22:00"],
        ),
        # London, autumn: 02:00 becomes 01:00
        (
            "every 2 hours from 22:00 to 06:00 Europe/London",
            "2026-10-24T20:30Z",
            ["24T22:00+01:00", "25T00:00+01:00", "25T01:00+00:00", "25T03:00+00:00", "25T05:00"],
        ),
        # New York, both changes
        (
            "every 90 minutes from 00:00 to 04:30 America/New_York",
            "2026-03-08T04:59Z",
            ["08T00:00-05:00", "08T01:30-05:00", "08T04:00-04:00", "09T00:00-04:00"],
        ),
        (
            "every 90 minutes from 00:00 to 04:30 America/New_York",
            "2026-11-01T03:59Z",
            ["01T00:00-04:00", "01T01:30-04:00", "01T02:00-05:00", "01T03:30-05:00", "02T00:00"],
        ),
        # Lord Howe moves by half an hour
        (
            "every hour from 00:00 to 04:00 Australia/Lord_Howe",
            "2026-10-03T13:00Z",
            ["04T00:00+10:30", "04T01:00+10:30", "04T02:30+11:00", "04T03:30+11:00", "05T00:00"],
        ),
        (
            "every hour from 00:00 to 03:00 Australia/Lord_Howe",
            "2026-04-04T12:00Z",
            ["05T00:00+11:00", "05T01:00+11:00", "05T01:30+10:30", "05T02:30+10:30", "06T00:00"],
        ),
        # Kathmandu is three quarters of an hour off; Chatham too, and changes
        ("every 6 hours Asia/Kathmandu", "2026-05-01T00:00Z", ["01T06:00+05:45", "01T12:00"]),
        (
            "every 12 hours from 01:00 Pacific/Chatham",
            "2026-09-26T00:00Z",
            ["27T00:00+12:45", "27T13:00+13:45", "28T01:00+13:45"],
        ),
        # without an end there is no break, and the clock shows another hour after its change
        (
            "every 6 hours Europe/London",
            "2026-10-24T20:00Z",
            ["25T01:00+01:00", "25T06:00+00:00", "25T12:00+00:00"],
        ),
        # a window belongs to the day on which it opens
        (
            "Fridays every 3 hours from 22:00 to 04:00 UTC",
            "2026-03-06T12:00Z",
            ["06T22:00", "07T01:00", "07T04:00", "13T22:00"],
        ),
        # the opening itself falls into the gap
        (
            "every hour from 01:30 to 04:00 Europe/London",
            "2026-03-28T12:00Z",
            ["29T02:00+01:00", "29T03:00", "29T04:00", "30T01:30", "30T02:30"],
        ),
        # leap days
        ("29 February 06:00 UTC", "2026-03-01T00:00Z", ["2028-02-29T06:00", "2032-02-29T06:00"]),
        ("last day of the month 06:00 UTC", "2028-02-01T00:00Z", ["2028-02-29", "2028-03-31"]),
        ("31st of the month 06:00 UTC", "2026-04-01T00:00Z", ["2026-05-31", "2026-07-31"]),
        ("every 24 hours from 06:00 UTC", "2028-02-28T12:00Z", ["2028-02-29T06:00", "03-01T06:00"]),
        # single dates come once, and then never
        ("2026-12-24 18:00 UTC", "2026-03-04T00:00Z", ["2026-12-24T18:00"]),
        ("2026-12-24 18:00 UTC", "2026-12-24T18:00Z", []),
        # quiet hours are those that the clock shows
        (
            "every 3 hours not 22:00-06:00 Europe/London",
            "2026-03-28T17:00Z",
            ["28T18:00+00:00", "28T21:00+00:00", "29T07:00+01:00", "29T10:00+01:00"],
        ),
        ("01:30 not 02:00-03:00 Europe/London", "2026-03-28T12:00Z", ["30T01:30", "31T01:30"]),
        ("cron */30 * * * * not 00:30-23:30 UTC", "2026-03-04T12:00Z", ["04T23:30", "05T00:00"]),
    ],
)
def test_clocks_that_change_and_calendars(words: str, after: str, expected: list[str]) -> None:
    timing = parse_times(words)
    runs = next_runs(timing, datetime.fromisoformat(after), max(len(expected), 1))
    assert len(runs) == len(expected)
    for run, shown in zip(runs, expected, strict=True):
        assert shown in run.astimezone(ZoneInfo(timing.zone)).isoformat(timespec="minutes")


def test_a_schedule_that_moves_to_another_zone_runs_by_the_new_clock() -> None:
    noon = datetime(2026, 3, 8, 12, tzinfo=UTC)  # New York has changed its clock, London has not
    london = parse_times("07:00 Europe/London")
    moved = replace(london, zone="America/New_York")
    assert find_due(london, noon) == datetime(2026, 3, 9, 7, tzinfo=UTC)
    assert find_due(moved, noon) == datetime(2026, 3, 9, 11, tzinfo=UTC)


def test_what_is_never_due_is_found_out_in_a_moment() -> None:
    quiet = Timing("UTC", interval=Interval(1440, "07:00"), quiet=(Window("06:00", "08:00"),))
    never = Timing("UTC", (), ("mon",), interval=Interval(10_080))  # counted from a Thursday
    for timing in (quiet, never):
        assert find_due(timing, LONG_AGO + 9000 * DAY) is None


def test_an_interval_without_an_end_never_loses_a_step() -> None:
    timing = Timing("Australia/Lord_Howe", (), EVERY_DAY, interval=Interval(50))
    runs = next_runs(timing, datetime(2026, 3, 30, tzinfo=UTC), 500)
    assert {b - a for a, b in itertools.pairwise(runs)} == {timedelta(minutes=50)}
