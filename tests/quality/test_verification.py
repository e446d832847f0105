"""Ten thousand false quotes and as many true ones; what real small models wrote."""

import json
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from bot.demo.wire import load_wire
from bot.language import load_lexicon
from bot.news import Verdict
from bot.quotes import Sources, find_quotes, verify_words
from tests.builders import a_revision
from tests.quality import mutants

SHARED = Path(__file__).resolve().parents[3] / "shared"
QUOTES = SHARED / "data" / "quotes"
REPLIES = SHARED / "model-replies"
FOUND = ("exact", "typographic")
FALSE_QUOTES: Final = 10_000
RECOGNISED: Final = 0.99

MEANT: Final = {
    "OK": FOUND,
    "OK/partial": FOUND,
    "WRONGSPK": ("misattributed",),
    "NARRATION": ("misattributed",),
    "FABRICATED": ("altered", "stitched", "not found"),
    "PLACEHOLDER": ("altered", "stitched", "not found"),
}
"""What the readers' verdicts on the model replies are called here."""

READ_OTHERWISE: Final = {
    # Two people are named for what the article gives to the first of them alone.
    ("Kerry and Lavrov", "OK"): "misattributed",
}
"""Annotations that the verifier does not share: (short for the claimed speaker, verdict)."""

pytestmark = [pytest.mark.quality, pytest.mark.soak]


@cache
def true_quotes() -> tuple[mutants.Said, ...]:
    """Return the quotes of the sample wire and, where they are, of the shared articles."""
    texts = [item.body for item in load_wire().items("after")]
    for name in ("dev", "challenge_dev"):
        path = QUOTES / f"{name}.jsonl"
        if path.exists():
            texts += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return tuple(q for story in mutants.stories(texts) for q in mutants.true_quotes(story))


def verdicts(mutation: mutants.Mutation, count: int) -> list[tuple[mutants.Claim, Verdict]]:
    """Return the verdicts on that many claims; fewer if most quotes have nothing to change."""
    dice = random.Random(mutants.SEED)  # noqa: S311 - the same quotes each time
    found = []
    for _ in range(4 * count):
        claim = mutation(dice.choice(true_quotes()), dice)
        if claim:
            verdict = verify_words(claim.words, claim.sources, speaker=claim.speaker)
            found.append((claim, verdict))
        if len(found) == count:
            break
    return found


@pytest.mark.parametrize("name", mutants.ALTERED)
@pytest.mark.timeout(120)
def test_no_false_quote_is_called_exact_or_typographic(name: str) -> None:
    count = FALSE_QUOTES // len(mutants.ALTERED) + 1
    found = verdicts(mutants.ALTERED[name], count)
    assert len(found) == count
    assert not [claim.words for claim, verdict in found if verdict.kind in FOUND]


def test_true_quotes_are_recognised_however_they_are_typed() -> None:
    tally: Counter[str] = Counter()
    missed = []
    for mutation in mutants.TYPOGRAPHIC.values():
        for claim, verdict in verdicts(mutation, 250):
            tally[verdict.kind] += 1
            if verdict.kind not in FOUND:
                missed.append((claim.words, verdict.differences))
    share = sum(tally[kind] for kind in FOUND) / tally.total()
    assert share >= RECOGNISED, missed[:5]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("wrong speaker", ("misattributed",)),
        ("wrong article", ("not found", "altered", "stitched")),
        ("merged", ("stitched",)),
        ("trimmed condition", ("altered",)),
        ("number", ("altered",)),
        ("negation", ("altered",)),
    ],
)
def test_what_was_done_to_a_quote_is_mostly_called_by_its_name(
    name: str, kinds: tuple[str, ...]
) -> None:
    found = verdicts(mutants.ALTERED[name], 300)
    named = sum(verdict.kind in kinds for _, verdict in found)
    assert named >= 0.75 * len(found)


# --- What models wrote --------------------------------------------------------------


@pytest.mark.skipif(not REPLIES.exists(), reason="needs ../shared/model-replies")
def test_recorded_model_replies_get_the_verdict_that_readers_gave() -> None:
    story, _ = seed()
    others = []
    for entry in annotations("quote"):
        claimed = entry["quote"]
        verdict = verify_words(claimed["quote"], story, speaker=claimed["speaker"])
        if verdict.kind not in MEANT[entry["verdict"]]:
            others.append(((surnames(claimed["speaker"]), entry["verdict"]), verdict.kind))
    assert dict(others) == READ_OTHERWISE
    assert len(others) == len(READ_OTHERWISE)


@pytest.mark.skipif(not REPLIES.exists(), reason="needs ../shared/model-replies")
def test_sentences_that_models_chose_get_the_verdict_that_readers_gave() -> None:
    story, sentences = seed()
    spoken = find_quotes(story.index.texts[1].revision, load_lexicon())
    others = []
    for entry in annotations("source"):
        claimed = entry["quote"]
        start, end = sentences.get(claimed["source"], (0, 0))
        pieces = [
            piece
            for quote in spoken
            for piece in quote.pieces
            if quote.use == "statement" and start <= piece.span.start < end
        ]
        kinds = {verify_words(p.words, story, speaker=claimed["speaker"]).kind for p in pieces}
        meant = set() if entry["verdict"] == "NOQ" else set(MEANT[entry["verdict"]])
        if not kinds <= meant or bool(kinds) != bool(meant):
            others.append((claimed, entry["verdict"], kinds))
    assert not others


def annotations(key: str) -> list[dict[str, Any]]:
    entries = json.loads((REPLIES / "quote_verdicts.json").read_text("utf-8"))
    return [entry for entry in entries if key in entry["quote"]]


@cache
def seed() -> tuple[Sources, dict[str, tuple[int, int]]]:
    """Return the article that the models were given, and the bounds of its sentences."""
    context = json.loads((REPLIES / "replies" / "context.json").read_text("utf-8"))
    bounds = {s["id"]: (s["start"], s["end"]) for s in context["sentences"]}
    return mutants.sources_of(a_revision(title="", body=context["source"])), bounds


def surnames(speaker: str) -> str:
    return " and ".join(part.split()[-1] for part in speaker.split(" and ") if part.split())
