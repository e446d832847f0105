"""Scores the grouping of articles on the shared development set, against pinned floors."""

import json
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.language import load_weights
from bot.news import Article, Outlet, Revision, Source
from bot.stories import group_articles

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


@pytest.mark.parametrize("sets", [("basil", "allsides"), ("uci",)], ids=["articles", "headlines"])
def test_articles_of_one_event_are_one_story(sets: tuple[str, ...]) -> None:
    labelled = read_articles(*sets)
    stories = group_articles([article for article, _ in labelled.values()], load_weights())
    found = {i: story.id for story in stories for i in story.article_ids}
    score = bcubed({i: event for i, (_, event) in labelled.items()}, found)
    assert score >= FLOORS["headlines_b3" if sets == ("uci",) else "articles_b3"], round(score, 4)


def test_independent_reports_are_not_taken_for_reprints() -> None:
    labelled = read_articles("basil", "allsides")
    stories = group_articles([article for article, _ in labelled.values()], load_weights())
    reprints = [o.reprints for story in stories for o in story.origins if o.reprints]
    assert reprints == []
