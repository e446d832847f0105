"""Numbers, amounts and units of a sentence stand in its sources or follow from them."""

import pytest

from bot.writing.checks import Derived
from tests.writing.checks.checking import check, faults

FIRE = "The fire in Tarn injured 12 people and destroyed 3,140 pallets, the brigade said on Monday."
FERRY = "The Sound Line will spend $3.14 million on 41 boats, 12.5 percent more than in 2024."


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The fire in Tarn injured twelve people, the brigade said.", FIRE),
        ("The fire destroyed about 3,100 pallets, the brigade said.", FIRE),
        ("The fire destroyed more than 3,000 pallets, the brigade said.", FIRE),
        ("The Sound Line will spend about $3 million on forty-one boats.", FERRY),
        ("The Sound Line will spend $3,140,000 on 41 boats.", FERRY),
        ("The Sound Line will spend nearly $3.2 million on 41 boats.", FERRY),
        ("Mira Ebb, 41, leads the line.", "Mira Ebb, a 41-year-old engineer, leads the line."),
        ("One engineer leads the line.", "An engineer leads the line."),
        ("Half of the boats are old.", "The boats are old: 50 percent of the boats."),
    ],
)
def test_a_number_may_be_spelled_out_or_rounded_as_rounded(text: str, cited: str) -> None:
    assert "number" not in faults(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The fire injured 13 people, the brigade said.", FIRE),
        ("The fire injured thirteen people, the brigade said.", FIRE),
        ("The fire destroyed 3,100 pallets, the brigade said.", FIRE),
        ("The fire destroyed nearly 3,000 pallets, the brigade said.", FIRE),
        ("The fire destroyed more than 3,200 pallets, the brigade said.", FIRE),
        ("The fire destroyed at most 3,000 pallets, the brigade said.", FIRE),
        ("The Sound Line will spend $3.14 billion on 41 boats.", FERRY),
        ("The Sound Line will spend £3.14 million on 41 boats.", FERRY),
        ("That is 12.5 percentage points more than in 2024.", FERRY),
        ("That is 12.5 percent more than in 2023.", FERRY),
        ("The strike hit 12 towns.", "The strike hit at least 12 towns."),
        ("The strike hit about 541 towns.", "The strike hit about 540 towns."),
        ("The strike hit twice as many towns.", "The strike hit as many towns."),
        ("It was the third strike in Tarn.", "It was the second strike in Tarn."),
        ("The A12 was closed in Tarn.", "The A14 was closed in Tarn."),
        ("The boat left at 10:45 for Tarn.", "The boat left at 10:30 for Tarn."),
        ("A boat costs between $20 and £40.", "A boat costs between $20 and $40."),
    ],
)
def test_another_number_unit_bound_or_direction_is_a_fault(text: str, cited: str) -> None:
    assert "number" in faults(text, cited)


def test_what_follows_from_a_number_is_said_with_the_words_it_follows_from() -> None:
    derived = check("The fire injured twelve people, the brigade said.", FIRE).derived
    assert derived == (Derived("twelve", "12"),)


def test_the_reason_names_the_bound_that_was_left_out() -> None:
    (fault,) = check("The strike hit 12 towns.", "The strike hit at least 12 towns.").faults
    assert fault.reason == "the source says “at least 12”"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("The strike killed 30 people and injured 12.", "The strike killed 12 and injured 30."),
        ("The council voted 5-7 for the line.", "The council voted 7-5 for the line."),
        ("Of the boats 9 sank and 14 burned.", "Of the boats 14 sank and 9 burned."),
    ],
)
def test_numbers_that_changed_places_are_a_fault(text: str, cited: str) -> None:
    assert "role" in faults(text, cited)
