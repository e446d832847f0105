"""Scores the extractive summaries on the shared development set, against floors and peers."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.quality.summary_systems import (
    BUDGETS,
    CASES,
    FILLING,
    ROOT,
    Summaries,
    cases,
    cut,
    lead,
    lexrank,
    ours,
    scores,
)

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["summaries"]
PEERS = ROOT / ".venv" / "peers" / "bin" / "python"
"""The environment that `make bench-quotes` makes."""

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/data/summaries"),
]


def ours_says_more_than(peer: Summaries) -> None:
    """Check each score of each set, with each budget of words that both may use."""
    found = cases()
    told = {case["id"]: ours(case) for case in found}
    for budget in BUDGETS:
        measured, theirs = (
            scores(found, {i: cut(text, budget) for i, text in summaries.items()})
            for summaries in (told, peer)
        )
        for name, figures in measured.items():
            assert all(figures[score] > theirs[name][score] for score in figures), (
                budget,
                measured,
                theirs,
            )


def test_three_sentences_say_as_much_of_what_matters_as_they_did() -> None:
    found = cases()
    measured = scores(found, {case["id"]: ours(case) for case in found})
    for name, floors in FLOORS.items():
        for score, floor in floors.items():
            assert measured[name][score] >= floor, (name, score, measured)


def test_a_summary_says_more_of_what_matters_than_the_first_sentences() -> None:
    ours_says_more_than({case["id"]: lead(case, FILLING) for case in cases()})


def test_a_summary_says_more_of_what_matters_than_lexrank() -> None:
    try:
        peer = lexrank(cases(), FILLING, str(PEERS))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs sumy in .venv/peers (make bench-quotes)")
    ours_says_more_than(peer)
