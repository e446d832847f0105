"""Sentences that lean on the one before them are told from those that stand alone."""

import pytest

from bot.writing.leaning import leans


@pytest.mark.parametrize(
    "text",
    [
        "The old record, 54,500, was set in 2019.",
        "The previous plan had been to close both piers.",
        "He said the pier was safe.",
        "The decision surprised the village.",
        "But the harbour stayed open.",
    ],
)
def test_what_speaks_of_what_was_said_before_leans(text: str) -> None:
    assert leans(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "The old town of Tarn was flooded on Tuesday.",
        "The new law on ferries comes into force in May.",
        "The fair had 61,000 visitors, which is a record.",
        "The decision of the council surprised the village.",
    ],
)
def test_what_brings_its_own_words_stands_alone(text: str) -> None:
    assert not leans(text, None)
