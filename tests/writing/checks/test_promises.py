"""What the checks promise of every sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_check_words
from bot.writing.checks import Cited, check_sentence

WORDS = load_check_words()
CITED = (
    Cited("Mira Ebb, the mayor of Tarn, said on Tuesday that at least 12 people were not hurt."),
    Cited("The Harbour Board may spend $3.14 million on 41 boats, up 7 percent from 2019."),
    Cited("“It was half past two,” he said, “and the ferry had three lights.”"),
)
WORDS_AND_MARKS = """
Ebb Tarn the of 12 41 2019 not may said Tuesday boats “ ” , . ( ) - hurt $3.14 three percent May
March 's n't U.N. – [A1.S1] million half than more about
"""
PIECES = st.sampled_from(WORDS_AND_MARKS.split())
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join))


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_no_text_raises_and_the_result_is_always_the_same(text: str, cited: list[str]) -> None:
    passages = [Cited(words) for words in cited]
    first = check_sentence(text, passages, WORDS)
    assert check_sentence(text, passages, WORDS) == first


@given(TEXTS)
def test_without_citations_nothing_is_supported(text: str) -> None:
    assert not check_sentence(text, [], WORDS).is_supported


@given(
    st.integers(0, 10**9),
    st.sampled_from(["{} people were hurt", "Ebb paid {:,} to Tarn", "In {} Ebb left"]),
)
def test_a_number_that_no_cited_text_has_is_never_kept(number: int, frame: str) -> None:
    if number in {0, 2, 3, 7, 12, 41, 50, 2019, 3140000}:
        return
    assert not check_sentence(frame.format(number), CITED, WORDS).is_supported


@given(st.from_regex(r"[B-DF-HJ-NP-TV-Z][aeiou][bdfgkmnprtvz][aeiou]x[aeiou]", fullmatch=True))
def test_a_name_that_no_cited_text_has_is_never_kept(name: str) -> None:
    assert not check_sentence(
        f"The mayor of Tarn met {name} on Tuesday.", CITED, WORDS
    ).is_supported


@given(st.sampled_from(CITED), st.integers(0, 30), st.sampled_from('“”«»„"'))
def test_a_quotation_mark_is_never_kept(cited: Cited, at: int, mark: str) -> None:
    text = cited.words[:at] + mark + cited.words[at:]
    assert not check_sentence(text, CITED, WORDS).is_supported


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pt", "nl", "sv", "", "xx-YY"])
@given(text=TEXTS)
def test_every_language_tag_has_a_check(language: str, text: str) -> None:
    words = load_check_words(language)
    check_sentence(text, [Cited(text)], words, language=language)
