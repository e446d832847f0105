"""Who says what in the sample wire, of which every opening mark is labelled: right here, always."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from bot.demo.wire import Item, load_wire
from bot.language import load_lexicon
from bot.news import Quote, Revision
from bot.quotes import find_quotes

pytestmark = pytest.mark.quality

NOW: Final = datetime(2026, 9, 17, 6, tzinfo=UTC)
TESTS: Final = Path(__file__).resolve().parents[1]
SPEAKERS: Final[dict[str, list[str]]] = tomllib.loads(
    (TESTS / "demo" / "speakers.toml").read_text(encoding="utf-8")
)
FLOORS: Final = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))[
    "wire_speakers"
]


def quotes_of(item: Item) -> tuple[Quote, ...]:
    revision = Revision.of(item.id, 1, item.headline, item.body, seen_at=NOW)
    return find_quotes(revision, load_lexicon(item.language))


def verdicts(item: Item) -> list[str]:
    """Compare each piece with the label of its opening mark: right, wrong, unnamed or spurious.

    Pieces that are found as no statement have no speaker. An article whose pieces are not as many
    as its marks counts as wrong throughout.
    """
    quotes = quotes_of(item)
    pieces = [(p.span.start, q) for q in quotes for p in q.pieces]
    labels = SPEAKERS.get(item.id, [])
    if len(pieces) != len(labels):
        return ["wrong"] * len(labels)
    found = [quote for _, quote in sorted(pieces, key=lambda pair: pair[0])]
    return [_verdict(q, label) for q, label in zip(found, labels, strict=True)]


def _verdict(quote: Quote, label: str) -> str:
    named = quote.use == "statement" and quote.speaker
    if not label:
        return "spurious" if quote.use == "statement" else "right"
    if not named:
        return "unnamed"
    words = named.name.words
    right = words in label or label in words
    return "right" if right else "certainly wrong" if quote.attribution.certain else "wrong"


def test_the_speakers_of_the_sample_wire_are_found() -> None:
    every = [v for item in load_wire().items("after") for v in verdicts(item)]
    counts = {verdict: every.count(verdict) for verdict in sorted(set(every))}

    assert counts["right"] / len(every) >= FLOORS["right"], counts
    assert counts.get("certainly wrong", 0) / len(every) <= FLOORS["certainly_wrong_at_most"], (
        counts
    )
