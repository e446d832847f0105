"""What no sentence for readers may hold: markup, ids, placeholders, marks, another language."""

import pytest

from tests.writing.checks.checking import check, faults

BRIDGE = "Mira Ebb called the old bridge in Tarn “a danger to every child” on Monday."
PLAIN = "The old bridge in Tarn is closed to lorries."


@pytest.mark.parametrize(
    "text",
    [
        "The old bridge in Tarn is closed [A1.S4].",
        "The old bridge in Tarn is closed [2].",
        "The old bridge in Tarn is closed A1.S4.",
        "The **old bridge** in Tarn is closed.",
        "The [old bridge](https://tarn.example) in Tarn is closed.",
        "The old bridge in Tarn is closed <@1234>.",
        "@everyone The old bridge in Tarn is closed.",
        "The old bridge in Tarn is closed, see https://tarn.example/x.",
        "The old bridge in $place is closed.",
        "The old bridge in {place} is closed.",
        "<|im_start|>The old bridge in Tarn is closed.",
        "Headline here: the old bridge in Tarn is closed.",
        "The old bridge in Tarn is \u202eclosed.",
        "The old bridge in Tarn is closed. " * 20,
        "Bridge",
        "",
    ],
)
def test_what_is_no_sentence_for_readers_is_a_fault(text: str) -> None:
    assert "form" in faults(text, PLAIN)


def test_an_amount_is_no_template_field() -> None:
    assert faults("The bridge cost $200,000.", "The bridge cost $200,000.") == set()


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“"])
def test_quotation_marks_are_never_written(marks: str) -> None:
    text = f"Ebb called the bridge in Tarn {marks.format('a danger to every child')} on Monday."
    assert faults(text, BRIDGE) == {"quotation"}
    assert faults(text, BRIDGE, resolved=True) == set()


def test_resolved_quotes_stand_in_a_source_word_for_word() -> None:
    text = "Ebb called the bridge in Tarn “a danger to every man” on Monday."
    assert "quotation" in faults(text, BRIDGE, resolved=True)
    unquoted = "Mira Ebb called the old bridge in Tarn a danger to every child."
    quoted = "Ebb called the bridge in Tarn “a danger to every child”."
    assert "quotation" in faults(quoted, unquoted, resolved=True)


def test_half_of_a_quotation_is_resolved_too() -> None:
    cited = "It was a friendly letter, there was no pressure,” he said."
    assert faults(cited, cited, resolved=True) == set()


def test_a_sentence_that_cites_nothing_is_a_fault() -> None:
    assert faults("The old bridge is closed.") == {"uncited"}
    assert faults("The old bridge is closed.", "", "  ") == {"uncited"}


@pytest.mark.parametrize(
    "text",
    [
        "Le vieux pont de Tarn est fermé aux camions par la ville et les habitants sont en colère.",
        "Die alte Brücke in Tarn ist für Lastwagen gesperrt und die Stadt hat nicht mehr Geld.",
        "El viejo puente de Tarn está cerrado por la ciudad y los vecinos no lo han usado.",
    ],
)
def test_another_language_than_asked_is_a_fault(text: str) -> None:
    assert "language" in faults(text, text)
    (fault,) = [f for f in check(text, text).faults if f.kind == "language"]
    assert "not in en" in fault.reason
