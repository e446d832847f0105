"""Where nobody speaks any more, reading stops: nothing above or below may be lost by that."""

import pytest

from bot.language import load_lexicon
from bot.news import Revision
from bot.quotes import find_speech
from tests.builders import a_revision

OPENING = "“The quay stays open,” said Mira Tolland, who chairs the board of the port of Vale."
PROSE = (
    "The basin is four metres deep. Nobody has dredged it since the spring.",
    "Tolland came from the pilots' office. She walks along the quay every morning.",
)


def of_paragraphs(*paragraphs: str) -> Revision:
    return a_revision(body="\n\n".join(paragraphs))


def test_prose_below_the_last_statement_changes_nothing_in_it() -> None:
    lexicon = load_lexicon()
    short = find_speech(of_paragraphs(OPENING), lexicon)
    long = find_speech(of_paragraphs(OPENING, *PROSE * 9), lexicon)
    said = [(q.pieces[0].words, q.attribution.confidence) for q in short.quotes]
    assert said == [(q.pieces[0].words, q.attribution.confidence) for q in long.quotes]
    assert len(said) == 1
    assert not long.indirect


@pytest.mark.parametrize(
    ("last", "quotes", "reports"),
    [
        ("“Ships come first,” she said.", 2, 0),
        ("Tolland said that ships would come first.", 1, 1),
        ("“Ships come first.”", 2, 0),
    ],
)
def test_a_statement_at_the_very_end_is_found(last: str, quotes: int, reports: int) -> None:
    speech = find_speech(of_paragraphs(OPENING, *PROSE * 9, last), load_lexicon())
    assert (len(speech.quotes), len(speech.indirect)) == (quotes, reports)


def test_an_article_in_which_nobody_speaks_has_no_speech() -> None:
    assert find_speech(of_paragraphs(*PROSE), load_lexicon()) == ((), ())
