from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.embargoes import embargo_end, stated_end, states_embargo

EARLIEST = datetime(1990, 1, 2)  # noqa: DTZ001 - hypothesis adds the zone
TUESDAY = datetime(2026, 3, 3, 12, tzinfo=UTC)
WALL = "2026-03-03T13:00:00+01:00"


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("text", "like", "end"),
    [
        ("2026-03-05T06:00:00Z", WALL, march(5, 6)),
        ("20260305T060000+0200", "", march(5, 4)),
        ("2026-03-05T06:00:00", WALL, march(5, 5)),
        ("2026-03-05T06:00:00", "2026-03-03T12:00:00Z", march(5, 18)),
        ("2026-03-05", "", march(5, 12)),
        ("", WALL, None),
        ("until further notice", WALL, None),
    ],
)
def test_an_explicit_embargo_ends_where_its_clock_comes_last(
    text: str, like: str, end: datetime | None
) -> None:
    assert embargo_end(text, like=like) == end


@pytest.mark.parametrize(
    ("note", "end"),
    [
        ("Embargoed until 0001 Thursday, March 5", march(4, 23, 1)),
        (
            "STRICTLY EMBARGOED. Not for release until 12noon on Thursday, March 5, 2026.",
            march(5, 11),
        ),
        ("Embargoed until 00.01 GMT 5 March", march(5, 0, 1)),
        ("Embargo: 2026-03-05 18:30", march(5, 17, 30)),
        ("Embargo until 6 p.m. on 5th March 2026", march(5, 17)),
        ("Embargoed till 5 Mar 6.30pm CET", march(5, 17, 30)),
        ("Sperrfrist: 05.03.2026, 18 Uhr", march(5, 17)),
        ("Gesperrt bis 5. März 2026, 18.00 Uhr", march(5, 17)),
        ("sous embargo jusqu'au 5 mars 2026 à 6h00", march(5, 5)),
        ("Embargoed until midnight on March 5", march(5, 23)),
        ("Not for publication before March 5", march(5, 23)),
        ("Sent on March 2. Embargoed until March 5, then until March 6 in print.", march(6, 23)),
        ("5 March at 0600: embargoed until then", march(5, 5)),
        ("Embargoed until 2 January 0600", datetime(2026, 1, 2, 5, tzinfo=UTC)),
    ],
)
def test_a_note_states_an_embargo_in_words(note: str, end: datetime) -> None:
    assert states_embargo(note)
    assert stated_end(note, dated=TUESDAY, like=WALL) == end


def test_a_day_without_a_year_is_the_nearest() -> None:
    eve = datetime(2026, 12, 30, tzinfo=UTC)
    found = stated_end("Embargoed until 0600 GMT, January 2", dated=eve)
    assert found == datetime(2027, 1, 2, 6, tzinfo=UTC)


def test_without_any_zone_the_end_is_where_the_day_ends_last() -> None:
    assert stated_end("Embargoed until 0600 5 March", dated=TUESDAY) == march(5, 18)


@pytest.mark.parametrize(
    "note", ["Embargoed until the minister has spoken", "Strict embargo!", "Under embargo."]
)
def test_an_embargo_without_a_day_has_no_end(note: str) -> None:
    assert states_embargo(note)
    assert stated_end(note, dated=TUESDAY) is None


@pytest.mark.parametrize(
    "note",
    [
        "Adds quotes on the oil embargo",
        "UPDATES with arms embargo to be prolonged",
        "No embargo.",
        "The embargo has been lifted",
        "No longer embargoed; free to use",
        "Sperrfrist aufgehoben",
        "With photos. Adds detail in paragraph 5.",
        "",
    ],
)
def test_a_note_about_something_else_is_no_embargo(note: str) -> None:
    assert not states_embargo(note)


@given(st.text(max_size=80), st.datetimes(timezones=st.just(UTC), min_value=EARLIEST))
def test_any_note_can_be_read(note: str, dated: datetime) -> None:
    found = stated_end(f"Embargoed until {note}", dated=dated)
    assert found is None or found.tzinfo is not None


@given(st.datetimes(timezones=st.just(UTC), min_value=EARLIEST), st.integers(-11, 14))
def test_no_clock_on_earth_shows_the_time_before_an_end_without_a_zone(
    at: datetime, hours: int
) -> None:
    if at.year > 9000:
        return
    wall = at.replace(microsecond=0)
    end = embargo_end(wall.strftime("%Y-%m-%dT%H:%M:%S"))
    assert end is not None
    assert end + timedelta(hours=hours) >= wall


def test_a_note_of_any_length_is_read_in_time_that_grows_with_it() -> None:
    # a comparison of each with each would outlast the test
    assert not states_embargo("not embargoed " * 100_000)


def test_a_day_that_no_calendar_has_is_no_end() -> None:
    assert stated_end("Embargoed until 31 February", dated=TUESDAY) is None
