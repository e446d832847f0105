"""Indirect speech is told from quotations: data with a speaker, and never a quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_lexicon
from bot.quotes import Indirect, find_indirect, find_quotes, find_speech
from tests.builders import a_revision


def reports(body: str, language: str = "en") -> tuple[Indirect, ...]:
    return find_indirect(a_revision(body=body), load_lexicon(language))


def told(body: str, language: str = "en") -> list[tuple[str, str, str]]:
    """Return speaker, verb and what is reported."""
    return [
        (
            r.attribution.speaker.name.words if r.attribution.speaker else "",
            r.attribution.cue.words if r.attribution.cue else "",
            r.content.words,
        )
        for r in reports(body, language)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mira Tolland said the quay would close.",
            ("Mira Tolland", "said", "the quay would close"),
        ),
        (
            "Mira Tolland said that the quay would close in May.",
            ("Mira Tolland", "said", "the quay would close in May"),
        ),
        (
            "Mira Tolland told reporters that the quay would close.",
            ("Mira Tolland", "told", "the quay would close"),
        ),
        (
            "Mira Tolland said on Monday that the quay would close.",
            ("Mira Tolland", "said", "the quay would close"),
        ),
        (
            "The quay will close in May, Mira Tolland said on Monday.",
            ("Mira Tolland", "said", "The quay will close in May"),
        ),
        (
            "The quay will close in May, said Mira Tolland.",
            ("Mira Tolland", "said", "The quay will close in May"),
        ),
        (
            "According to Mira Tolland, the quay will close.",
            ("Mira Tolland", "According to", "the quay will close"),
        ),
        (
            "The quay will close in May, according to Mira Tolland.",
            ("Mira Tolland", "according to", "The quay will close in May"),
        ),
        (
            "On Monday, Mira Tolland warned the quay would close.",
            ("Mira Tolland", "warned", "the quay would close"),
        ),
        (
            "The report concluded that the quay must close.",
            ("The report", "concluded", "the quay must close"),
        ),
    ],
)
def test_reported_speech_is_found_with_its_speaker(text: str, found: tuple[str, str, str]) -> None:
    assert told(text) == [found]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "fr",
            "Mira Tolland a dit que le quai fermerait en mai.",
            ("Mira Tolland", "le quai fermerait en mai"),
        ),
        (
            "de",
            "Mira Tolland sagte, dass der Kai im Mai schließt.",
            ("Mira Tolland", "der Kai im Mai schließt"),
        ),
        (
            "es",
            "Mira Tolland dijo que el muelle cerraría en mayo.",
            ("Mira Tolland", "el muelle cerraría en mayo"),
        ),
        (
            "it",
            "Mira Tolland ha detto che il molo chiuderà a maggio.",
            ("Mira Tolland", "il molo chiuderà a maggio"),
        ),
        (
            "pt",
            "Mira Tolland disse que o cais fecharia em maio.",
            ("Mira Tolland", "o cais fecharia em maio"),
        ),
        (
            "nl",
            "Mira Tolland zei dat de kade in mei zou sluiten.",
            ("Mira Tolland", "de kade in mei zou sluiten"),
        ),
    ],
)
def test_reported_speech_is_found_in_other_languages(
    language: str, text: str, found: tuple[str, str]
) -> None:
    assert [(name, content) for name, _, content in told(text, language)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Mira Tolland declined to say that the quay would close.",
        "Mira Tolland did not say that the quay would close.",
        "Mira Tolland wrote three letters to the board.",
        "Mira Tolland said nothing.",
        "Mira Tolland, the board's chair, believes that the quay will close.",
        "Mira Tolland announced plans for a quay in Vale.",
        "The quay closed in May and the boats left.",
        "On Monday, Mira Tolland spoke.",
    ],
)
def test_what_was_not_said_is_not_reported(text: str) -> None:
    assert not reports(text)


def test_a_pronoun_is_resolved_in_indirect_speech() -> None:
    found = told("Mira Tolland met the board.\n\nShe said that the quay would close in May.")
    assert found == [("Mira Tolland", "said", "the quay would close in May")]


def test_a_sentence_with_a_quotation_is_left_to_the_quotes() -> None:
    text = "Mira Tolland said the quay would “close for good,” and soon."
    assert not reports(text)
    assert find_quotes(a_revision(body=text), load_lexicon())


def test_anonymous_reports_keep_their_standing() -> None:
    assert [r.standing for r in reports("An official said that the quay would close.")] == [
        "anonymous"
    ]


def test_an_unknown_language_has_no_indirect_speech() -> None:
    assert not reports("Mira Tolland said that the quay would close.", "xx")


SAID = "Mira Tolland said that the quay would close , . “ ” according to told she"
WORDS = st.sampled_from([*SAID.split(), "\n\n"])


@given(st.lists(WORDS, max_size=40))
def test_reports_are_cut_from_the_text_and_lie_in_no_quote(pieces: list[str]) -> None:
    body = " ".join(pieces).strip() or "x"
    revision = a_revision(body=body)
    speech = find_speech(revision, load_lexicon())
    for report in speech.indirect:
        span = report.content.span
        assert revision.body[span.start : span.end] == report.content.words
        for quote in speech.quotes:
            for piece in quote.pieces:
                assert piece.span.end <= span.start or span.end <= piece.span.start
