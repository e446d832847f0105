"""Labelled questions: those on stories of our own writing, and those on the shared articles."""

import json
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from bot.news import digest
from tests.quality.shared_sets import DATA, rows

OWN: Final = Path(__file__).with_name("questions")
SHARED: Final = OWN / "shared.toml"
SHARED_ARTICLES: Final = DATA / "stories" / "clusters_dev.jsonl"

Place = tuple[str, str, int, int]
"""Article, field (`title` or `body`), start and end in code points."""
Part = Literal["dev", "held_out"]


class Question(msgspec.Struct, frozen=True):
    """One labelled question with the places that answer it; without any it is not there."""

    part: Part
    kind: str
    asks: str
    articles: tuple[dict[str, str], ...]
    gold: tuple[Place, ...]
    previous: str = ""

    def line(self) -> bytes:
        """Return the question as a line of `lab answer`."""
        asked = {"id": self.asks, "question": self.asks, "previous": self.previous}
        return json.dumps({**asked, "articles": self.articles}).encode()


class Outcome(msgspec.Struct, frozen=True):
    """How a question was answered: the record of the lab, and whether a place in it is right."""

    asked: Question
    record: dict[str, Any]
    hit: bool

    @property
    def refused(self) -> bool:
        """Whether it was said not to be there."""
        return not self.record["spans"]


def outcome_of(asked: Question, stage: Callable[[bytes], dict[str, Any]]) -> Outcome:
    """Return what the stage answers; of its spans the first three count."""
    record = stage(asked.line())
    hit = any(_touches(span, place) for span in record["spans"][:3] for place in asked.gold)
    return Outcome(asked, record, hit)


def _touches(span: dict[str, Any], place: Place) -> bool:
    article, field, start, end = place
    same = (span["article"], span["field"]) == (article, field)
    return same and span["start"] < end and start < span["end"]


@cache
def own_questions() -> tuple[Question, ...]:
    """Return the questions on stories of our own writing."""
    return tuple(q for path in sorted(OWN.glob("*.toml")) if path != SHARED for q in _own(path))


def _own(path: Path) -> Iterator[Question]:
    content = tomllib.loads(path.read_text("utf-8"))
    articles = tuple({**a, "body": a["body"].strip()} for a in content["article"])
    for question in content["question"]:
        gold = tuple(_place(articles, *mark.split(": ", 1)) for mark in question.pop("gold", ()))
        yield Question(part=content["part"], articles=articles, gold=gold, **question)


def _place(articles: tuple[dict[str, str], ...], name: str, words: str) -> Place:
    article = next(a for a in articles if a["id"] == name)
    for field in ("body", "title"):
        start = article[field].find(words)
        if start >= 0:
            return name, field, start, start + len(words)
    raise ValueError(f"{words!r} does not stand in {name}")


def shared_questions() -> tuple[Question, ...]:
    """Return the questions on the shared articles; an article that has changed is an error."""
    held = {row["id"]: row for row in rows(SHARED_ARTICLES)}
    content = tomllib.loads(SHARED.read_text("utf-8"))
    return tuple(q for story in content["story"] for q in _shared(story, held))


def _shared(story: dict[str, Any], held: dict[str, dict[str, Any]]) -> Iterator[Question]:
    fields = ("id", "title", "body", "date", "source")
    articles = tuple({key: held[a["id"]][key] for key in fields} for a in story["articles"])
    for article, marked in zip(articles, story["articles"], strict=True):
        if digest(article["body"]) != marked["sha256"]:
            raise ValueError(f"{article['id']} is not the text that was labelled")
    for question in story["questions"]:
        gold = tuple((articles[i]["id"], *rest) for i, *rest in question["gold"])
        yield Question(story["part"], "shared", question["asks"], articles, gold)
