"""Who does or says something in a sentence does or says it in a cited one."""

import pytest

from tests.writing.checks.checking import check, faults

PRAISE = (
    "Northland President Ivo Renn has praised the Tarn council’s decision to join a ferry pact."
)
SIGNED = "Tarn announced to the Harbour Board on Monday that it had signed the ferry pact."
ASKED = "Mira Ebb, who works with Ivo Renn, closed the yard after the storm in Tarn."


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Northland announced a decision to join a ferry pact.", PRAISE),
        ("Northland warned the Tarn council.", PRAISE),
        ("Ivo Renn has said that the Tarn council joins a pact.", PRAISE),
    ],
)
def test_nobody_announces_what_no_source_has_announced(text: str, cited: str) -> None:
    assert "attribution" in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Ivo Renn said that the council joins a pact.", f"{PRAISE[:-1]}, he said."),
        ("Ivo Renn said the pact is a step.", "“The pact is a step,” Ivo Renn told the board."),
        ("Ivo Renn said the pact is a step.", "“The pact is a step for Ivo Renn."),
        ("Tarn announced to the Harbour Board that it had signed the ferry pact.", SIGNED),
        ("Tarn and the Harbour Board announced the ferry pact.", SIGNED),
    ],
)
def test_who_says_so_in_a_source_may_say_so(text: str, cited: str) -> None:
    assert "attribution" not in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Northland announced to join a ferry pact.", (PRAISE, SIGNED)),
        ("Renn decided to join a ferry pact.", (PRAISE, "Renn decided on Monday.")),
        ("Renn signed the pact.", ("In Tarn, Mira Ebb signed the pact that Renn had drafted.",)),
        ("Renn had signed the pact.", ("Mira Ebb signed the pact, and Renn read it.",)),
        ("Tarn and Renn signed the pact.", ("Mira Ebb signed the pact for Tarn and Renn.",)),
    ],
)
def test_a_deed_or_plan_of_another_is_a_fault(text: str, cited: tuple[str, ...]) -> None:
    assert "role" in faults(text, *cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The Tarn council decided to join a ferry pact.", f"{PRAISE[:-1]}, which decided late."),
        ("Ebb closed the yard after the storm.", ASKED),
        ("Ebb signed the pact.", "The mayor of Tarn, Mira Ebb, signed the pact."),
        ("Ebb signed the pact.", "Mira Ebb was in Tarn, where she signed the pact."),
        ("Ebb signed the pact.", "The pact was signed by Mira Ebb in Tarn."),
        ("Ebb and Renn signed the pact.", "Mira Ebb and Ivo Renn signed the pact in Tarn."),
        ("Ebb promised to close the yard.", "Ebb promised Renn to close the yard in Tarn."),
        ("Ebb was signed by Tarn.", "Tarn signed Ebb on Monday."),
    ],
)
def test_a_deed_of_the_same_or_of_somebody_left_open_is_none(text: str, cited: str) -> None:
    assert "role" not in faults(text, cited)


@pytest.mark.parametrize(
    ("language", "text", "cited"),
    [
        ("fr", "Renn a annoncé la fermeture du quai.", "Mira Ebb a annoncé la fermeture du quai."),
        ("de", "Renn sagte, der Kai bleibt zu.", "Ebb sagte am Montag, der Kai bleibt zu."),
        ("es", "Renn anunció el cierre del muelle.", "Ebb anunció el cierre del muelle en Tarn."),
    ],
)
def test_who_says_it_is_checked_in_other_languages_too(
    language: str, text: str, cited: str
) -> None:
    second = "Renn est là." if language == "fr" else "Renn."
    assert "role" in faults(text, cited, second, language=language)


def test_the_reason_names_whose_plan_it_is() -> None:
    found = check("Northland announced to join a ferry pact.", PRAISE, SIGNED).faults
    assert ("Northland announced to join", "there the source has “Tarn”") in {
        (fault.words, fault.reason) for fault in found
    }
