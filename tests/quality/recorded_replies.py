"""Real replies of real small models in ../shared, put into the form that our prompts ask for."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.adapters.model.contents import find_fitting
from bot.model_writing import Attempt
from bot.news import Article, Outlet, Revision, Source
from bot.text import fold, words
from bot.tools import Tools
from bot.writing import Limits
from bot.writing.shown import Shown, StoryToWrite, show_story
from tests.fakes_model import FakeModel
from tests.model_desk import a_story_to_write, asked, repairs, tools_with

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "model-replies" / "replies"
SEEN_AT = datetime(2013, 9, 14, 8, tzinfo=UTC)
"""The day after the Friday of which the article speaks."""
CITED = 2
"""Sentences that a line without ids is said to cite: those most like it."""


@dataclass(frozen=True)
class Recorded:
    """One reply: who gave it, how it was asked (`copy` or `ids`), and what came."""

    model: str
    name: str
    mode: str
    content: str


@lru_cache
def context() -> dict[str, Any]:
    """Return the article with its sentences, and the schemas of both modes."""
    found: dict[str, Any] = json.loads((FOLDER / "context.json").read_text("utf-8"))
    return found


@lru_cache
def recorded() -> tuple[Recorded, ...]:
    """Return all replies."""
    found = []
    for path in sorted(FOLDER.glob("*/*.json")):
        reply = json.loads(path.read_text("utf-8"))
        mode = "ids" if reply["mode"].startswith("ids") else "copy"
        found.append(Recorded(reply["model"], path.stem, mode, reply["content"]))
    return tuple(found)


@lru_cache
def the_story() -> StoryToWrite:
    """Return the story of the one article."""
    title, _, body = context()["source"].partition("\n")
    article = Article(
        "a1",
        Source("https://weekly.example/feed", "feed", Outlet("The Weekly")),
        (Revision.of("a1", 1, title, body, seen_at=SEEN_AT),),
        published_at=SEEN_AT,
    )
    return a_story_to_write(article, tools=_tools(None))


@lru_cache
def shown() -> Shown:
    """Return what our prompt shows of it."""
    return show_story(the_story(), _tools(None).weights, max_tokens=3000)


def _tools(model: FakeModel | None) -> Tools:
    return tools_with(model, Limits(sentences_per_story=6))


async def write(reply: Recorded) -> Attempt:
    """Return what our pipeline makes of the reply; asked for repairs, the model has none."""
    schema = context()["schemas"][reply.mode]
    value = find_fitting(reply.content, schema)
    lines = [_in_our_form(json.loads(value), reply.mode)] if value else [reply.content]
    model = FakeModel([*lines, repairs()], model=reply.model)
    return await asked(the_story(), _tools(model))


def _in_our_form(value: dict[str, Any], mode: str) -> str:
    """Return the reply with our ids; what it copies as quotations becomes sentences of its own."""
    headline = _line(value["headline"], _nearest(value["headline"]))
    sentences: list[dict[str, object]] = []
    quotes: list[str] = []
    for bullet in value["bullets"]:
        text = bullet["text"] if mode == "ids" else bullet
        cites = _ours(bullet["sources"]) if mode == "ids" else _nearest(text)
        sentences.append(_line(text, cites))
    for quote in value["quotes"]:
        if mode == "ids":
            quotes += _quotes_in(quote["source"])
        else:
            text = f"{quote['speaker']} said: “{quote['quote']}”"
            sentences.append(_line(text, _nearest(text)))
    return json.dumps({"headline": headline, "sentences": sentences, "quotes": quotes})


def _line(text: str, cites: Sequence[str]) -> dict[str, object]:
    return {"cites": list(cites), "text": text}


def _ours(theirs: Sequence[str]) -> list[str]:
    """Return our ids of their sentences, by the words; what we do not show stays as it is."""
    found = []
    for one in theirs:
        text = next(s["text"] for s in context()["sentences"] if s["id"] == one)
        ours = [i for i, s in shown().sentences.items() if fold(s.passage.words) in fold(text)]
        found += ours or [one]
    return found


def _nearest(text: str) -> list[str]:
    said = Counter(words(fold(text)))

    def shared(name: str) -> int:
        return (said & Counter(words(fold(shown().sentences[name].passage.words)))).total()

    return sorted(shown().sentences, key=shared, reverse=True)[:CITED]


def _quotes_in(theirs: str) -> Iterator[str]:
    text = next(s["text"] for s in context()["sentences"] if s["id"] == theirs)
    for name, quote in shown().quotes.items():
        if quote.pieces[0].words in text:
            yield name
