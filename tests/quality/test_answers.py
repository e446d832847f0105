"""How well labelled questions are answered and refused, against floors."""

import tomllib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import pytest

from bot.lab.answering import answer_stage
from tests.quality.asked import (
    SHARED_ARTICLES,
    Outcome,
    Question,
    outcome_of,
    own_questions,
    shared_questions,
)

FLOORS: Final = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["answers"]


def outcomes(asked: Sequence[Question]) -> list[Outcome]:
    stage = answer_stage()
    return [outcome_of(question, stage) for question in asked]


def shares(found: Sequence[Outcome]) -> dict[str, float]:
    """Return the shares that have floors; print them for `pytest -s`."""
    there = [o for o in found if o.asked.gold]
    missing = [o for o in found if not o.asked.gold]
    measured = {
        "hit": sum(o.hit for o in there) / len(there),
        "wrongly_refused_at_most": sum(o.refused for o in there) / len(there),
        "refused": sum(o.refused for o in missing) / len(missing),
    }
    print({name: round(value, 3) for name, value in measured.items()})  # noqa: T201
    return measured


def require(measured: dict[str, float], floors: dict[str, float]) -> None:
    """Fail below a floor, and above what is allowed at most."""
    assert {
        name: value
        for name, value in measured.items()
        if (value > floors[name] if name.endswith("at_most") else value < floors[name])
    } == {}


def test_a_third_of_the_questions_are_not_in_the_sources() -> None:
    asked = own_questions()
    assert sum(not q.gold for q in asked) * 3.5 >= len(asked)
    assert {q.kind for q in asked} >= {
        *("who said", "said", "when", "how many", "outlets", "first", "changed"),
        *("unconfirmed", "timeline", "compare"),
    }


@pytest.mark.quality
def test_questions_on_our_own_stories_are_answered_or_refused_as_labelled() -> None:
    require(shares(outcomes(own_questions())), FLOORS["own"])


@pytest.mark.quality
def test_every_sentence_of_every_answer_stands_in_its_article() -> None:
    for found in outcomes(own_questions()):
        texts = {a["id"]: a for a in found.asked.articles}
        for span in found.record["spans"]:
            words = texts[span["article"]][span["field"]][span["start"] : span["end"]]
            assert words.strip() == words != ""
        assert bool(found.record["spans"]) != found.record["answer"].startswith("Not in the")


@pytest.mark.quality
def test_questions_on_shared_articles_too_are_answered_or_refused_as_labelled() -> None:
    if not SHARED_ARTICLES.exists():
        pytest.skip("the shared articles are not beside this checkout")
    asked = list(chain(own_questions(), shared_questions()))
    require(shares(outcomes(asked)), FLOORS["both"])
