"""Scores the page reader on the shared saved pages, beside trafilatura alone, against floors.

Of quoted passages that do not survive, most stand below the report of a match or in updates of a
live page that its publisher does not mark as one; the passages of other pages survive.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import trafilatura

from bot.errors import ExtractError
from bot.ports import Document
from bot.sources import Item, as_one, read_document
from tests.quality.shared_sets import DATA, packed_files, rows, scorer

PAGES = DATA / "articles"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["pages"]
LONG_AFTER = datetime(9000, 1, 1, tzinfo=UTC)
QUOTED = re.compile(r"“\s?([^”\n]{12,400}?)\s?”|\"\b([^\"\n]{12,400})\"")
SETS = ("aeb", "fundus80", "fundusmeta")
"""Those whose bodies are given in full; the fourth, `traf`, names parts."""

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not PAGES.exists(), reason="needs ../shared/data/articles"),
]


@dataclass(frozen=True)
class Page:
    """A page with what is true of it and what was read from it."""

    truth: dict[str, Any]
    content: bytes
    item: Item

    @property
    def alone(self) -> str:
        """What trafilatura alone gives as the body."""
        found = trafilatura.extract(self.content, url=self.truth["url"], include_comments=False)
        return found or ""


def read_pages() -> list[Page]:
    files = packed_files(PAGES / "pages_dev.tar.xz")
    taken = rows(PAGES / "truth_dev.jsonl")
    return [Page(row, files[row["path"]], read(row, files[row["path"]])) for row in taken]


def read(row: dict[str, Any], content: bytes) -> Item:
    document = Document(row["path"], content, final_address=row["url"])
    try:
        return as_one(read_document(document, now=LONG_AFTER))
    except ExtractError:
        return Item()


def body_scores(pages: list[Page], name: str, *, alone: bool) -> tuple[float, float]:
    """Return F1 and precision of the bodies of one set, by the set's own script."""
    chosen = [page for page in pages if page.truth["set"] == name]
    script = scorer(PAGES / "score_articles.py")
    pairs = [_pair(page, page.alone if alone else page.item.body, script) for page in chosen]
    scores = script.body_metrics(pairs)
    return scores["f1"], scores["precision"]


def _pair(page: Page, body: str, script: ModuleType) -> tuple[str, str]:
    """Join the body with the true one; with or without its standfirst, whichever fits better."""
    readings = (page.truth["body"], page.truth.get("body_nosummary") or page.truth["body"])
    return max(readings, key=lambda text: script.match(text, body)[0]), body


def part_scores(pages: list[Page], *, alone: bool) -> tuple[float, float]:
    """Return F1 and precision over the parts that bodies of `traf` should and should not have."""
    found = wrong = missed = 0
    for page in pages:
        if page.truth["set"] == "traf":
            body = " ".join((page.alone if alone else page.item.body).split())
            there = sum(" ".join(part.split()) in body for part in page.truth["with"])
            found, missed = found + there, missed + len(page.truth["with"]) - there
            wrong += sum(" ".join(part.split()) in body for part in page.truth["without"])
    return 2 * found / (2 * found + wrong + missed), found / (found + wrong)


def quotes_that_survive(pages: list[Page]) -> tuple[int, int]:
    """Return how many quoted passages of the true bodies there are, and stand in ours as they are.

    White space just inside the marks, which some of the true bodies have from markup, is left out.
    """
    passages = [
        (match.group(1) or match.group(2), page.item.body)
        for page in pages
        for match in QUOTED.finditer(page.truth.get("body") or "")
    ]
    return len(passages), sum(words in body for words, body in passages)


def titles_and_days(pages: list[Page]) -> tuple[float, float]:
    """Return the shares of pages of `fundusmeta` whose title, and whose day, is right."""
    script = scorer(PAGES / "score_articles.py")
    chosen = [page for page in pages if page.truth["set"] == "fundusmeta"]
    titles = [script.fold(page.truth["title"]) == script.fold(page.item.title) for page in chosen]
    days = [
        bool(script.day(page.truth["date"]) & (script.day(str(page.item.published_at)) or set()))
        for page in chosen
    ]
    return sum(titles) / len(titles), sum(days) / len(days)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_bodies_are_better_and_more_precise_than_those_of_trafilatura_alone() -> None:
    pages = read_pages()
    for name in SETS:
        ours, theirs = (body_scores(pages, name, alone=alone) for alone in (False, True))
        print(f"{name}: F1 and precision {ours}, trafilatura alone {theirs}")  # noqa: T201
        assert ours[0] >= FLOORS[f"{name}_f1"]
        assert ours > theirs
        assert ours[1] > theirs[1]
    ours, theirs = (part_scores(pages, alone=alone) for alone in (False, True))
    print(f"traf: F1 and precision {ours}, trafilatura alone {theirs}")  # noqa: T201
    assert ours[0] >= FLOORS["traf_f1"]
    assert ours[1] > theirs[1]
    asked, survived = quotes_that_survive(pages)
    title, day = titles_and_days(pages)
    print(f"quoted passages: {survived} of {asked}; titles {title:.3f}, days {day:.3f}")  # noqa: T201
    assert survived >= FLOORS["quotes"] * asked
    assert title >= FLOORS["title"]
    assert day >= FLOORS["day"]
