"""The quotations of anybody's text are found in all languages, with the speakers it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import QUOTE_LANGUAGES, load_lexicon
from bot.news import Claim
from bot.quotes import find_claims

LEXICONS = [load_lexicon(code) for code in ("en", *sorted(QUOTE_LANGUAGES - {"en"}))]
HULL = "The hull needs new plates"


def claims(text: str) -> tuple[Claim, ...]:
    return find_claims(text, LEXICONS)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (f"Mira Tolland said: “{HULL}.”", Claim(f"{HULL}.", "Mira Tolland")),
        (f'Mira Tolland: "{HULL}"', Claim(HULL, "Mira Tolland")),
        (f"'{HULL},' Mira Tolland said.", Claim(HULL, "Mira Tolland")),
        (f"“{HULL},” said the mayor.", Claim(HULL)),
        (
            "„Der Rumpf braucht Platten“, sagte Mira Tolland.",
            Claim("Der Rumpf braucht Platten", "Mira Tolland"),
        ),
        (
            "« La coque a besoin de plaques », a déclaré Mira Tolland.",
            Claim("La coque a besoin de plaques", "Mira Tolland"),
        ),
        (f"The mayor said: “{HULL}”", Claim(HULL)),
        (f"Officials said: “{HULL}”", Claim(HULL)),
        ("»Skroget trenger nye plater«, sa Mira.", Claim("Skroget trenger nye plater")),
        ("「船体には新しい板が必要だ」", Claim("船体には新しい板が必要だ")),
        ("The so-called “deal”", Claim("deal")),
        (f"“{HULL}", Claim(HULL)),
    ],
)
def test_marks_of_all_languages_hold_words_of_others(text: str, claim: Claim) -> None:
    assert claims(text) == (claim,)


def test_the_line_below_a_quotation_may_name_its_speaker() -> None:
    card = f"> “{HULL}”\n> — Mira Tolland, who runs the ferry line · Harbour Courier [1]\n\nTrue?"
    unnamed = f"> “{HULL}”\n> — speaker not named · Harbour Courier [1]"

    assert claims(card) == (Claim(HULL, "Mira Tolland"),)
    assert claims(unnamed) == (Claim(HULL),)


def test_lines_that_are_set_apart_are_a_quotation_without_marks() -> None:
    assert claims(f"> {HULL}\nReally?") == (Claim(HULL),)
    assert claims("> The hull needs\n> new plates\n> — Mira Tolland") == (
        Claim(HULL, "Mira Tolland"),
    )
    assert claims(f"> He said “{HULL}” twice") == (Claim(HULL),)


def test_a_speaker_of_other_words_is_not_given_these() -> None:
    text = f"“{HULL},” said Mira Tolland. Somebody wrote “Lanterns are lit” on the wall."

    assert claims(text) == (Claim(HULL, "Mira Tolland"), Claim("Lanterns are lit"))


def test_the_same_words_are_asked_once() -> None:
    assert claims(f"“{HULL}” and “{HULL}”") == (Claim(HULL),)


def test_talk_without_quotations_has_no_claims() -> None:
    assert claims("Don't worry, the miners' union isn't here.") == ()
    assert claims('""') == ()
    assert claims("") == ()


@given(st.text(alphabet="ab “”\"'«»„‘’>—\n.,M", max_size=200))
def test_every_claim_stands_in_the_text(text: str) -> None:
    for claim in claims(text):
        assert claim.words
        assert all(word in text for word in claim.words.split())
