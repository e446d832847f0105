"""What is only announced or planned is not told as done, and what is done not as a plan."""

import pytest

from tests.writing.checks.checking import check, faults

SIGNED = "Tarn announced to the Harbour Board on Monday that it had signed the ferry pact."


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Tarn announced to the Harbour Board to sign the ferry pact.", SIGNED),
        ("Tarn will sign the ferry pact.", SIGNED),
        ("Tarn has decided to sign the ferry pact.", SIGNED),
        ("The line closed the quay in Tarn.", "The line will close the quay in Tarn."),
        ("The line has closed the quay.", "The line decided to close the quay."),
        ("The line, she said, closed the quay.", "The line would close the quay, she said."),
        ("The line will close the quay.", "The line, which now closed the quay, sails on."),
        ("The quay was closed on Monday.", "The quay will be closed on Monday."),
        ("Ebb left Tarn.", "Ebb will leave Tarn."),
        ("The council closed the quay.", "Ebb welcomed the council's decision to close the quay."),
    ],
)
def test_a_plan_told_as_done_or_a_deed_as_planned_is_a_fault(text: str, cited: str) -> None:
    assert "modality" in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Tarn had signed the ferry pact, it announced.", SIGNED),
        ("Tarn is signing the ferry pact, it announced.", SIGNED),
        ("The line is closing the quay.", "The line will close the quay in Tarn."),
        ("The line won the contract.", "The line managed to win the contract in Tarn."),
        ("The line will close the quay.", "The line will have closed the quay by noon."),
        ("The line announced to close the quay.", "The line will close the quay, it announced."),
        ("The line will keep the closed quay.", "The line will keep the quay that was closed."),
        ("A quay led by divers will close.", "A quay led by divers will close in Tarn."),
    ],
)
def test_the_same_or_an_open_aspect_is_none(text: str, cited: str) -> None:
    assert "modality" not in faults(text, cited)


def test_of_two_sources_the_one_that_is_most_alike_counts() -> None:
    title = "Renn Hails Tarn’s Move to Sign Pact"
    found = check("Tarn announced to the Harbour Board to sign the ferry pact.", title, SIGNED)
    assert [fault.reason for fault in found.faults] == ["the source has it as done"]
