from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnknownError
from bot.moments import parse_moment

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)  # 07:00 in London


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ("18:00", "2026-09-16 18:00"),
        ("since 18:00", "2026-09-16 18:00"),
        ("6pm", "2026-09-16 18:00"),
        ("6.30 am", "2026-09-17 06:30"),
        ("7", "2026-09-17 07:00"),
        ("noon", "2026-09-16 12:00"),
        ("midnight", "2026-09-17 00:00"),
        ("yesterday", "2026-09-16 00:00"),
        ("Yesterday 22:15", "2026-09-16 22:15"),
        ("yesterday at 5pm", "2026-09-16 17:00"),
        ("today", "2026-09-17 00:00"),
        ("2026-09-14", "2026-09-14 00:00"),
        ("2026-09-14 18:00", "2026-09-14 18:00"),
        ("2026-09-14T18:00", "2026-09-14 18:00"),
        ("3 hours", "2026-09-17 04:00"),
        ("90m ago", "2026-09-17 05:30"),
        ("2 days", "2026-09-15 07:00"),
    ],
)
def test_moments_are_read_as_editors_write_them(said: str, local: str) -> None:
    expected = datetime.fromisoformat(local).replace(tzinfo=LONDON)
    assert parse_moment(said, LONDON, now=NOW) == expected


@pytest.mark.parametrize(
    "said", ["", "soon", "25:00", "18:60", "13pm", "2026-02-30", "18:00 tomorrow", "3 weeks"]
)
def test_what_is_no_moment_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(UnknownError, match="Try 18:00"):
        parse_moment(said, LONDON, now=NOW)


@pytest.mark.parametrize("said", ["today 18:00", "2026-09-17 18:00", "2099-01-01"])
def test_what_is_still_to_come_is_refused(said: str) -> None:
    with pytest.raises(UnknownError, match="still to come"):
        parse_moment(said, LONDON, now=NOW)


@given(
    st.times(),
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1)),  # noqa: DTZ001
    st.sampled_from(["UTC", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_a_time_of_day_is_its_last_one_before_now(at: object, now: datetime, zone: str) -> None:
    said = f"{at:%H:%M}"
    found = parse_moment(said, ZoneInfo(zone), now=now)
    assert timedelta() <= now - found <= timedelta(hours=26)
    assert (
        f"{found.astimezone(ZoneInfo(zone)):%H:%M}" == said
        or found.astimezone(ZoneInfo(zone)).utcoffset()
        != (found - timedelta(hours=2)).astimezone(ZoneInfo(zone)).utcoffset()
    )


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_moment_or_a_sentence(said: str) -> None:
    with suppress(UnknownError):
        assert parse_moment(said, LONDON, now=NOW) <= NOW
