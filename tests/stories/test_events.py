"""Events that are easily mistaken for each other stay apart, and reports of one are together."""

import tomllib
from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bot.language import load_story_words, load_weights
from bot.stories import Grouper, TraitsReader

FOLDER: Final = Path(__file__).parent / "events"
FLOORS: Final = tomllib.loads((FOLDER.parents[1] / "quality" / "floors.toml").read_text("utf-8"))[
    "stories"
]

Report = tuple[str, str, str, str]
"""Event, day, headline, text."""


def read_reports() -> list[Report]:
    found = []
    for path in sorted(FOLDER.glob("[!R]*.md")):
        for block in path.read_text("utf-8").split("## ")[1:]:
            head, _, rest = block.partition("\n")
            event, day = head.split()
            title, _, text = rest.strip().partition("\n")
            found.append((event, day, title, text))
    return found


def grouped(reports: list[Report]) -> list[str]:
    """Return the story of each report, which come in the order given."""
    grouper, reader = Grouper(), TraitsReader(load_weights(), load_story_words())
    for number, (_, day, title, text) in enumerate(reports):
        dated = datetime.fromisoformat(day).replace(tzinfo=UTC)
        grouper.add(f"a{number}", reader.read_text(title, text, dated))
    return [grouper.story_of(f"a{number}") for number in range(len(reports))]


def score(reports: list[Report]) -> tuple[float, float, list[tuple[str, str]]]:
    """Return pair precision, pair recall and the pairs of events that were taken for one."""
    stories = grouped(reports)
    same: Counter[tuple[bool, bool]] = Counter()
    wrong = []
    for (a, sa), (b, sb) in combinations(zip(reports, stories, strict=True), 2):
        same[a[0] == b[0], sa == sb] += 1
        if sa == sb and a[0] != b[0]:
            wrong.append((a[2], b[2]))
    together = same[True, True] + same[False, True]
    return (
        same[True, True] / together,
        same[True, True] / (same[True, True] + same[True, False]),
        wrong,
    )


def test_the_set_has_sixty_events_and_more() -> None:
    assert len({event for event, *_ in read_reports()}) >= 60


@pytest.mark.parametrize("seed", [None, 1, 2], ids=["by date", "shuffled", "shuffled again"])
def test_events_that_resemble_each_other_stay_apart(seed: int | None) -> None:
    reports = sorted(read_reports(), key=lambda report: report[1])
    if seed is not None:
        Random(seed).shuffle(reports)  # noqa: S311
    precision, recall, wrong = score(reports)
    assert precision >= FLOORS["own_precision"], wrong
    assert recall >= FLOORS["own_recall"], recall


def test_a_round_up_does_not_glue_its_events_together() -> None:
    reports = [r for r in read_reports() if r[0] in {"tunnel", "museum-theft", "water"}]
    digests = [r for r in read_reports() if r[0].startswith("roundup")]
    stories = grouped([*digests, *reports])
    events = {story: event for (event, *_), story in zip(reports, stories[2:], strict=True)}
    assert sorted(events.values()) == ["museum-theft", "tunnel", "water"]
