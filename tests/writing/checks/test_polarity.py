"""What a source denies, doubts, plans or puts under a condition stays so."""

import pytest

from tests.writing.checks.checking import check, faults


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Ebb will resign after the vote.", "Ebb will not resign after the vote."),
        ("Ebb will not resign after the vote.", "Ebb will resign after the vote."),
        ("The board found evidence of a leak.", "The board found no evidence of a leak."),
        ("The board paid the divers.", "The board failed to pay the divers."),
        ("Ebb never visited the yard in Tarn.", "Ebb visited the yard in Tarn."),
        ("The board can't pay the divers.", "The board can pay the divers."),
        ("The line sails with a permit.", "The line sails without a permit."),
    ],
)
def test_a_negation_that_came_or_went_is_a_fault(text: str, cited: str) -> None:
    assert "negation" in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The line will close the quay.", "The line may close the quay."),
        ("The line will close the quay.", "The line plans to close the quay."),
        ("The pilot stole the boat.", "The pilot allegedly stole the boat."),
        ("The line may close the quay.", "The line will close the quay."),
        ("The line will close the quay in Tarn.", "The line is likely to close the quay in Tarn."),
        ("The line will close the quay.", "The line will close the quay if the money runs out."),
        ("The line will close the quay.", "Unless money comes, the line will close the quay."),
    ],
)
def test_a_doubt_or_condition_that_came_or_went_is_a_fault(text: str, cited: str) -> None:
    assert "modality" in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Ebb did not steal the boat, she said.", "Ebb denied stealing the boat, she said."),
        ("The line could close the quay.", "The line may close the quay."),
        ("The line wants to close the quay.", "The line plans to close the quay."),
        ("The quay may be closed by the line.", "The line may close the quay in Tarn."),
    ],
)
def test_a_negation_or_doubt_in_other_words_is_none(text: str, cited: str) -> None:
    assert faults(text, cited) == set()


def test_the_reason_shows_what_the_source_says() -> None:
    found = check("Ebb will resign after the vote.", "Ebb will not resign after the vote.")
    assert [fault.reason for fault in found.faults] == ["the source says “not resign”"]


def test_a_month_is_no_doubt() -> None:
    cited = "The quay in Tarn closed in May after the storm."
    assert faults("In May the quay in Tarn closed.", cited) == set()


def test_a_negation_where_no_source_has_one_is_a_fault_before_any_word() -> None:
    assert "negation" in faults("Ebb will not budge.", "Ebb will stand firm.")
