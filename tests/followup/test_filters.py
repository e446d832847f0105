"""What an editor types to narrow a search."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnknownError
from bot.followup.filters import read_filters
from bot.ports import Limits

ZURICH = ZoneInfo("Europe/Zurich")


def test_filters_are_read_and_the_words_stay() -> None:
    typed = 'how many outlet:"Harbour Courier" were  hurt outlet:keelmark lang:PT-br story:s1'
    words, limits = read_filters(typed, UTC)
    assert words == "how many were hurt"
    assert limits == Limits(
        outlets=("Harbour Courier", "keelmark"), language="pt-br", story_id="s1"
    )


def test_days_are_those_of_the_zone_and_the_last_is_whole() -> None:
    _, limits = read_filters("since:2026-09-15 until:2026-09-16 source:https://a.example/x", ZURICH)
    assert limits.since == datetime(2026, 9, 14, 22, tzinfo=UTC)
    assert limits.until == datetime(2026, 9, 16, 22, tzinfo=UTC)
    assert limits.sources == ("https://a.example/x",)


def test_an_hour_is_an_hour_of_the_zone_or_of_its_own() -> None:
    _, limits = read_filters("since:2026-09-15T18:00 until:2026-09-16T18:00Z", ZURICH)
    assert limits.since == datetime(2026, 9, 15, 16, tzinfo=UTC)
    assert limits.until == datetime(2026, 9, 16, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ferry since:Tuesday", r"`since:Tuesday` is no date; write it as 2026-09-16"),
        ("ferry until:9999-12-31", "is no date"),
        ("ferry lang:german!", "`lang:german!` is no language"),
        ("ferry outlet:", r"Nothing stands behind `outlet:`"),
        ('ferry outlet:"" boat', r"Nothing stands behind `outlet:`"),
    ],
)
def test_what_cannot_be_read_is_named(typed: str, told: str) -> None:
    with pytest.raises(UnknownError, match=told):
        read_filters(typed, UTC)


@given(st.text(max_size=200).filter(lambda typed: ":" not in typed))
def test_words_without_a_filter_narrow_nothing(typed: str) -> None:
    assert read_filters(typed, UTC) == (" ".join(typed.split()), Limits())


@given(st.text(max_size=100), st.sampled_from(["since:2026-09-16", "lang:de", 'outlet:"A B"']))
def test_whatever_stands_around_it_a_filter_is_found(typed: str, one: str) -> None:
    around = typed.replace(":", " ")
    assert read_filters(f"{around} {one} {around}", UTC)[1] == read_filters(one, UTC)[1]
