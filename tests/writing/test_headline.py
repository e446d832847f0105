"""A headline says what has happened, in a title's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_weights
from bot.text import words
from bot.writing.headline import find_headline
from bot.writing.ranking import vector_of
from tests.builders import an_article

WEIGHTS = load_weights()
ABOUT = vector_of(WEIGHTS.stems(words("ferry to Tern Island stops for a month")), WEIGHTS)


def headline(*titles: str, outlet: str = "Harbour Courier", max_words: int = 60) -> str:
    articles = [an_article(f"a{n}", title=t, outlet=outlet) for n, t in enumerate(titles)]
    passage = find_headline(articles, ABOUT, WEIGHTS, max_words=max_words)
    article = articles[[a.id for a in articles].index(passage.span.article_id)]
    assert article.latest.title[passage.span.start : passage.span.end] == passage.words
    return passage.words


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Ferry to Tern Island stops | Harbour Courier", "Ferry to Tern Island stops"),
        ("Ferry to Tern Island stops - The Harbour Courier", "Ferry to Tern Island stops"),
        ("Ferry to Tern Island stops | News | Harbour Courier", "Ferry to Tern Island stops"),
        ("LIVE: Ferry to Tern Island stops", "Ferry to Tern Island stops"),
        ("Watch: Ferry to Tern Island stops", "Ferry to Tern Island stops"),
        ("UPDATE 2-Ferry to Tern Island stops", "Ferry to Tern Island stops"),
        ("BREAKING NEWS: Ferry to Tern Island stops", "Ferry to Tern Island stops"),
        ("Ferry to Tern Island stops – welders wait", "Ferry to Tern Island stops – welders wait"),
        ("Tern Island: ferry stops for a month", "Tern Island: ferry stops for a month"),
        ("Live wires stop the ferry", "Live wires stop the ferry"),
        ("Ferry stops | Harbour Courier", "Ferry stops | Harbour Courier"),  # too little is left
    ],
)
def test_labels_and_names_of_outlets_are_cut_off(title: str, said: str) -> None:
    assert headline(title) == said


@pytest.mark.parametrize(
    "teaser",
    [
        "Will the ferry to Tern Island stop for a month?",
        "What we know of the Tern Island ferry that stops for a month",
        "5 things to know as the ferry to Tern Island stops for a month",
        "Here’s why the ferry to Tern Island stops for a month",
        "You won’t see the ferry to Tern Island for a month",
        "“A month!”: ferry to Tern Island stops for a month",
    ],
)
def test_a_title_that_says_what_happened_is_taken_before_one_that_teases(teaser: str) -> None:
    statement = "Ferry to Tern Island stops for repairs"
    assert headline(teaser, statement) == statement
    assert headline(teaser) == teaser


def test_a_long_title_ends_where_a_clause_of_it_ends() -> None:
    title = (
        "Ferry to Tern Island stops for a month as welders replace eleven plates of the hull, "
        "the yard says, and the council hires a fishing boat for the doctor and for the pupils"
    )
    assert headline(title).endswith("the yard says")
    assert len(words(headline(title.replace(",", "")))) == 20


def test_of_two_titles_the_one_that_is_news_to_the_channel_is_taken() -> None:
    old = an_article("a1", title="Ferry to Tern Island stops for a month")
    new = an_article("a2", title="Tern Island ferry back in a month, yard says")
    titles = [
        find_headline([old, new], ABOUT, WEIGHTS, max_words=60, new=ids).words
        for ids in ((), ("a2",))
    ]
    assert titles == [old.latest.title, new.latest.title]


@given(st.text(max_size=200).filter(lambda t: bool(t.strip())), st.integers(3, 30))
def test_whatever_the_title_the_headline_is_cut_from_it(title: str, max_words: int) -> None:
    assert len(words(headline(title, max_words=max_words))) <= min(max_words, 20)
