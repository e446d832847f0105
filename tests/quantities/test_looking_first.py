"""What is looked for before a sentence is read gives what reading it gives."""

from hypothesis import given
from hypothesis import strategies as st

from bot.quantities.figure_words import Phrases, by_first
from bot.quantities.named_numbers import YEARS, is_whole_in
from bot.quantities.numerals import stands_in, starts_with, tokens_of

WORDS = ["in", "the", "past", "year", "last", "boats"]
SENTENCES = st.lists(st.sampled_from([*WORDS, "May", "12", "’s", ","]), max_size=12).map(" ".join)
PHRASES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), max_size=4
).map(by_first)


@given(SENTENCES, PHRASES, st.integers(0, 12), st.integers(0, 12))
def test_a_phrase_stands_where_it_starts_at_some_token(
    text: str, phrases: Phrases, start: int, end: int
) -> None:
    tokens = tokens_of(text, 0, len(text))
    places = range(start, min(end, len(tokens)))
    expected = any(starts_with(tokens, at, phrases) for at in places)
    assert stands_in(tokens, start, end, phrases) == expected


@given(st.floats(allow_nan=False) | st.integers(900, 2200).map(float))
def test_a_number_is_in_a_range_as_if_each_of_it_was_looked_at(number: float) -> None:
    assert is_whole_in(number, YEARS) == (number in YEARS)
