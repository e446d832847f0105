"""Scores the checks on written sentences: what is false must be caught, what is true kept.

The sentences are those of the shared articles. Articles are split by the hash of their id: rules
were made on one half, `dev`; the other is `held_out`.
"""

import json
import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from bot.language import load_check_words
from bot.writing.checks import Cited, check_sentence
from tests.quality import written, written_mutants
from tests.quality.shared_sets import DATA
from tests.quality.written import Claim, Told

FILES: Final = (DATA / "articles" / "truth_dev.jsonl", DATA / "stories" / "clusters_dev.jsonl")
FLOORS: Final = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["written"]
MANY: Final = 2_000
FEW: Final = 150
PASSES: Final = 6
"""How often a sentence may be changed, each time in another way."""
ENGLISH: Final = (" the ", " and ", " of ", " was ")
PAIRED: Final = written_mutants.WITH_ANOTHER

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not all(f.exists() for f in FILES), reason="needs ../shared/data"),
]


@cache
def told(half: str, *, every: int = 1) -> tuple[Told, ...]:
    """Return the sentences of a half in an order of chance, of every so many-th article."""
    articles = []
    for file in FILES:
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line)
            body = record.get("body") or ""
            mine = written.is_held_out(record["id"]) == (half == "held_out")
            if mine and sum(word in body for word in ENGLISH) == len(ENGLISH):
                articles.append((record["id"], body))
    found = written.true_sentences(articles[::every])
    random.Random(written.SEED).shuffle(found)  # noqa: S311 - no secret
    return tuple(found)


def claims(name: str, sentences: tuple[Told, ...], count: int) -> list[Claim]:
    """Return up to so many different claims of one kind."""
    dice = random.Random(written.SEED)  # noqa: S311 - no secret
    found: dict[Claim, None] = {}
    for one in sentences * PASSES:
        claim = make(name, one, dice.choice(sentences), dice)
        if claim:
            found[claim] = None
        if len(found) == count:
            break
    return list(found)


def make(name: str, one: Told, other: Told, dice: random.Random) -> Claim | None:
    if name in PAIRED:
        return None if other.article == one.article else PAIRED[name](one, other, dice)
    return {**written.FAITHFUL, **written_mutants.MUTANTS}[name](one, dice)


def rejected(found: list[Claim]) -> float:
    """Return the share of claims that the checks reject."""
    words = load_check_words()
    checked = (
        check_sentence(c.sentence, [Cited(text) for text in c.cited], words, resolved=True)
        for c in found
    )
    return sum(not one.is_supported for one in checked) / len(found)


@pytest.mark.parametrize("half", ["dev", "held_out"])
@pytest.mark.parametrize("name", [*written_mutants.MUTANTS, *PAIRED])
@pytest.mark.soak
def test_false_sentences_are_caught(name: str, half: str) -> None:
    found = claims(name, told(half), MANY)
    share = rejected(found)
    assert share >= FLOORS[half]["caught"][name], f"{share:.4f} of {len(found)}"


@pytest.mark.parametrize("half", ["dev", "held_out"])
@pytest.mark.parametrize("name", written.FAITHFUL)
@pytest.mark.soak
def test_true_sentences_are_kept(name: str, half: str) -> None:
    found = claims(name, told(half), MANY)
    share = rejected(found)
    assert share <= FLOORS[half]["rejected_at_most"][name], f"{share:.4f} of {len(found)}"


@pytest.mark.parametrize("name", [*written_mutants.MUTANTS, *PAIRED])
def test_most_of_a_few_false_sentences_are_caught(name: str) -> None:
    found = claims(name, told("held_out", every=4), FEW)
    assert rejected(found) >= FLOORS["few_caught"]


def test_few_of_a_few_true_sentences_are_rejected() -> None:
    assert rejected(claims("untouched", told("held_out", every=4), FEW)) <= FLOORS["few_rejected"]
