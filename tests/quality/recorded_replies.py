"""Real replies of real small models in ../shared, put into the form that our prompts ask for."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

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
QIDS: Final = {
    "type": "object",
    "properties": {
        "headline": {"type": "string"},
        "bullets": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "source": {"type": "string"}},
                "required": ["text"],
            },
        },
        "quotes": {"type": "array", "items": {"type": "string", "pattern": "^Q[1-9][0-9]*$"}},
    },
    "required": ["bullets", "quotes"],
}
"""What the replies of the `qids` files were asked for, which `context.json` does not have."""


@dataclass(frozen=True)
class Recorded:
    """One reply: who gave it, how it was asked, and what came.

    The modes: `copy` of quotations, `ids` of sentences, `qids` of quotations Q1, Q2 and so on.
    """

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
    for path in sorted(FOLDER.glob("qids_*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            reply = json.loads(line)
            content = reply["raw"] if "raw" in reply else reply["content"]
            found.append(Recorded(reply["model"], f"{path.stem} {number}", "qids", content))
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
    value = find_fitting(reply.content, {**context()["schemas"], "qids": QIDS}[reply.mode])
    lines = [_in_our_form(json.loads(value), reply.mode)] if value else [reply.content]
    model = FakeModel([*lines, repairs()], model=reply.model)
    return await asked(the_story(), _tools(model))


def _in_our_form(value: dict[str, Any], mode: str) -> str:
    """Return the reply with our ids; what it copies as quotations becomes sentences of its own.

    The first `qids` replies were asked for no headline: they get their first bullet.
    """
    title = value.get("headline") or value["bullets"][0]["text"]
    headline = _line(title, _nearest(title))
    sentences: list[dict[str, object]] = []
    quotes: list[str] = []
    for bullet in value["bullets"]:
        text = bullet if mode == "copy" else bullet["text"]
        cites = _nearest(text) if mode == "copy" else _ours(_cited_by(bullet))
        sentences.append(_line(text, cites))
    for quote in value["quotes"]:
        if mode == "ids":
            quotes += _quotes_in(quote["source"])
        elif mode == "qids":
            quotes += _numbered(quote)
        else:
            text = f"{quote['speaker']} said: “{quote['quote']}”"
            sentences.append(_line(text, _nearest(text)))
    return json.dumps({"headline": headline, "sentences": sentences, "quotes": quotes})


def _line(text: str, cites: Sequence[str]) -> dict[str, object]:
    return {"cites": list(cites), "text": text}


def _cited_by(bullet: Mapping[str, Any]) -> list[str]:
    return list(bullet.get("sources") or [bullet["source"]])


def _numbered(theirs: str) -> Iterator[str]:
    """Return our id of a quotation that they number in the order of the article."""
    order = sorted(shown().quotes, key=lambda name: shown().quotes[name].pieces[0].span.start)
    yield from order[int(theirs[1:]) - 1 :][:1]


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
