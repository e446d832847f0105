"""Words to timings and back."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ScheduleError
from bot.news import EVERY_DAY, Timing, Weekday
from bot.schedule import in_words, next_due, parse_times
from tests.builders import NOON

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
KATHMANDU = "Asia/Kathmandu"
WEEKDAYS = EVERY_DAY[:5]

times = st.sets(st.times().map(lambda time: f"{time:%H:%M}"), min_size=1, max_size=24)
days = st.sets(st.sampled_from(EVERY_DAY), min_size=1)
timings = st.one_of(
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
        ("7 " * 200, "That is too long"),
        (" ".join(f"7:{n:02}" for n in range(25)), "25 times are more than the 24"),
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
    ],
)
def test_a_timing_is_said_as_an_editor_would(timing: Timing, words: str) -> None:
    assert in_words(timing) == words


@given(timings)
@settings(deadline=None)
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
