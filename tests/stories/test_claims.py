"""What one outlet calls confirmed and another unconfirmed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_figure_words, load_weights
from bot.news import Article, Disagreement, Origin
from bot.stories.claims import compare_claims
from tests.builders import NOON, an_article

WORDS, WEIGHTS = load_figure_words(), load_weights()
SURE = "The coastguard confirmed that the engine of the ferry failed before the crash."
UNSURE = "The ministry could not confirm that the engine of the ferry failed before the crash."


def report(article_id: str, outlet: str, text: str, *, hour: float = 0) -> Article:
    at = NOON + timedelta(hours=hour)
    return an_article(article_id, outlet=outlet, title="News", body=text, published_at=at)


def compared(*articles: Article, origins: tuple[Origin, ...] = ()) -> tuple[Disagreement, ...]:
    return compare_claims(articles, WORDS, WEIGHTS, origins)


def test_confirmed_here_and_unconfirmed_there_are_shown_side_by_side() -> None:
    (found,) = compared(report("a1", "A", UNSURE), report("a2", "B", SURE, hour=2))
    assert [(r.outlet, r.standing) for r in found.reports] == [
        ("A", "unconfirmed"),
        ("B", "confirmed"),
    ]
    claim = "the engine of the ferry failed before the crash"
    assert {r.words.words for r in found.reports} == {claim}


@pytest.mark.parametrize(
    ("text", "outlet", "hour"),
    [
        (SURE, "B", 1),
        (UNSURE, "A", 1),
        (UNSURE, "B", 30),
        ("The ministry could not confirm that two sailors of the ferry were ill.", "B", 1),
        ("Nobody knows why the engine of the ferry failed before the crash.", "B", 1),
    ],
)
def test_the_same_standing_voice_another_day_or_claim_is_no_difference(
    text: str, outlet: str, hour: float
) -> None:
    assert not compared(report("a1", "A", SURE), report("a2", outlet, text, hour=hour))


def test_a_reprint_is_no_second_voice() -> None:
    one, copy = report("a1", "A", SURE), report("a2", "B", UNSURE)
    assert not compared(one, copy, origins=(Origin(("a1", "a2")),))


@given(st.permutations(range(4)))
def test_the_order_of_the_articles_makes_no_difference(order: list[int]) -> None:
    articles = (
        report("a1", "A", SURE),
        report("a2", "B", UNSURE),
        report("a3", "C", UNSURE, hour=1),
        report("a4", "D", SURE, hour=2),
    )
    assert compared(*(articles[i] for i in order)) == compared(*articles)
