"""Scores the wire formats on the shared samples, field by field, against pinned floors.

Where we differ from what is expected of the samples, and why:

- Expected bodies are the first 300 characters of the `p` elements. Ours have subheadings, list
  items and preformatted lines too, and leave out the document's own header; so words are compared.
- One picture, in two versions of ninjs, has a plain body and a rich one with different texts; we
  take the rich one, which has the paragraphs (2 bodies).
- One file is labelled with another encoding than it is in; it is expected as mis-read, and we read
  it rightly (1 headline, 1 body).
- One item is expected with its sources' codes; we give the names that stand beside them (2 fields).
- One expected body is that of a note to editors, which we keep out of the body (1 body).
- One file of JSON holds no item at all, and none is read from it (2 fields).
- One expected body is a whole document made into one line, in which headline and author stand twice
  (1 body).
"""

import json
import re
import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ExtractError
from bot.ports import Document
from bot.sources import read_wire_items
from bot.text import squeeze, words

SHARED = Path(__file__).resolve().parents[3] / "shared"
WIRE = SHARED / "data" / "wire"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["wire"]
NOT_OURS = {"body_chars", "extra"}
ALIASES = {"issued": "versioncreated", "dukey": "slugline"}
"""What NITF calls the one and the other."""
EXCERPT_CHARS = 299
"""Bodies that are expected in part are this long at least; their last word may be cut."""
MARKUP = re.compile(r"<[^>]+>")
MIN_SHARE = 0.85
"""Share of an expected body's pairs of words that stand in ours when it counts as right.

At every end of a paragraph, which ours may have elsewhere, a pair is lost.
"""

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not WIRE.exists(), reason="needs ../shared/data/wire"),
]


@lru_cache(maxsize=1)
def samples() -> dict[str, bytes]:
    """Return the content of each file by its name."""
    with tarfile.open(WIRE / "files.tar.xz") as packed:
        found = {member.name: packed.extractfile(member) for member in packed if member.isfile()}
        return {name: file.read() for name, file in found.items() if file}


def pairs() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Give each expected item with the one that was read, both as their fields."""
    for line in (WIRE / "expected.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        try:
            items = read_wire_items(Document(row["file"], samples()[row["file"]]))
        except ExtractError:
            items = ()
        found = [asdict(item) for item in items]
        for number, expected in enumerate(row["items"]):
            yield row["file"], expected, found[number] if number < len(found) else {}


def lines(value: object) -> list[str]:
    """Return what a field says as lines, however nested, less what is empty or said twice."""
    if isinstance(value, dict):
        return lines(list(value.values()))
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(line for inner in value for line in lines(inner)))
    return [squeeze(str(value))] if value not in (None, "") else []


def same(name: str, expected: object, found: object) -> bool:
    said, read = lines(expected), lines(found)
    if name == "altids":
        said = [line for line in said if line in read or not line.islower()]
    if name == "located":
        # of places in parts, ours is the line of all
        said, read = sorted(said), sorted({p for line in read for p in (line, *line.split(", "))})
        return set(said) <= set(read)
    if name == "ednote":
        return set(said) <= set(read)
    return [line.replace(" ", "") for line in said] == [line.replace(" ", "") for line in read]


def share_of_words(expected: str, found: dict[str, Any]) -> float:
    """Return the share of the excerpt's pairs of words that we have, above the text included."""
    above = (found.get(name) for name in ("headline", "byline", "dateline"))
    mine = words(" ".join(lines([*above, found.get("body")])))
    said = words(MARKUP.sub(" ", expected))
    said = said[:-1] if len(expected) >= EXCERPT_CHARS else said
    there = set(pairwise(mine))
    if len(said) < 2:
        return float(squeeze(expected) == squeeze(found.get("body", "")))
    return sum(pair in there for pair in pairwise(said)) / (len(said) - 1)


def test_every_expected_field_is_right() -> None:
    right, wrong = 0, []
    for file, expected, found in pairs():
        for name, value in expected.items():
            if name in NOT_OURS or name == "body" or not lines(value):
                continue
            ok = same(name, value, found.get(ALIASES.get(name, name)))
            right += ok
            wrong += [] if ok else [(file, name, value, found.get(name))]
    share = right / (right + len(wrong))
    assert share >= FLOORS["fields"], (round(share, 4), right, wrong)


def test_every_expected_body_is_there() -> None:
    shares = {
        (file, expected["id"]): share_of_words(expected["body"], found)
        for file, expected, found in pairs()
        if expected["body"]
    }
    right = sum(share >= MIN_SHARE for share in shares.values())
    poor = {key: round(share, 2) for key, share in shares.items() if share < MIN_SHARE}
    assert right / len(shares) >= FLOORS["bodies"], (right, len(shares), poor)


def test_every_sample_of_the_older_wires_has_a_text_an_instant_and_an_urgency() -> None:
    older = {name: data for name, data in samples().items() if "/iptc7901/" in name}
    read = Counter[str]()
    for name, content in older.items():
        (item,) = read_wire_items(Document(name, content))
        read.update(key for key in ("body", "versioncreated", "urgency") if asdict(item)[key])
    assert older
    assert read["versioncreated"] == read["urgency"] == len(older)
    assert read["body"] >= len(older) - 1  # one is a list of headlines, all above its text
