"""Scores the extractive summaries on the shared development set, against floors and the lead."""

import json
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from bot.language import load_weights
from bot.paragraphs import story_paragraphs
from bot.text import sentences, stem, words
from bot.writing import summarise

SHARED = Path(__file__).resolve().parents[3] / "shared"
CASES = SHARED / "data" / "summaries" / "summaries_dev.jsonl"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["summaries"]
SENTENCES = 3

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/data/summaries"),
]


def rouge(reference: str, summary: str, n: int) -> float:
    """Return the F1 of shared n-grams of stems (ROUGE-N; Lin, 2004)."""
    counts = []
    for text in (reference, summary):
        stems = [stem(word) for word in words(text)]
        counts.append(Counter(zip(*(stems[i:] for i in range(n)), strict=False)))
    shared = sum((counts[0] & counts[1]).values())
    return 2 * shared / max(1, sum(counts[0].values()) + sum(counts[1].values()))


def lead(body: str) -> str:
    """Return the first sentences of the story: what every summary has to beat."""
    bounds = (b for p in story_paragraphs(body) for b in sentences(body, p.start, p.end))
    return " ".join(
        body[start:end] for _, (start, end) in zip(range(SENTENCES), bounds, strict=False)
    )


def score(kind: str) -> dict[str, float]:
    """Return ROUGE-1 and ROUGE-2 of the summaries and of the lead, each from 0 to 1."""
    scores = defaultdict(list)
    for line in CASES.read_text("utf-8").splitlines():
        case: dict[str, Any] = json.loads(line)
        if case["set"] != kind:
            continue
        docs = [(doc["title"], doc["body"]) for doc in case["docs"]]
        summary = summarise(docs, load_weights(), sentences=SENTENCES)
        for n in (1, 2):
            scores[f"rouge{n}"].append(rouge(case["reference"], summary, n))
            scores[f"lead{n}"].append(rouge(case["reference"], lead(docs[0][1]), n))
    return {name: mean(values) for name, values in scores.items()}


@pytest.mark.parametrize("kind", ["cnndm", "cross"])
def test_a_summary_says_more_of_what_matters_than_the_first_sentences(kind: str) -> None:
    scores = score(kind)
    assert scores["rouge1"] >= FLOORS[f"{kind}_rouge1"], scores
    assert scores["rouge2"] >= FLOORS[f"{kind}_rouge2"], scores
    assert scores["rouge1"] > scores["lead1"], scores
