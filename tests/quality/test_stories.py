"""Scores the grouping of articles on the shared development set, against pinned floors."""

import json
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.language import load_story_words, load_weights
from bot.news import Article, Outlet, Revision, Source
from bot.stories import Grouper, TraitsReader, group_articles

SHARED = Path(__file__).resolve().parents[3] / "shared"
CLUSTERS = SHARED / "data" / "stories" / "clusters_dev.jsonl"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["stories"]

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not CLUSTERS.exists(), reason="needs ../shared/data/stories"),
]


def read_articles(*sets: str) -> dict[str, tuple[Article, str]]:
    """Return the articles of the sets with their event, by id."""
    found = {}
    for line in CLUSTERS.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["set"] in sets:
            at = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
            revision = Revision.of(row["id"], 1, row["title"], row["body"], seen_at=at)
            source = Source(row["url"] or row["id"], "page", Outlet(row["source"] or "unknown"))
            article = Article(row["id"], source, (revision,), published_at=at)
            found[row["id"]] = (article, row["cluster"])
    return found


def bcubed(gold: dict[str, str], found: dict[str, str]) -> float:
    """Return the B³ F1 of a grouping (Bagga & Baldwin, 1998)."""
    both = Counter((gold[i], found[i]) for i in gold)
    true, made = Counter(gold.values()), Counter(found.values())
    precision = sum(n * n / made[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / true[g] for (g, _), n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def pair_f1(gold: dict[str, str], found: dict[str, str]) -> float:
    """Return the F1 of the pairs that a grouping puts together."""

    def pairs(counts: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = pairs(Counter((gold[i], found[i]) for i in gold))
    return 2 * right / (pairs(Counter(gold.values())) + pairs(Counter(found.values())))


def group(labelled: dict[str, tuple[Article, str]], window_days: float | None) -> dict[str, str]:
    """Return the story of each article, which come in the order of the mapping."""
    grouper = Grouper(window_days=window_days)
    reader = TraitsReader(load_weights(), load_story_words())
    for article_id, (article, _) in labelled.items():
        grouper.add(article_id, reader.read(article))
    return {article_id: grouper.story_of(article_id) for article_id in labelled}


def in_stream_order(*sets: str) -> dict[str, tuple[Article, str]]:
    labelled = read_articles(*sets)
    return dict(sorted(labelled.items(), key=lambda item: (item[1][0].dated(), item[0])))


CASES = {"articles": 4.0, "no_window": None, "headlines": 4.0}


@pytest.mark.parametrize("case", CASES)
def test_articles_of_one_event_are_one_story(case: str) -> None:
    labelled = in_stream_order(*(("uci",) if case == "headlines" else ("basil", "allsides")))
    gold = {i: event for i, (_, event) in labelled.items()}
    found = group(labelled, CASES[case])
    score = bcubed(gold, found)
    assert score >= FLOORS[f"{case}_b3"], round(score, 4)
    if case == "articles":
        assert pair_f1(gold, found) >= FLOORS["window_pairs"]


@pytest.mark.soak
@pytest.mark.parametrize("window_days", [4.0, None])
def test_the_order_of_arrival_hardly_matters(window_days: float | None) -> None:
    labelled = in_stream_order("basil", "allsides")
    gold = {i: event for i, (_, event) in labelled.items()}
    usual = bcubed(gold, group(labelled, window_days))
    for seed in (1, 2, 3):
        shuffled = list(labelled.items())
        Random(seed).shuffle(shuffled)  # noqa: S311
        score = bcubed(gold, group(dict(shuffled), window_days))
        assert abs(score - usual) <= FLOORS["shuffled_within"], (seed, score, usual)


def test_independent_reports_are_not_taken_for_reprints() -> None:
    labelled = read_articles("basil", "allsides")
    stories = group_articles(
        [article for article, _ in labelled.values()], load_weights(), load_story_words()
    )
    reprints = [o.reprints for story in stories for o in story.origins if o.reprints]
    assert reprints == []
