import pytest

from tests.quotes.reading import read, uses


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("A “mild” winter cost the growers of Vale their trees.", "scare"),
        ("The so-called “clean-up” took a year.", "term"),
        ("The layer is known as “moon butter”. In the trade it is dubbed “fat rock”.", "term"),
        ("The word “quake” is used for anything that shakes.", "term"),
        ("The voters backed the “clean hands” law in May.", "term"),
        ("Ana “Bird” Ruiz won the race.", "term"),
        ("Her first novel, “The Salt Road”, sold well.", "title"),
        ("He sang songs such as “Dark Tide” and “Long Pier”.", "title"),
        ("The report, titled “Ten years of rust”, came out on Friday.", "title"),
        ("She was a guest on the “Morning Tide” show.", "title"),
        ("A sign reading “No swimming after dark” stands at the pier.", "slogan"),
        ("The protesters held placards that read “Give us our ferry back”.", "slogan"),
        ("The hashtag “#keeptheferry” trended for a day.", "slogan"),
        ("A banner said “Give us our ferry back” all summer.", "slogan"),
    ],
)
def test_words_between_marks_that_nobody_stated_are_kept_and_marked(text: str, use: str) -> None:
    assert set(uses(text)) == {use}


@pytest.mark.parametrize(
    "text",
    [
        "Piet Arendt called the repair “a waste of money”.",
        "Mira Tolland said she was “ashamed”.",
        "Mira Tolland described it as “long overdue”.",
        "The author said in the foreword that the locks are “beyond repair”.",
    ],
)
def test_short_words_with_a_speaker_and_a_cue_are_statements(text: str) -> None:
    assert uses(text) == ["statement"]


def test_words_in_a_caption_are_no_statement() -> None:
    text = (
        "A walker passes a door marked “Closed for good”. Photograph: Ade Holt\n\nIt shut in May."
    )
    assert uses(text) == ["caption"]


def test_a_placard_in_a_caption_is_a_slogan() -> None:
    text = "The placards read, “Ferry now” at the pier. VALE PRESS/Ade Holt (Tags: TRANSPORT)"
    assert uses(text) == ["slogan"]


def test_a_pull_quote_repeats_the_text() -> None:
    text = (
        "“The hull needs new plates at once,” said Mira Tolland.\n\nThe ferry stops.\n\n"
        "“The hull needs new plates at once”\n\nTwo hundred people cross each day."
    )
    assert uses(text) == ["statement", "repeat"]


def test_words_that_are_no_statement_have_no_speaker() -> None:
    assert all(
        q.speaker is None
        for q in read("Mira Tolland said hello. A sign reading “No swimming” stands at the pier.")
    )
