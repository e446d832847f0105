"""What holds in every language, and what the lists of seven languages add."""

import pytest

from tests.writing.checks.checking import faults

CITED = {
    "fr": "Le maire de Tarn, Mira Ebb, a déclaré lundi que 12 bateaux ne partiraient pas.",
    "de": "Die Fähre von Tarn fährt am Montag nicht, sagte Mira Ebb vor 12 Fischern.",
    "es": "La alcaldesa Mira Ebb dijo el lunes que los 12 barcos no saldrán de Tarn.",
    "it": "La sindaca Mira Ebb ha detto lunedì che le 12 barche non partiranno da Tarn.",
    "pt": "A prefeita Mira Ebb disse na segunda-feira que os 12 barcos não sairão de Tarn.",
    "nl": "Burgemeester Mira Ebb zei maandag dat de 12 boten niet uit Tarn vertrekken.",
    "sv": "Borgmästaren Mira Ebb sade på måndagen att 12 båtar inte ska lämna Tarn.",
}
NEGATION = {
    "fr": (" ne partiraient pas", " partiraient"),
    "de": (" nicht", ""),
    "es": (" no", ""),
    "it": (" non", ""),
    "pt": (" não", ""),
    "nl": (" niet", ""),
}
DAY = {
    "fr": ("lundi", "jeudi"),
    "de": ("Montag", "Freitag"),
    "es": ("lunes", "jueves"),
    "it": ("lunedì", "giovedì"),
    "pt": ("segunda-feira", "quinta-feira"),
    "nl": ("maandag", "vrijdag"),
}


@pytest.mark.parametrize("language", CITED)
def test_a_sentence_of_its_source_is_supported(language: str) -> None:
    assert faults(CITED[language], CITED[language], language=language) == set()


@pytest.mark.parametrize("language", CITED)
def test_numbers_and_names_are_checked_in_every_language(language: str) -> None:
    cited = CITED[language]
    assert "number" in faults(cited.replace("12", "13"), cited, language=language)
    assert "name" in faults(cited.replace("Ebb", "Venn"), cited, language=language)


@pytest.mark.parametrize("language", NEGATION)
def test_a_lost_negation_is_a_fault_where_there_are_lists(language: str) -> None:
    cited = CITED[language]
    text = cited.replace(*NEGATION[language])
    assert text != cited
    assert "negation" in faults(text, cited, language=language)


@pytest.mark.parametrize("language", DAY)
def test_another_day_is_a_fault_where_there_are_lists(language: str) -> None:
    cited = CITED[language]
    text = cited.replace(*DAY[language])
    assert text != cited
    assert faults(text, cited, language=language) & {"date", "name"}


def test_a_doubt_that_went_is_a_fault_in_french() -> None:
    cited = "Le maire pourrait fermer le vieux pont de Tarn."
    assert "modality" in faults("Le maire va fermer le vieux pont de Tarn.", cited, language="fr")
