"""The list of who says what in the sample wire is complete and true to its articles."""

import tomllib
from pathlib import Path

import pytest

from bot.demo.wire import Item, load_wire

WIRE = load_wire()
SPEAKERS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "speakers.toml").read_text(encoding="utf-8")
)


def opening_marks(one: Item) -> int:
    return one.body.count("“") + one.body.count("«") + one.body.count('"') // 2


def test_every_article_is_listed() -> None:
    assert set(SPEAKERS) == {one.id for one in WIRE.first}


@pytest.mark.parametrize("one", WIRE.first, ids=lambda one: one.id)
def test_every_quotation_has_its_speaker_or_is_known_to_have_none(one: Item) -> None:
    assert len(SPEAKERS[one.id]) == opening_marks(one)


@pytest.mark.parametrize("one", WIRE.first, ids=lambda one: one.id)
def test_a_speaker_is_named_as_the_article_names_them(one: Item) -> None:
    assert {speaker for speaker in SPEAKERS[one.id] if speaker not in one.body} == set()


def test_nobody_speaks_under_the_mayors_name_in_the_hostile_article() -> None:
    assert not any("Farrant" in speaker for speaker in SPEAKERS["acw-festival-1"])
