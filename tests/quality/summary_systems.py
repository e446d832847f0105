"""Summaries of the shared development set by ours, by the first sentences and by sumy's LexRank.

All are given the same sentences to choose from and the same budget of words.
"""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, Final

from bot.language import load_weights
from bot.paragraphs import story_paragraphs
from bot.text import sentences, squeeze
from bot.writing import summarise
from tests.quality.rouge import rouge

ROOT: Final = Path(__file__).resolve().parents[2]
CASES: Final = ROOT.parent / "shared" / "data" / "summaries" / "summaries_dev.jsonl"
PEER: Final = ROOT / "tests" / "benchmarks" / "lexrank.py"
SENTENCES: Final = 3
"""That the writer prints."""
BUDGETS: Final = (50, 60, 70, 80)
"""Words that every system may use; what is behind them is cut off."""
FILLING: Final = 8
"""Sentences that the peers are asked for, so that they use all words that they may."""

Case = Mapping[str, Any]
Summaries = Mapping[str, str]


def cases() -> list[Case]:
    """Return the cases: id, set, docs with title and body, reference."""
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def ours(case: Case) -> str:
    """Return the sentences that the extractive writer prints."""
    docs = [(doc["title"], doc["body"]) for doc in case["docs"]]
    return summarise(docs, load_weights(), sentences=SENTENCES)


def lead(case: Case, count: int) -> str:
    """Return the first sentences of the first document: what every summary has to beat."""
    return " ".join(_sentences(case["docs"][0]["body"])[:count])


def lexrank(found: Sequence[Case], count: int, python: str) -> Summaries:
    """Return LexRank's summaries by case, made by a Python that has sumy.

    Raises:
        OSError: there is no such Python.
        subprocess.CalledProcessError: it has no sumy.
    """
    lines = [
        {"id": c["id"], "sentences": [s for d in c["docs"] for s in _sentences(d["body"])]}
        for c in found
    ]
    given = "\n".join(map(json.dumps, lines)).encode()
    command = [python, str(PEER), str(count)]
    done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603
    read = (json.loads(line) for line in done.stdout.splitlines())
    return {line["id"]: line["summary"] for line in read}


def cut(text: str, words: int) -> str:
    """Return the first so many words."""
    return " ".join(text.split()[:words])


def scores(found: Iterable[Case], summaries: Summaries) -> dict[str, dict[str, float]]:
    """Return the mean ROUGE-1, ROUGE-2 and ROUGE-L of each set."""
    by_set: dict[str, list[dict[str, float]]] = defaultdict(list)
    for case in found:
        by_set[case["set"]].append(rouge(case["reference"], summaries[case["id"]]))
    return {
        name: {score: mean(one[score] for one in all_scores) for score in all_scores[0]}
        for name, all_scores in by_set.items()
    }


def _sentences(body: str) -> list[str]:
    bounds = (b for p in story_paragraphs(body) for b in sentences(body, p.start, p.end))
    return [squeeze(body[start:end]) for start, end in bounds]
