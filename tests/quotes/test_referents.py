"""A pronoun at the start of a sentence is explained only where nobody else can be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_lexicon
from bot.quotes import find_referents
from tests.builders import a_revision

LEXICON = load_lexicon("en")


def meant(body: str, *, language: str = "en") -> list[tuple[str, str]]:
    found = find_referents(a_revision(body=body), load_lexicon(language))
    return [(r.pronoun.words, r.name.words) for r in found]


@pytest.mark.parametrize(
    "body",
    [
        "Emma Tolland closed the quay on Monday. She said the hull had cracks.",
        "“The hull has cracks,” said Emma Tolland. She closed the quay on Monday.",
        "Emma Tolland has run the line since May.\n\nTolland closed the quay.\n\nShe will wait.",
        "Emma Tolland closed the quay. The hull had cracks. She will wait for the welders.",
        "Emma Tolland, the harbour master, closed the quay. She will wait for the welders.",
    ],
)
def test_the_subject_before_it_is_meant(body: str) -> None:
    assert meant(body) == [("She", "Emma Tolland")]


def test_a_chain_of_pronouns_means_the_same_person() -> None:
    body = "David Brandt left the board. He sold his boat. He moved to Marl."
    assert meant(body) == [("He", "David Brandt")] * 2


@pytest.mark.parametrize(
    "body",
    [
        "Emma Tolland wrote to Anna Brandt. She said the hull had cracks.",  # who of the two?
        "Emma Tolland met a nurse on the quay. She said the hull had cracks.",
        "Emma Tolland’s boat sank. She said the hull had cracks.",  # the boat may be she
        "The younger Emma Tolland closed the quay. She said the hull had cracks.",
        "Emma Tolland closed the quay. He said the hull had cracks.",
        "Emma Tolland closed the quay. She’s the harbour master.",  # no word can be replaced
        "Emma Tolland closed the quay. She told Tolland that the hull had cracks.",
        "Tolland closed the quay. She said the hull had cracks.",  # never named in full
        "Emma Tolland closed the quay. The hull had cracks. The tide rose. She will wait.",
        "“She knows it best,” said Emma Tolland. She will decide on Monday.",
        "She closed the quay, said Emma Tolland.",
    ],
)
def test_where_there_is_doubt_nobody_is_named(body: str) -> None:
    assert meant(body) == []


def test_words_between_quotation_marks_are_left_alone() -> None:
    body = "Emma Tolland closed the quay. “She is no ferry. She is a wreck,” Tolland said."
    assert meant(body) == []


def test_a_namesake_makes_a_last_name_doubtful() -> None:
    body = "Emma Tolland owns the yard. Anna Tolland left. Tolland closed the quay. She waits."
    assert meant(body) == []


def test_other_languages_have_none() -> None:
    body = "Emma Tolland closed the quay. She said the hull had cracks."
    assert meant(body, language="de") == meant(body, language="xx") == []


PIECES = st.sampled_from(
    [
        "Emma Tolland closed the quay. ",
        "David Brandt met Anna Brandt. ",
        "She waits. ",
        "He left. ",
        "“She said so.” ",
        "“",
        "”",
        '"',
        "\n\n",
        "He",
        "She’s late. ",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_the_text_both_stand_in_it_and_outside_of_quotations(body: str) -> None:
    revision = a_revision(body=body)
    for referent in find_referents(revision, LEXICON):
        for passage in referent.passages():
            assert revision.body[passage.span.start : passage.span.end] == passage.words
        assert referent.pronoun.words in {"He", "She"}
        before = revision.body[: referent.pronoun.span.start]
        assert not before.endswith(("“", '"'))
