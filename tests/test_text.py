import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean, fold, is_hard_wrapped, paragraphs, sentences, squeeze, stem, words

WRAPPED = """\
HARBOUR BAY -- The council voted on Tuesday to close the old fish
market after a surveyor found cracks in its northern wall, two
members said. The stalls move to the quay for the winter.

Traders asked for a longer notice. The mayor said that there was
none to give, since the wall could not be trusted through the next
storm.
"""


def test_paragraphs_end_at_every_line_break() -> None:
    text = "One.\nTwo.\n\n  Three. \n"

    assert [text[a:b] for a, b in paragraphs(text)] == ["One.", "Two.", "Three."]


def test_lines_that_somebody_wrapped_by_hand_are_one_paragraph() -> None:
    assert is_hard_wrapped(WRAPPED)
    assert [squeeze(WRAPPED[a:b])[-14:] for a, b in paragraphs(WRAPPED)] == [
        "or the winter.",
        "he next storm.",
    ]


def test_a_sentence_does_not_end_inside_a_quotation_or_at_an_abbreviation() -> None:
    text = (
        "“We wait. We always wait,” said Dr. Ilse Ankar of St. Orm to Ms. Roe. "
        "It rained at 9 a.m. on Jan. 5."
    )

    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == [
        "“We wait. We always wait,” said Dr. Ilse Ankar of St. Orm to Ms. Roe.",
        "It rained at 9 a.m. on Jan. 5.",
    ]


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "xx", "", "en-GB"]))
def test_sentences_and_paragraphs_are_slices_in_order_that_lose_no_word(
    text: str, language: str
) -> None:
    text = clean(text)
    found = [b for a, z in paragraphs(text) for b in sentences(text, a, z, language=language)]

    assert all(a < b and text[a:b].strip() == text[a:b] for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text())
def test_cleaned_text_can_be_stored_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)

    cleaned.encode()
    assert "\r" not in cleaned
    assert "\x00" not in cleaned
    assert "\x1b" not in cleaned
    assert clean(cleaned) == cleaned


def test_cleaning_keeps_what_a_reader_can_see() -> None:
    assert clean("\ufeffOne\r\n“Two”\ud800 – 3\x00") == "One\n“Two” – 3"


@pytest.mark.parametrize(
    ("language", "word", "stemmed"),
    [("en", "Ferries", "ferri"), ("de", "Fähren", "fahr"), ("xx", "Ferries", "ferries")],
)
def test_stems_follow_the_language(language: str, word: str, stemmed: str) -> None:
    assert stem(word, language) == stemmed


def test_words_keep_their_apostrophes_and_numbers_their_points() -> None:
    assert words("The mayor’s 3.5-metre wall — it's U.N. work") == [
        "The",
        "mayor’s",
        "3.5-metre",
        "wall",
        "it's",
        "U.N",
        "work",
    ]
    assert fold("Ja’Áfari") == "ja'afari"


def test_words_are_stemmed_alike_in_threads_at_the_same_time() -> None:
    words = [f"{word}{n}ations" for n in range(400) for word in ("ferr", "collis", "nation", "hap")]
    stem.cache_clear()
    alone = [stem(word) for word in words]
    stem.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(stem, words))
    finally:
        sys.setswitchinterval(interval)

    assert together == alone


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("supply \u200cand demand", "supply and demand"),
        ("sta\u200bbility,\u2060 he said", "stability, he said"),
        ("\u200b\u200bHarbour\ufeff", "Harbour"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ភាសា\u200bខ្មែរ", "ភាសា\u200bខ្មែរ"),
    ],
)
def test_marks_without_width_go_where_they_only_hide_words(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned
    assert clean(clean(raw)) == cleaned
