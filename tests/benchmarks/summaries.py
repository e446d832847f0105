"""Prints ROUGE of our summaries beside the first sentences and sumy's LexRank, in one run.

usage: python -m tests.benchmarks.summaries PYTHON_OF_THE_PEERS

Once with three sentences each, then with budgets of words that the peers fill.
"""

import subprocess
import sys

from tests.quality.summary_systems import (
    BUDGETS,
    FILLING,
    SENTENCES,
    Case,
    Summaries,
    cases,
    cut,
    lead,
    lexrank,
    ours,
    scores,
)


def main(python: str) -> None:
    """Print a table with a line for each system, budget and set."""
    found = cases()
    print(f"{'system':10}{'budget':14}{'set':12}{'ROUGE-1':>8}{'ROUGE-2':>8}{'ROUGE-L':>8}")
    for system, told in systems(found, SENTENCES, python).items():
        show(system, f"{SENTENCES} sentences", found, told)
    filling = systems(found, FILLING, python)
    for budget in BUDGETS:
        for system, told in filling.items():
            shown = {i: cut(text, budget) for i, text in told.items()}
            show(system, f"{budget} words", found, shown)


def show(system: str, budget: str, found: list[Case], summaries: Summaries) -> None:
    """Print the line of each set."""
    for name, figures in scores(found, summaries).items():
        line = "".join(f"{figure * 100:8.1f}" for figure in figures.values())
        print(f"{system:10}{budget:14}{name:12}{line}")


def systems(found: list[Case], count: int, python: str) -> dict[str, Summaries]:
    """Return what each system says; LexRank is left out, and says why, without sumy.

    Ours has the sentences that it prints, the peers have `count`.
    """
    told: dict[str, Summaries] = {
        "nutgraf": {case["id"]: ours(case) for case in found},
        "lead": {case["id"]: lead(case, count) for case in found},
    }
    try:
        told["LexRank"] = lexrank(found, count, python)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"LexRank   skipped: {error}")
    return told


if __name__ == "__main__":
    main(sys.argv[1])
