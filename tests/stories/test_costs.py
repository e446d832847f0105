"""A hot topic costs as much as its articles, and not as the square of them."""

import sys
from collections.abc import Callable
from random import Random
from types import FrameType

import pytest

from bot.language import load_story_words, load_weights
from bot.news import Article
from bot.stories import OriginsFinder, Publishers, TraitsReader, explain_story
from tests.builders import an_article
from tests.stories.invented import text

READER = TraitsReader(load_weights(), load_story_words())


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions were called, which is the same on every machine."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def reports(count: int) -> list[Article]:
    """Return reports of one event, all of which carry the same statement."""
    random = Random(count)  # noqa: S311
    statement = text(random).partition(".")[0]
    return [
        an_article(f"a{n}", outlet=f"Outlet {n}", body=f"{statement}. {text(random)}")
        for n in range(count)
    ]


def find_origins(articles: list[Article]) -> object:
    finder = OriginsFinder(Publishers(), load_story_words())
    return finder.find(articles, {a.id: a.latest.body for a in articles})


def explain(articles: list[Article]) -> object:
    return explain_story(articles, READER, window_days=4)


@pytest.mark.parametrize("work", [find_origins, explain])
def test_four_times_the_articles_cost_four_times_as_much(
    work: Callable[[list[Article]], object],
) -> None:
    few, many = reports(40), reports(160)
    work(few)  # what is read once, such as the stems of words, is read
    assert calls_of(lambda: work(many)) <= 5 * calls_of(lambda: work(few))
