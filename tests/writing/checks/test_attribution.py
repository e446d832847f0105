"""What a source gives as somebody's claim stays a claim."""

import pytest

from tests.writing.checks.checking import faults

SAID = "Mira Ebb said on Monday that the divers had found a leak in the hull."
ACCORDING = "The divers found a leak in the hull, according to the Harbour Board."


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The divers had found a leak in the hull.", SAID),
        ("The divers found a leak in the hull.", ACCORDING),
        ("The divers found a leak in the hull.", "The divers found a leak in the hull, Ebb said."),
        ("A leak in the hull was found.", "Ebb told reporters that a leak in the hull was found."),
        ("Mira Ebb admitted that the divers had found a leak in the hull.", SAID),
    ],
)
def test_a_claim_as_a_fact_is_a_fault(text: str, cited: str) -> None:
    assert faults(text, cited) == {"attribution"}


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The divers had found a leak in the hull, Mira Ebb said.", [SAID]),
        ("According to Ebb, the divers had found a leak in the hull.", [SAID]),
        ("The Harbour Board says the divers found a leak in the hull.", [ACCORDING]),
        ("The divers found a leak in the hull.", [ACCORDING, "Divers found a leak in the hull."]),
        (
            "Ebb was elected in Tarn in 2012.",
            ["Ebb, who was elected in Tarn in 2012, said the hull of the ferry had a leak."],
        ),
    ],
)
def test_what_is_attributed_or_told_as_a_fact_is_none(text: str, cited: list[str]) -> None:
    assert faults(text, *cited) == set()


def test_the_claim_stays_with_who_made_it() -> None:
    other = "Tom Tolland left the yard."
    found = faults("Tom Tolland said the divers had found a leak in the hull.", SAID, other)
    assert "role" in found


def test_reportedly_passes_on_what_a_source_gives_as_a_claim() -> None:
    assert faults("The divers reportedly found a leak in the hull.", ACCORDING) == set()
    plain = "The divers found a leak in the hull."
    assert faults("The divers reportedly found a leak in the hull.", plain) == {"modality"}
