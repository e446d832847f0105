"""Scores the feed reader on the shared feed files: every entry, field by field, against floors.

Compared as the shared script does: titles without tags, entities and differences of white space,
links as they stand in the feed or completed, dates to the second.
"""

import html
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ExtractError
from bot.ports import Document
from bot.sources import Item, read_document
from bot.text import squeeze
from tests.quality.shared_sets import DATA, packed_files, rows

FEEDS = DATA / "feeds"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["feeds"]
LONG_AFTER = datetime(9000, 1, 1, tzinfo=UTC)
FIELDS = ("title", "link", "date", "id")

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not FEEDS.exists(), reason="needs ../shared/data/feeds"),
]


def entries(content: bytes, name: str) -> list[dict[str, str]]:
    """Return what `nutgraf lab feed` prints for the file."""
    try:
        items = read_document(Document(name, content), now=LONG_AFTER).items
    except ExtractError:
        return []
    return [entry(item) for item in items]


def entry(item: Item) -> dict[str, str]:
    date = item.published_at.isoformat().replace("+00:00", "Z") if item.published_at else ""
    return {"id": item.guid, "title": item.title, "link": item.address, "date": date}


def score() -> dict[str, tuple[int, int]]:
    """Return by field, and for the number of entries, how many are right and how many there are."""
    files = packed_files(FEEDS / "feeds.tar.xz")
    right, asked = Counter[str](), Counter[str]()
    for row in rows(FEEDS / "expected.jsonl"):
        found = entries(files[row["file"]], row["file"])
        asked["count"] += 1
        # a feed of which nobody says how many entries it has must give one at least
        wanted = row["n_entries"]
        right["count"] += len(found) == wanted if wanted is not None else bool(found)
        for field, is_right in compare(row, found):
            asked[field] += 1
            right[field] += is_right
    return {name: (right[name], asked[name]) for name in asked}


def compare(row: dict[str, Any], found: list[dict[str, str]]) -> list[tuple[str, bool]]:
    judged = []
    for number, expected in enumerate(row["entries"] or ()):
        mine = found[number] if number < len(found) else {}
        wanted = {name: {expected[name]} for name in FIELDS if expected.get(name)}
        if "link" in wanted and expected.get("link_raw"):
            wanted["link"].add(expected["link_raw"])
        judged += [(name, same(name, wanted[name], mine.get(name, ""))) for name in wanted]
    return judged


def same(field: str, wanted: set[str], found: str) -> bool:
    return plain(field, found) in {plain(field, value) for value in wanted}


def plain(field: str, value: str) -> str:
    """Return what is compared of a field: what a reader sees, or where a link leads."""
    if field == "title":
        for _ in range(3):  # some feeds escape twice, and then once more
            value = html.unescape(value)
        return squeeze(re.sub(r"<!\[CDATA\[|\]\]>|<[^>]*>", "", value))
    return html.unescape(value).strip().rstrip("/") if field == "link" else value.strip()


def check(scores: dict[str, tuple[int, int]]) -> None:
    print(scores)  # noqa: T201
    for name, (right, asked) in scores.items():
        assert right >= FLOORS[name] * asked, (name, right, asked)


@pytest.mark.soak
def test_every_feed_that_the_best_parser_reads_is_read_field_by_field() -> None:
    check(score())
