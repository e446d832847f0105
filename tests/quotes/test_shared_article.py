"""The article that the project began with; it stays outside of the repository."""

from pathlib import Path

import pytest

from bot.language import load_lexicon
from bot.news import Quote, Revision
from bot.quotes import find_quotes, find_second_hand
from tests.builders import a_revision

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed-article.txt"

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="needs ../shared/data")


@pytest.fixture
def revision() -> Revision:
    title, _, body = ARTICLE.read_text("utf-8").partition("\n")
    return a_revision(title=title, body=body)


@pytest.fixture
def quotes(revision: Revision) -> list[Quote]:
    return [q for q in find_quotes(revision, load_lexicon()) if q.use == "statement"]


def test_its_six_statements_have_their_speakers(quotes: list[Quote]) -> None:
    assert [q.speaker.name.words.rpartition(" ")[2] for q in quotes if q.speaker] == [
        "Putin",
        "Ja’afari",
        "Kerry",
        "Journal",
        "Stork",
        "Stork",
    ]
    assert len(quotes) == 6


def test_the_passage_from_the_journal_is_credited_to_it(quotes: list[Quote]) -> None:
    (passage,) = [q for q in quotes if q.kind == "partial"]
    assert [v.words for v in passage.attribution.via] == ["Wall Street Journal"]
    assert passage.standing == "document"


def test_the_paragraph_that_names_nobody_is_the_last_speakers(quotes: list[Quote]) -> None:
    assert quotes[-1].speaker
    assert quotes[-1].speaker.name.words == "Joe Stork"
    assert quotes[-1].attribution.certain


def test_the_placards_are_kept_and_are_no_statements(revision: Revision) -> None:
    found = [q for q in find_quotes(revision, load_lexicon()) if q.use != "statement"]
    assert [q.pieces[0].words for q in found] == [
        "Yankees out of Syria",
        "Obama, give back your Nobel prize",
    ]
    assert {q.use for q in found} <= {"slogan", "caption"}


def test_whom_it_relies_on_is_listed(revision: Revision) -> None:
    found = find_second_hand(revision, load_lexicon())
    assert [s.name.words for s in found] == [
        "Wall Street Journal",
        "New York Times",
        "Human Rights Watch",
        "U.N. commission",
    ]
