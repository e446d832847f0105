"""Dates of a sentence stand in its sources, or follow from the date of an article."""

from datetime import UTC, datetime

import pytest

from bot.language import load_check_words
from bot.writing.checks import Cited, Derived, check_sentence
from tests.writing.checks.checking import TUESDAY, faults


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The bridge at Tarn closed on Monday.", "The bridge at Tarn closed on Tuesday."),
        ("The bridge at Tarn closed last month.", "The bridge at Tarn closed last week."),
        ("The bridge at Tarn closes next year.", "The bridge at Tarn closed last year."),
        ("The bridge at Tarn closed on May 12.", "The bridge at Tarn closed on May 14."),
        ("The bridge at Tarn closed on 12 June.", "The bridge at Tarn closed on 12 May."),
        ("The bridge at Tarn closed in May 2025.", "The bridge at Tarn closed in May 2024."),
        ("The bridge at Tarn closed yesterday.", "The bridge at Tarn closed today."),
        ("The bridge at Tarn closed in the morning.", "The bridge at Tarn closed in the evening."),
        ("The bridge at Tarn closed on Monday.", "The bridge at Tarn closed."),
    ],
)
def test_another_date_is_a_fault(text: str, cited: str) -> None:
    assert faults(text, cited) & {"date", "number"}


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The bridge at Tarn closed on Tues.", "The bridge at Tarn closed on Tuesday."),
        ("The bridge at Tarn closed on 12 May.", "The bridge at Tarn closed on May 12, 2025."),
        ("The bridge at Tarn closed on Sept. 12.", "The bridge at Tarn closed on September 12."),
        ("The bridge at Tarn closed in May.", "The bridge at Tarn closed on May 12."),
        ("The bridge at Tarn may close.", "The bridge at Tarn may close."),
    ],
)
def test_the_same_date_in_another_form_is_none(text: str, cited: str) -> None:
    assert faults(text, cited) == set()


def dated(text: str, cited: str, instant: datetime | None) -> tuple[set[str], tuple[Derived, ...]]:
    found = check_sentence(text, [Cited(cited, instant)], load_check_words())
    return {str(fault.kind) for fault in found.faults} - {"copied"}, found.derived


def test_date_words_are_resolved_against_the_dateline() -> None:
    cited = "The bridge at Tarn closed yesterday."
    assert dated("The bridge at Tarn closed on Monday.", cited, TUESDAY) == (
        set(),
        (Derived("Monday", "yesterday"),),
    )
    assert dated("The bridge at Tarn closed on March 2.", cited, TUESDAY)[0] == set()
    assert dated("The bridge at Tarn closed on Sunday.", cited, TUESDAY)[0] == {"date"}
    assert dated("The bridge at Tarn closed on Monday.", cited, None)[0] == {"date"}


def test_a_weekday_may_stand_for_a_full_date() -> None:
    cited = "The bridge at Tarn closed on 2 March 2026."
    assert dated("The bridge at Tarn closed on Monday.", cited, TUESDAY)[0] == set()


def test_a_date_that_no_calendar_has_resolves_to_nothing() -> None:
    cited = "The bridge at Tarn closed on 31 February 2026."
    found, _ = dated(
        "The bridge at Tarn closed on Monday.", cited, datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert found == {"date"}


def test_dates_that_changed_places_are_a_fault() -> None:
    cited = "The bridge closed on Monday and the ferry opened on Friday."
    assert faults("The bridge closed on Friday and the ferry opened on Monday.", cited) == {"role"}
