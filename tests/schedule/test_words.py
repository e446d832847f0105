"""Words to timings and back."""

from datetime import date
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ScheduleError
from bot.news import EVERY_DAY, DayTimes, Interval, Timing, Weekday, Window, date_order
from bot.schedule import in_words, next_due, parse_times
from bot.schedule.due import find_due
from tests.builders import NOON

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
KATHMANDU = "Asia/Kathmandu"
WEEKDAYS = EVERY_DAY[:5]
NIGHT = Window("22:00", "06:00")
TWO_HOURS = Interval(120)
WEEKEND = EVERY_DAY[5:]
EACH_THIRD = Timing("UTC", ("07:00",), every_days=3, first_day="2026-11-24")

times = st.sets(st.times().map(lambda time: f"{time:%H:%M}"), min_size=1, max_size=24)
days = st.sets(st.sampled_from(EVERY_DAY), min_size=1)
wall_times = st.times().map(lambda time: f"{time:%H:%M}")
windows = st.builds(Window, wall_times, wall_times).filter(lambda w: w.start != w.end)
quiet = st.sets(windows.map(lambda w: (w.start, w.end)), max_size=3).map(
    lambda found: tuple(Window(*ends) for ends in sorted(found))
)
intervals = st.builds(
    Interval,
    st.one_of(st.integers(1, 10_080), st.integers(1, 168).map(lambda hours: hours * 60)),
    wall_times,
    st.one_of(st.just(""), wall_times),
)
dates = st.sets(
    st.one_of(
        st.dates(date(2026, 1, 1), date(2099, 12, 31)).map(str),
        st.dates(date(2028, 1, 1), date(2028, 12, 31)).map(lambda day: f"{day:%m-%d}"),
        st.integers(1, 31).map(lambda day: f"{day:02}"),
        st.just("last"),
    ),
    min_size=1,
    max_size=24,
).map(lambda found: tuple(sorted(found, key=date_order)))


day_times = st.builds(
    lambda days, times: DayTimes(tuple(d for d in EVERY_DAY if d in days), tuple(sorted(times))),
    days,
    st.sets(wall_times, min_size=1, max_size=4),
)


def comes_true(timing: Timing) -> bool:
    return find_due(timing, NOON) is not None


new_timings = st.one_of(
    st.builds(
        lambda z, i, q: Timing(z, interval=i, quiet=q), st.sampled_from(ZONES), intervals, quiet
    ),
    st.builds(
        lambda z, i, d: Timing(z, interval=i, dates=d), st.sampled_from(ZONES), intervals, dates
    ),
    st.builds(
        lambda z, t, d: Timing(z, tuple(sorted(t)), dates=d), st.sampled_from(ZONES), times, dates
    ),
    st.builds(lambda z, q: Timing(z, cron="*/5 * * * *", quiet=q), st.sampled_from(ZONES), quiet),
    st.builds(
        lambda z, lists: Timing(z, lists[0].times, lists[0].weekdays, also=tuple(lists[1:])),
        st.sampled_from(ZONES),
        st.lists(day_times, min_size=1, max_size=5),
    ),
    st.builds(
        lambda z, t, n, first: Timing(z, tuple(sorted(t)), every_days=n, first_day=first),
        st.sampled_from(ZONES),
        times,
        st.integers(2, 366),
        st.just("") | st.dates(date(2026, 1, 1), date(2099, 12, 31)).map(str),
    ),
).filter(comes_true)
timings = st.one_of(
    new_timings,
    st.builds(
        lambda zone, times, days: Timing(
            zone, tuple(sorted(times)), tuple(day for day in EVERY_DAY if day in days)
        ),
        st.sampled_from(ZONES),
        times,
        days,
    ),
    st.builds(
        lambda zone, cron: Timing(zone, cron=cron),
        st.sampled_from(ZONES),
        st.sampled_from(("*/15 * * * *", "0 7,17 * * 1-5", "30 6 L * *", "0 8 * JAN MON#1")),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07:00", Timing(KATHMANDU, ("07:00",))),
        ("7", Timing(KATHMANDU, ("07:00",))),
        ("7am", Timing(KATHMANDU, ("07:00",))),
        ("daily 07:00", Timing(KATHMANDU, ("07:00",))),
        ("every day at 7.30 p.m.", Timing(KATHMANDU, ("19:30",))),
        ("12 am, noon and 12:30pm", Timing(KATHMANDU, ("00:00", "12:00", "12:30"))),
        ("weekdays 07:00", Timing(KATHMANDU, ("07:00",), WEEKDAYS)),
        (
            "weekdays 07:00 and 17:30 Europe/London",
            Timing("Europe/London", ("07:00", "17:30"), WEEKDAYS),
        ),
        ("17:30, 07:00 and 7am", Timing(KATHMANDU, ("07:00", "17:30"))),
        ("mon,wed 6:30", Timing(KATHMANDU, ("06:30",), ("mon", "wed"))),
        ("Mon–Fri 6:30", Timing(KATHMANDU, ("06:30",), WEEKDAYS)),
        ("thurs-sun 23h15", Timing(KATHMANDU, ("23:15",), ("thu", "fri", "sat", "sun"))),
        ("sat-mon 8", Timing(KATHMANDU, ("08:00",), ("mon", "sat", "sun"))),
        ("at 8 on Tuesdays in america/new york", Timing("America/New_York", ("08:00",), ("tue",))),
        ("midnight utc", Timing("UTC", ("00:00",))),
        ("cron 0 7 * * MON-FRI", Timing(KATHMANDU, cron="0 7 * * MON-FRI")),
        ("Cron  */15 * * * *  utc", Timing("UTC", cron="*/15 * * * *")),
        (
            "cron */15 * * * * not 22:00-06:00 utc",
            Timing("UTC", cron="*/15 * * * *", quiet=(NIGHT,)),
        ),
        # days with times of their own
        (
            "weekdays 07:00 and weekends 09:00",
            Timing(KATHMANDU, ("07:00",), WEEKDAYS, also=(DayTimes(WEEKEND, ("09:00",)),)),
        ),
        (
            "07:00 and 17:30 weekdays, 9 on Saturdays, 10 on Sundays UTC",
            Timing(
                "UTC",
                ("07:00", "17:30"),
                WEEKDAYS,
                also=(DayTimes(("sat",), ("09:00",)), DayTimes(("sun",), ("10:00",))),
            ),
        ),
        # a count of days
        ("every 2 days 07:00", Timing(KATHMANDU, ("07:00",), every_days=2)),
        ("every other day at 7", Timing(KATHMANDU, ("07:00",), every_days=2)),
        ("every 1 day 07:00", Timing(KATHMANDU, ("07:00",))),
        (
            "every 2 weeks from 24 November 2026 at 07:00 and 19:00",
            Timing(KATHMANDU, ("07:00", "19:00"), every_days=14, first_day="2026-11-24"),
        ),
        ("07:00 every 3 days starting 2026-11-24 utc", EACH_THIRD),
        # intervals
        ("every 2 hours", Timing(KATHMANDU, interval=Interval(120))),
        ("every 2h from 6", Timing(KATHMANDU, interval=Interval(120, "06:00"))),
        ("hourly", Timing(KATHMANDU, interval=Interval(60))),
        ("every half an hour", Timing(KATHMANDU, interval=Interval(30))),
        (
            "every 30 minutes from 06:00 to 22:00, UTC",
            Timing("UTC", interval=Interval(30, "06:00", "22:00")),
        ),
        (
            "weekdays every 90min between 6am and 10 pm",
            Timing(KATHMANDU, (), WEEKDAYS, interval=Interval(90, "06:00", "22:00")),
        ),
        (
            "Fridays and Saturdays every hour 22:00-4:00",
            Timing(KATHMANDU, (), ("fri", "sat"), interval=Interval(60, "22:00", "04:00")),
        ),
        (
            "every hour from 18:00 until 24:00",
            Timing(KATHMANDU, interval=Interval(60, "18:00", "00:00")),
        ),
        # quiet hours
        ("every 2 hours not 22:00-06:00", Timing(KATHMANDU, interval=TWO_HOURS, quiet=(NIGHT,))),
        (
            "every 2 hours, except between 22:00 and 06:00 and 12 to 13, UTC",
            Timing("UTC", interval=TWO_HOURS, quiet=(Window("12:00", "13:00"), NIGHT)),
        ),
        # dates
        ("on 24 December 18:00", Timing(KATHMANDU, ("18:00",), dates=("12-24",))),
        ("2026-12-24 07:00", Timing(KATHMANDU, ("07:00",), dates=("2026-12-24",))),
        ("Dec 24th, 2026 at 7pm", Timing(KATHMANDU, ("19:00",), dates=("2026-12-24",))),
        (
            "24, 25 and 26 December and 1 January at 8",
            Timing(KATHMANDU, ("08:00",), dates=("01-01", "12-24", "12-25", "12-26")),
        ),
        ("1st of the month 7", Timing(KATHMANDU, ("07:00",), dates=("01",))),
        ("7:00 on the 1st and the 15th", Timing(KATHMANDU, ("07:00",), dates=("01", "15"))),
        ("1 and 15 of each month 7:00", Timing(KATHMANDU, ("07:00",), dates=("01", "15"))),
        ("last day of the month, noon", Timing(KATHMANDU, ("12:00",), dates=("last",))),
        ("the 1st of may at 7 in utc", Timing("UTC", ("07:00",), dates=("05-01",))),
        ("29 February 07:00", Timing(KATHMANDU, ("07:00",), dates=("02-29",))),
    ],
)
def test_what_editors_write_is_understood(text: str, expected: Timing) -> None:
    assert parse_times(text, KATHMANDU) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No time of day is named. Try “weekdays 07:00"),
        ("weekdays", "No time of day is named"),
        ("7:5", "“7:5” is not a time, a day or a time zone that I know. Try"),
        ("25:00", "“25:00” is not a time of day"),
        ("7:60", "“7:60” is not a time of day"),
        ("13pm", "“13pm” is not a time of day"),
        ("0 am", "“0am” is not a time of day"),
        ("soonish 07:00", "“soonish” is not a time, a day or a time zone"),
        ("07:00 London", "Did you mean Europe/London?"),
        ("07:00 Europe/Lodnon", "Did you mean Europe/London?"),
        ("mon-never 7", "“mon-never” is not a time, a day"),
        ("7 " * 600, "That is too long"),
        (" ".join(f"7:{n:02}" for n in range(25)), "25 times are more than the 24"),
        ("07:00 weekdays 09:00", "Which times are for which days?"),
        ("weekdays 07:00 09:00 weekends", "Which times are for which days?"),
        ("weekdays 07:00 and 24 December 09:00", "Which times are for which days?"),
        ("every 2 months 07:00", "Intervals are counted in minutes, hours, days or weeks"),
        ("every 2 days", "No time of day is named"),
        ("every 400 days 07:00", "At most every 366 days"),
        ("every 2 weeks on Mondays 07:00", "Every so many days goes with times alone"),
        ("every 2 days from 24 December 07:00", "A first day has its year"),
        ("every 2 days every 3 days 07:00", "One interval is enough"),
        ("every 2 days from 2026-02-30 07:00", "“2026-02-30” is not in the calendar"),
        ("every 0 minutes", "from a minute to a week"),
        ("every 200 hours", "from a minute to a week"),
        ("every 2 hours every 3 hours", "One interval is enough"),
        ("every 2 hours at 07:00", "Either times or an interval"),
        ("every 2 hours from 6 to 8 from 9 to 10", "One “from … to …” is enough"),
        ("07:00-09:00", "How often is not said"),
        ("07:00 from 08:00", "Once at 08:00, or how often"),
        ("07:00 not on holidays", "Behind “not” stand quiet hours"),
        ("07:00 not 06:00-08:00", "All times are in quiet hours. Try"),
        ("07:00 not 06:00-06:00", "Quiet all day"),
        ("hourly not 1-2 3-4 5-6 7-8", "At most 3 stretches"),
        ("monthly 07:00", "Which day of it?"),
        ("30 February 07:00", "“30 February” is not in the calendar"),
        ("2026-02-29 07:00", "“2026-02-29” is not in the calendar"),
        ("December 07:00", "“december” needs a day"),
        ("32nd 07:00", "“32 of the month” is not in the calendar"),
        ("Mondays and 24 December 07:00", "Either dates or days of the week"),
        ("1999-01-01 07:00", "never comes true"),
        ("last friday of the month 07:00", "“last” is not a time, a day"),
        ("mondays every 168 hours", "never comes true"),  # counted from a Thursday
        ("cron 0 7 * * * not 06:00-08:00", "never comes true"),
        ("cron 0 7", "A cron expression has five fields"),
        ("cron 0 7 * * 9", "“0 7 * * 9” is not a cron expression"),
        ("cron 0 7 * * ,", "“0 7 * * ,” is not a cron expression"),
        ("cron 0 7 * * " + "1," * 100 + "1", "That cron expression is too long"),
        ("cron 0 7 LW * */7", "never comes true"),
    ],
)
def test_what_is_not_understood_is_named_with_an_example(text: str, sentence: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        parse_times(text)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        (Timing("UTC", ("07:00",)), "daily at 07:00, UTC"),
        (
            Timing("Europe/London", ("07:00", "17:30"), WEEKDAYS),
            "weekdays at 07:00 and 17:30, Europe/London",
        ),
        (
            Timing("UTC", ("06:00", "12:00", "18:00"), ("sat", "sun")),
            "weekends at 06:00, 12:00 and 18:00, UTC",
        ),
        (Timing("UTC", ("06:30",), ("mon", "wed")), "Mondays and Wednesdays at 06:30, UTC"),
        (Timing("UTC", cron="0 7 * * 1-5"), "cron 0 7 * * 1-5, UTC"),
        (Timing("UTC", interval=Interval(60)), "every hour, UTC"),
        (
            Timing("UTC", ("07:00",), WEEKDAYS, also=(DayTimes(WEEKEND, ("09:00",)),)),
            "weekdays at 07:00, weekends at 09:00, UTC",
        ),
        (EACH_THIRD, "every 3 days from 24 November 2026 at 07:00, UTC"),
        (Timing("UTC", ("07:00",), every_days=14), "every 2 weeks at 07:00, UTC"),
        (
            Timing("UTC", (), WEEKDAYS, interval=Interval(30, "06:00", "22:00"), quiet=(NIGHT,)),
            "weekdays every 30 minutes from 06:00 to 22:00, not 22:00-06:00, UTC",
        ),
        (
            Timing("UTC", ("18:00",), dates=("2026-12-24", "12-24", "02", "13", "31", "last")),
            (
                "on 24 December 2026, 24 December each year and the 2nd, 13th, 31st and last "
                "day of each month at 18:00, UTC"
            ),
        ),
    ],
)
def test_a_timing_is_said_as_an_editor_would(timing: Timing, words: str) -> None:
    assert in_words(timing) == words


@given(timings)
@settings(deadline=None, max_examples=25)
def test_what_is_said_is_read_back_to_the_same(timing: Timing) -> None:
    words = in_words(timing)
    for spelling in (words, words.upper(), words.lower()):
        if spelling == words or not timing.cron:
            assert parse_times(spelling, "Pacific/Apia") == timing


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(("", "cron ", "7 ")))
@settings(deadline=None)
def test_any_text_is_a_timing_or_a_sentence_for_the_editor(text: str, start: str) -> None:
    _is_read_or_refused(start + text)


@given(st.lists(st.text("0159*/,-LW#", min_size=1, max_size=6), min_size=5, max_size=5))
@settings(deadline=None)
def test_any_expression_comes_true_or_is_refused(fields: list[str]) -> None:
    _is_read_or_refused("cron " + " ".join(fields))


def _is_read_or_refused(text: str) -> None:
    try:
        due = next_due(parse_times(text), NOON)
    except ScheduleError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017 - most texts are refused
    else:
        assert due > NOON


@given(st.sampled_from(EVERY_DAY), st.sampled_from(EVERY_DAY))
def test_a_range_of_days_holds_both_ends(first: Weekday, last: Weekday) -> None:
    named = parse_times(f"{first}-{last} 7").weekdays
    assert {first, last} <= set(named)
    assert len(named) == (EVERY_DAY.index(last) - EVERY_DAY.index(first)) % 7 + 1
