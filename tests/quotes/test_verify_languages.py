"""What must not be cut away or changed in six languages beside English, each in its own words."""

import pytest

from bot.language import QUOTE_LANGUAGES, load_lexicon, load_qualifiers
from bot.news import Verdict
from bot.quotes import Sources, verify_words
from tests.builders import a_revision

SAID = {
    "fr": "Nous ne fermerons pas les trois quais avant mai si la ville paie",
    "de": "Wir schließen die drei Kais nicht vor Mai, wenn die Stadt zahlt",
    "es": "No cerraremos los tres muelles antes de mayo si la ciudad paga",
    "it": "Non chiuderemo i tre moli prima di maggio se la città paga",
    "pt": "Não fecharemos os três cais antes de maio se a cidade pagar",
    "nl": "Wij sluiten de drie kades niet voor mei als de stad betaalt",
}
BODIES = {
    "fr": "« {} », a dit Mira Tolland.",
    "de": "„{}“, sagte Mira Tolland.",
    "es": "«{}», dijo Mira Tolland.",
    "it": "«{}», ha detto Mira Tolland.",
    "pt": "“{}”, disse Mira Tolland.",
    "nl": "“{}”, zei Mira Tolland.",
}
ALTERED = [
    ("fr", "Nous fermerons les trois quais avant mai si la ville paie", "negation"),
    ("fr", "Nous ne fermerons pas les quatre quais avant mai si la ville paie", "number"),
    ("fr", "Nous ne fermerons pas les trois quais avant mai", "trimmed tail"),
    ("fr", "les trois quais avant mai si la ville paie", "trimmed head"),
    ("de", "Wir schließen die drei Kais vor Mai, wenn die Stadt zahlt", "negation"),
    ("de", "Wir schließen die vier Kais nicht vor Mai, wenn die Stadt zahlt", "number"),
    ("de", "Wir schließen die drei Kais nicht vor Mai", "trimmed tail"),
    ("de", "Wir schließen die drei Kais", "trimmed tail"),
    ("es", "Cerraremos los tres muelles antes de mayo si la ciudad paga", "trimmed head"),
    ("es", "No cerraremos los cuatro muelles antes de mayo si la ciudad paga", "number"),
    ("es", "No cerraremos los tres muelles antes de mayo", "trimmed tail"),
    ("es", "cerraremos los tres muelles antes de mayo si la ciudad paga", "trimmed head"),
    ("it", "Chiuderemo i tre moli prima di maggio se la città paga", "trimmed head"),
    ("it", "Non chiuderemo i quattro moli prima di maggio se la città paga", "number"),
    ("it", "Non chiuderemo i tre moli prima di maggio", "trimmed tail"),
    ("it", "chiuderemo i tre moli prima di maggio se la città paga", "trimmed head"),
    ("pt", "Fecharemos os três cais antes de maio se a cidade pagar", "trimmed head"),
    ("pt", "Não fecharemos os quatro cais antes de maio se a cidade pagar", "number"),
    ("pt", "Não fecharemos os três cais antes de maio", "trimmed tail"),
    ("pt", "fecharemos os três cais antes de maio se a cidade pagar", "trimmed head"),
    ("nl", "Wij sluiten de drie kades voor mei als de stad betaalt", "negation"),
    ("nl", "Wij sluiten de vier kades niet voor mei als de stad betaalt", "number"),
    ("nl", "Wij sluiten de drie kades niet voor mei", "trimmed tail"),
    ("nl", "Wij sluiten de drie kades", "trimmed tail"),
]


def ask(language: str, words: str) -> Verdict:
    revision = a_revision(title="", body=BODIES[language].format(SAID[language]))
    sources = Sources([revision], load_lexicon(language), load_qualifiers(language))
    return verify_words(words, sources)


@pytest.mark.parametrize(("language", "words", "kind"), ALTERED)
def test_a_changed_meaning_is_altered_in_its_language(language: str, words: str, kind: str) -> None:
    verdict = ask(language, words)
    assert verdict.kind == "altered"
    assert kind in {difference.kind for difference in verdict.differences}


@pytest.mark.parametrize("language", SAID)
def test_the_whole_words_are_exact_and_other_marks_typographic(language: str) -> None:
    words = SAID[language]
    assert ask(language, words).kind == "exact"
    assert ask(language, f'"{words}."').kind == "typographic"


@pytest.mark.parametrize("language", sorted(QUOTE_LANGUAGES))
def test_every_language_of_quotes_has_what_a_quote_may_not_leave_out(language: str) -> None:
    known = load_qualifiers(language)
    assert known.negations
    assert known.denials
    assert known.conditions
    assert known.reservations
    assert known.doubts
    assert known.limits
    assert known.numbers
    assert known.conjunctions


def test_an_unknown_language_takes_every_cut_for_a_change() -> None:
    revision = a_revision(title="", body="“Vi stänger inte de tre kajerna före maj.”")
    sources = Sources([revision], load_lexicon("sv"), load_qualifiers("sv"))
    assert verify_words("de tre kajerna före maj", sources).kind == "altered"
