import pytest

from bot.language import inflect, load_lexicon
from tests.quotes.reading import read


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("warn", ("warn", "warns", "warned", "warning")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("declare", ("declare", "declares", "declared", "declaring")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("quip", ("quip", "quips", "quipped", "quipping")),
        ("admit", ("admit", "admits", "admitted", "admitting")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("claim", ("claim", "claims", "claimed", "claiming")),
    ],
)
def test_regular_verbs_are_inflected(verb: str, forms: tuple[str, ...]) -> None:
    assert inflect(verb) == forms


def test_the_lexicon_is_read_once_and_regional_tags_have_their_language() -> None:
    assert load_lexicon() is load_lexicon()
    assert load_lexicon("en-GB").cues == load_lexicon("en").cues


def test_an_unknown_language_keeps_marks_and_offsets_and_names_nobody() -> None:
    (quote,) = read("Mira Tolland ütles: “Laev vajab uusi plaate.”", "et")
    assert quote.pieces[0].words == "Laev vajab uusi plaate."
    assert quote.speaker is None
    assert quote.use == "statement"
