"""What a sentence says stands in its sources, in one of them, and not word for word."""

import pytest

from tests.writing.checks.checking import check, faults

BRIDGE = "The council of Tarn closed the old bridge to lorries after an inspection found rust."
MARKET = "Farmers sold twice as many apples at the winter market than a year before."


def test_a_sentence_in_other_words_is_kept() -> None:
    text = "After an inspection found rust, lorries may no longer use the bridge."
    assert (
        faults("Tarn's council shut the old bridge to lorries after rust was found.", BRIDGE)
        == set()
    )
    assert "content" not in faults(text, BRIDGE)


@pytest.mark.parametrize(
    "text",
    [
        "The council closed the old bridge and arrested a journalist.",
        "A journalist was beaten outside the stadium.",
        "The council closed the old bridge to lorries in a stunning reversal.",
    ],
)
def test_what_no_source_says_is_a_fault(text: str) -> None:
    assert "content" in faults(text, BRIDGE)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The council opened the old bridge to lorries.", BRIDGE),
        ("Farmers bought apples at the winter market.", MARKET),
        ("The price of apples fell in Tarn.", "The price of apples rose in Tarn."),
    ],
)
def test_the_opposite_of_a_source_is_a_fault(text: str, cited: str) -> None:
    assert "opposite" in faults(text, cited)


def test_a_sentence_spliced_from_two_sources_is_a_fault() -> None:
    text = "The council of Tarn closed the old apples at the winter market than a year before."
    assert "merged" in faults(text, BRIDGE, MARKET)


@pytest.mark.parametrize(
    "text",
    [
        "The council of Tarn closed the old bridge to lorries, and it will hire a ferry in May.",
        "The council of Tarn, which will hire a ferry in May, closed the old bridge to lorries.",
    ],
)
def test_two_sentences_of_one_story_may_be_joined(text: str) -> None:
    assert faults(text, BRIDGE, "The council will hire a ferry in May.") == set()


def test_a_long_run_of_a_sources_words_is_copied_and_supported() -> None:
    found = check(BRIDGE, BRIDGE)
    assert found.is_copied
    assert found.is_supported
    assert [fault.kind for fault in found.faults] == ["copied"]
    assert found.faults[0].reason == "15 words in a row are the source's"


def test_twelve_words_in_a_row_may_be_the_writers_own() -> None:
    text = "Rust: The council of Tarn closed the old bridge to lorries."
    assert not check(text, BRIDGE).is_copied


@pytest.mark.parametrize("text", ["Who said it", "The Ebb Courier", "He said so."])
def test_a_sentence_that_says_nothing_is_a_fault_unless_it_is_the_sources(text: str) -> None:
    assert "content" in faults(text, "Mira Ebb of the Tarn Courier said it rained on the harbour.")
    assert faults("He said so.", "He said so.") == set()
