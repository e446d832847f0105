"""Names of a sentence stand in its sources, whole or in part, and keep their roles."""

import pytest

from bot.language import load_check_words
from bot.writing.checks import Cited, Derived, check_sentence
from tests.writing.checks.checking import check, faults

ACCUSED = "Mayor Mira Ebb accused Tom Tolland of lying about the harbour works in Tarn."
WORKS = "The Harbour Works Authority hired French divers in Tarn."


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Ebb accused Tolland of lying about the harbour works.", ACCUSED),
        ("Mr Tolland was accused of lying by Mira Ebb.", ACCUSED),
        ("Tom Tolland was accused of lying about the harbour works in Tarn.", ACCUSED),
        ("The HWA hired French divers.", WORKS),
        ("Divers from France were hired.", WORKS),
    ],
)
def test_parts_acronyms_and_demonyms_of_a_name_are_supported(text: str, cited: str) -> None:
    assert faults(text, cited) == set()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Orla Venn accused Tolland of lying about the harbour works.", ACCUSED),
        ("Mira Tolland accused Tom Ebb of lying about the harbour works.", ACCUSED),
        ("Ebb accused Tolland of lying about the harbour works in Sund.", ACCUSED),
        ("The HWB hired French divers.", WORKS),
        ("Divers from Spain were hired.", WORKS),
    ],
)
def test_other_names_are_a_fault(text: str, cited: str) -> None:
    assert "name" in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Tom Tolland accused Mira Ebb of lying about the harbour works in Tarn.", [ACCUSED]),
        (
            "Orla Venn accused Tom Tolland of lying about the harbour works.",
            [ACCUSED, "Orla Venn left the room."],
        ),
        (
            "The ferry from Sund to Tarn stopped.",
            ["The ferry from Tarn to Sund stopped.", "It rained."],
        ),
    ],
)
def test_names_that_changed_places_are_a_fault(text: str, cited: list[str]) -> None:
    assert "role" in faults(text, *cited)


def test_a_name_that_is_a_month_too_is_a_name() -> None:
    assert "name" in faults("Ada May closed the harbour.", "Ada Venn closed the harbour.")
    assert faults("Ada May closed the harbour.", "Ada May closed the harbour.") == set()


def test_the_reason_names_whom_the_source_has_there() -> None:
    found = check("Orla Venn accused Tom Tolland of lying.", ACCUSED, "Orla Venn left the room.")
    assert "there the source has “Mayor Mira Ebb”" in {fault.reason for fault in found.faults}


def test_the_article_around_completes_a_name_and_brings_none() -> None:
    around = "Mira Ebb leads the Tarn Harbour Board. Tom Tolland is a diver."
    cited = [Cited("Ebb closed the harbour.", context=around)]
    words = load_check_words()
    completed = check_sentence("Mira Ebb closed the harbour.", cited, words)
    assert completed.faults == ()
    assert completed.derived == (Derived("Mira", "Mira Ebb"),)
    brought = check_sentence("Tom Tolland closed the harbour.", cited, words)
    assert {fault.kind for fault in brought.faults} >= {"name"}


def test_a_number_of_the_article_around_supports_nothing() -> None:
    cited = [Cited("Ebb closed the harbour.", context="Mira Ebb, 58, leads the board.")]
    found = check_sentence("Ebb, 58, closed the harbour.", cited, load_check_words())
    assert [fault.kind for fault in found.faults] == ["number"]
