"""Tools and stories for tests in which a scripted model writes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.language import load_check_words, load_lexicon, load_weights
from bot.model_writing import Attempt, prepare, write_with_model
from bot.news import Article, Origin, Story
from bot.ports import Model, Payer
from bot.prompt_files import ANY_EDITION, Edition
from bot.prompts import load_prompts
from bot.story_writing import story_to_write
from bot.tools import ModelTools, Tools
from bot.writing import Limits
from bot.writing.shown import StoryToWrite
from tests.fakes import FakeArchive, FakeDocuments, FakeFolders, FakeReader, FakeRobots

PAYER = Payer("test-desk")


def no_progress(doing: str, done: int, total: int) -> None:
    """Nobody waits for a test."""


def model_tools(model: Model, *, house: str = "") -> ModelTools:
    """Return what a model writes with; its prompts are those that come with the program."""
    return ModelTools(model, replace(load_prompts(), house=house), load_check_words, PAYER)


def tools_with(model: Model | None = None, limits: Limits | None = None) -> Tools:
    """Return tools on fakes, whose briefs the model writes if there is one."""
    return Tools(
        FakeDocuments({}),
        FakeArchive(),
        no_progress,
        load_lexicon,
        load_weights(),
        FakeReader(),
        FakeRobots(),
        FakeFolders({}),
        limits=limits or Limits(),
        writer=model_tools(model) if model else None,
    )


def a_story_to_write(*articles: Article, tools: Tools | None = None) -> StoryToWrite:
    """Return one story that these articles tell, each an origin of its own."""
    story = Story("s1", tuple(Origin((article.id,)) for article in articles))
    return story_to_write(story, {a.id: a for a in articles}, tools or tools_with())


async def asked(story: StoryToWrite, tools: Tools, edition: Edition = ANY_EDITION) -> Attempt:
    """Return what comes of asking the tools' model for the story."""
    assert tools.writer
    prepared = prepare(story, edition, tools, tools.writer)
    return await write_with_model(prepared, tools, tools.writer)


def a_line(text: str, *cites: str) -> dict[str, object]:
    """Return a sentence as a model replies it."""
    return {"cites": list(cites), "text": text}


def a_reply(
    headline: Mapping[str, object],
    *sentences: Mapping[str, object],
    quotes: Sequence[str] = (),
) -> str:
    """Return a brief as a model replies it."""
    return json.dumps({"headline": headline, "sentences": sentences, "quotes": quotes})


def repairs(**lines: Mapping[str, object]) -> str:
    """Return sentences written once more, by the ids of those that they take the place of."""
    return json.dumps({"sentences": [{"repairs": name, **line} for name, line in lines.items()]})
