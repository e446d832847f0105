"""Scores what stories' figures are compared to be, on generated stories, against floors.

The generator plants one figure in every article of a story. The wordings `dev`, `second` and
`third` (150 stories a kind) are what rules were tried on; `held_out` (500) was written after them.
"""

import random
import tomllib
from collections import Counter
from pathlib import Path
from typing import Final, get_args

import pytest

from bot.language import load_figure_words, load_weights
from bot.stories.disagreements import Comparison, compare_figures
from bot.stories.figures import find_figures
from bot.stories.reports import Report
from tests.quality.figure_stories import Planted, Planting, Wording, plant

pytestmark = [pytest.mark.quality, pytest.mark.soak]

FLOORS: Final = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
SEED: Final = 20260923
STORIES: Final = {"held_out": 500}
TRIED: Final = 150
"""Stories of each kind in the wordings that rules were tried on."""
WORDS, WEIGHTS = load_figure_words(), load_weights()
DISAGREE: Final = frozenset({"differing", "sources", "standing"})


def score(wording: Wording) -> Counter[str]:
    """Count, over all stories, what was planted, found, and found where it was not planted."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    counts: Counter[str] = Counter()
    for kind in get_args(Planted):
        for _ in range(STORIES.get(wording, TRIED)):
            count(plant(kind, wording, dice), counts)
    return counts


def count(planting: Planting, counts: Counter[str]) -> None:
    found = {article.id: find_figures(article, WORDS) for article in planting.articles}
    compared = compare_figures(planting.articles, found, WEIGHTS)
    counts[f"planted {planting.kind}"] += 1
    counts["differing found"] += any(is_planted_difference(c, planting) for c in compared)
    counts["updated found"] += any(is_planted_update(c, planting) for c in compared)
    for comparison in compared:
        right = is_planted_difference(comparison, planting)
        counts["differing said"] += comparison.kind in DISAGREE
        counts["differing right"] += right
        counts["updated said"] += comparison.kind == "updated"
        counts["updated right"] += is_planted_update(comparison, planting)


def is_planted_difference(comparison: Comparison, planting: Planting) -> bool:
    """Tell whether the one article with the other number is said to differ, and nothing else."""
    said = planting.kind == "differing" and comparison.kind in DISAGREE
    reports = comparison.current
    return said and all_planted(comparison, planting) and "a1" in {r.article_id for r in reports}


def is_planted_update(comparison: Comparison, planting: Planting) -> bool:
    said = planting.kind == "updated" and comparison.kind == "updated"
    old = {r.article_id for r in comparison.superseded}
    return said and all_planted(comparison, planting) and old == {"a0"}


def all_planted(comparison: Comparison, planting: Planting) -> bool:
    reports = (*comparison.current, *comparison.superseded)
    return all(holds(report, planting) for report in reports)


def holds(report: Report, planting: Planting) -> bool:
    words = report.figure.words.words.casefold()
    bare = planting.figures[report.article_id].casefold()
    for bound in ("at least ", "a total of "):
        bare = bare.removeprefix(bound)
    return bare in words


@pytest.mark.parametrize("wording", get_args(Wording))
def test_planted_differences_and_updates_are_found_and_no_others(wording: Wording) -> None:
    counts, floors = score(wording), FLOORS["disagreements"][wording]
    for kind in ("differing", "updated"):
        precision = counts[f"{kind} right"] / counts[f"{kind} said"]
        recall = counts[f"{kind} found"] / counts[f"planted {kind}"]
        assert precision >= floors[f"{kind}_precision"], (precision, counts)
        assert recall >= floors[f"{kind}_recall"], (recall, counts)
