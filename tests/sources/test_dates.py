from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.dates import parse_instant, past

MORNING = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T08:30:00Z",
        "2026-03-04T08:30:00.123456+00:00",
        " 2026-03-04 09:30:00 +0100 ",
        "2026-03-04T03:00-05:30",
        "2026-03-04T08:30",
        "2026-03-04T08:30:00.0000000+0000",
        "Wed, 04 Mar 2026 08:30:00 +0000",
        "Wed, 04 Mar 2026 08:30:00 GMT",
        "Wed, 04 Mar 2026 09:30:00 +0100",
        "4 Mar 2026 08:30 UT",
    ],
)
def test_the_usual_ways_to_write_an_instant_are_read(text: str) -> None:
    assert parse_instant(text) == MORNING


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "soon", "0001-01-01T00:00:00Z", "1970-01-01", "2026-13-40", "2026-02-30T10:00",
        "Mon, 01 Jan 0001 00:00:00 GMT", "2026-03-04T25:00", "9999-99-99", None, 20260304, [],
        "0001-01-01T00:00:00+23:59",
    ],
)  # fmt: skip
def test_what_is_no_date_is_none(text: object) -> None:
    assert parse_instant(text) is None


@given(
    st.datetimes(datetime(1991, 1, 1), datetime(2190, 1, 1)),  # noqa: DTZ001 - the zone is added
    st.integers(-14 * 60, 14 * 60),
)
def test_every_instant_survives_being_written(moment: datetime, offset_minutes: int) -> None:
    zone = timezone(timedelta(minutes=offset_minutes))
    instant = moment.replace(microsecond=0, tzinfo=zone)
    assert parse_instant(instant.isoformat()) == instant


@given(st.text(max_size=40))
def test_any_text_gives_an_instant_in_utc_or_nothing(text: str) -> None:
    found = parse_instant(text)
    assert found is None or found.utcoffset() == timedelta(0)


def test_a_clock_may_be_a_day_fast_and_no_more() -> None:
    assert past(MORNING, now=MORNING - timedelta(hours=23)) == MORNING
    assert past(MORNING, now=MORNING - timedelta(hours=25)) is None
    assert past(None, now=MORNING) is None
