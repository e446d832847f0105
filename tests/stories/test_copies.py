"""Copies are found however they were changed, and what is no copy is left alone."""

import json
from collections.abc import Callable
from random import Random
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.lab import lab
from bot.stories import CopyIndex, fingerprint
from bot.stories.copies import MAX_OWNERS, compare
from tests.stories.invented import NOUNS, sentence, text

TEXTS: Final = 400
MIN_FOUND: Final = 0.99
MAX_FLAGGED: Final = 0.003

ABOVE: Final = "Sign in to go on reading what the reporters of your town write for you every day."
BELOW: Final = (
    "All rights reserved. Nothing of this page may be printed, broadcast or passed on.\n\n"
    "Our newsroom works around the clock; write to the desk when you have seen something."
)


def with_boilerplate(original: str, _random: Random) -> str:
    return f"{ABOVE}\n\n{original}\n\n{BELOW}"


def with_words_changed(original: str, random: Random) -> str:
    found = original.split(" ")
    for place in random.sample(range(len(found)), len(found) // 20):
        found[place] = random.choice(NOUNS)
    return " ".join(found)


def with_a_fifth_cut(original: str, random: Random) -> str:
    said = original.split(". ")
    start = random.randrange(0, len(said) - len(said) // 5)
    return ". ".join(said[:start] + said[start + len(said) // 5 :])


def with_three_sentences_added(original: str, random: Random) -> str:
    return "\n\n".join([original, *(sentence(random) for _ in range(3))])


def first_half(original: str, _random: Random) -> str:
    found = original.split(" ")
    return " ".join(found[: len(found) // 2])


def first_sixty_words(original: str, _random: Random) -> str:
    return " ".join(original.split(" ")[:60])


CHANGES: Final = [
    with_boilerplate,
    with_words_changed,
    with_a_fifth_cut,
    with_three_sentences_added,
    first_half,
    first_sixty_words,
]


def texts(seed: int, count: int = TEXTS) -> list[str]:
    random = Random(seed)  # noqa: S311
    return [text(random, random.randrange(6, 45)) for _ in range(count)]


def filled(found: list[str]) -> CopyIndex:
    index = CopyIndex()
    for number, one in enumerate(found):
        index.add(f"a{number}", fingerprint(one), moment=0.0)
    return index


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_a_changed_copy_leads_to_its_original(change: Callable[[str, Random], str]) -> None:
    random, originals = Random(1), texts(2)  # noqa: S311
    index = filled(originals)
    matches = [index.find(fingerprint(change(one, random))) for one in originals]
    right = sum(m is not None and m.of_id == f"a{n}" for n, m in enumerate(matches))
    assert right >= MIN_FOUND * len(originals)


def test_texts_of_their_own_are_not_flagged() -> None:
    index = filled(texts(3))
    flagged = [m for one in texts(4) if (m := index.find(fingerprint(one)))]
    assert len(flagged) <= MAX_FLAGGED * TEXTS


def test_the_kind_says_what_was_done() -> None:
    (original,) = texts(5, 1)
    more = "\n\n".join([original, *texts(6, 1)])
    kinds = [
        compare(fingerprint(new), fingerprint(original))
        for new in (original, first_half(original, Random(0)), more)  # noqa: S311
    ]
    assert [kind[0] for kind in kinds if kind] == ["copy", "stub", "update"]


def test_copies_of_one_text_lead_to_it_and_not_to_each_other() -> None:
    (original,) = texts(7, 1)
    index = CopyIndex()
    index.take("first", fingerprint(original), moment=0.0)
    for seed, name in enumerate(["second", "third"]):
        copy = with_words_changed(original, Random(seed))  # noqa: S311
        match = index.take(name, fingerprint(copy), moment=0.0)
        assert match is not None
        assert match.of_id == "first"


def test_what_is_older_than_the_window_is_forgotten() -> None:
    (original,) = texts(8, 1)
    index = CopyIndex()
    index.take("old", fingerprint(original), moment=1.0)
    index.forget(before=2.0)
    assert index.take("new", fingerprint(original), moment=3.0) is None


def test_a_phrase_that_all_texts_carry_makes_no_copies() -> None:
    index = CopyIndex()
    found = [
        index.take(f"a{n}", fingerprint(with_boilerplate(one, Random(0))), moment=0.0)  # noqa: S311
        for n, one in enumerate(texts(9, 3 * MAX_OWNERS))
    ]
    assert not any(found)


@given(st.lists(st.sampled_from(["", "Ferry stops.", *texts(10, 2), ABOVE]), max_size=6))
def test_a_text_seen_before_is_always_a_copy_of_the_first(given_texts: list[str]) -> None:
    index = CopyIndex()
    for number, one in enumerate(given_texts):
        match = index.take(f"a{number}", fingerprint(one), moment=0.0)
        if one in given_texts[:number]:
            assert match is not None
            assert match.kind in {"copy", "stub", "update"}


def test_lab_copies_answers_line_by_line() -> None:
    (original,) = texts(11, 1)
    lines = [
        {"id": "a1", "title": "One", "date": "2026-03-04", "body": original},
        {"id": "a2", "title": "Two", "date": "2026-03-04", "body": original},
        {"id": "a3", "title": "Three", "date": "2026-03-04", "body": "Something else entirely."},
    ]
    given_lines = "\n".join(map(json.dumps, lines))
    result = CliRunner().invoke(lab, ["copies"], input=given_lines)
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.output.splitlines()] == [
        {"id": "a1", "of": None, "kind": None, "contained": None},
        {"id": "a2", "of": "a1", "kind": "copy", "contained": 1.0},
        {"id": "a3", "of": None, "kind": None, "contained": None},
    ]
