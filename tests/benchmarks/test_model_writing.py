"""What it costs to write a briefing of 10 stories from 60 articles: ours alone, no model's time.

The articles are those of the sample wire, six to a story, each an origin of its own. Their quotes,
reports and figures are found before, and the extractive briefs written, which are timed beside this
file. What is timed: showing, prompting, reading and checking the replies, ruling, and the proof of
the whole. Times are the process's, since a model's words are waited for and not computed.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace as replace_fields
from itertools import islice
from time import process_time

import pytest
from msgspec.structs import replace
from pytest_benchmark.fixture import BenchmarkFixture

from bot.briefing.compose import dossier_of
from bot.news import Article, Briefing, Coverage, Origin, Story
from bot.ports import ModelReply, ModelRequest, Usage
from bot.story_writing import story_to_write
from bot.tools import Tools
from bot.writing import Limits
from bot.writing.shown import StoryToWrite, show_story, taken_alone
from tests.benchmarks.test_flow import NOW, sample_articles
from tests.model_desk import asked, tools_with

pytestmark = pytest.mark.benchmark(timer=process_time, min_rounds=7)

STORIES = 10
ARTICLES = 60
LIMITS = Limits(sentences_per_story=5)


class Scripted:
    """A model that says for each story what was written down for it, and mends nothing."""

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Return the reply by the request's text."""
        content = self.replies.get(request.user, '{"sentences":[]}')
        return ModelReply(content, "scripted", "json_schema", (Usage("scripted", 1, 1),))


def stories() -> list[Story]:
    """Return ten stories of six articles each."""
    ids = [f"w{n}" for n in range(ARTICLES)]
    return [Story(f"s{n}", tuple(Origin((i,)) for i in ids[n::STORIES])) for n in range(STORIES)]


def articles() -> dict[str, Article]:
    """Return sixty articles; where the wire has fewer, its first ones come again."""
    wire = sample_articles()
    found = {}
    for n in range(ARTICLES):
        one = wire[n % len(wire)]
        revision = replace(one.latest, article_id=f"w{n}")
        found[f"w{n}"] = replace(one, id=f"w{n}", revisions=(revision,))
    return found


def material(tools: Tools) -> list[StoryToWrite]:
    """Return what is known of the stories before a model is asked."""
    known = articles()
    return [story_to_write(story, known, tools) for story in stories()]


def script(told: Sequence[StoryToWrite], tools: Tools, model: Scripted) -> None:
    """Write down for each story: a headline, three sentences that hold, and two that do not."""
    for story in told:
        shown = show_story(story, tools.weights, max_tokens=3000)
        taken = (s for s in shown.sentences.values() if taken_alone(s, tools.weights))
        bodies = list(islice(taken, 5))
        lines = [{"cites": [s.id], "text": _reworded(s.passage.words)} for s in bodies]
        for line in lines[3:]:
            line["text"] = f"{line['text']} Silvio Marandi paid 4,711 crowns for it."
        content = json.dumps({"headline": lines[0], "sentences": lines, "quotes": ["Q1", "Q2"]})
        model.replies[_asked(story, tools)] = content


def _reworded(text: str) -> str:
    """Return the sentence with a word more, so that it is supported and no copy."""
    found = text.rstrip(".").split()
    return f"{' '.join([*found[:6], 'also', *found[6:12]])}."


def _asked(story: StoryToWrite, tools: Tools) -> str:
    attempt = asyncio.run(asked(story, tools))
    assert attempt.request
    return attempt.request.user


def test_a_model_written_briefing_costs_us_at_most_150_ms(benchmark: BenchmarkFixture) -> None:
    model = Scripted()
    tools = replace_fields(tools_with(model), limits=LIMITS)
    told = material(tools)
    script(told, tools, model)
    known = articles()

    async def write() -> int:
        attempts = [await asked(story, tools) for story in told]
        briefs = tuple(a.brief for a in attempts)
        dossier_of(Briefing("proof", 1, NOW, briefs, Coverage(0, 0), STORIES), known)
        return sum(b.how.kept + b.how.replaced for b in briefs if b.how)

    kept = benchmark(lambda: asyncio.run(write()))

    milliseconds = 1000 * float(benchmark.stats.stats.median)  # type: ignore[union-attr]
    print(f"\nmodel-written briefing, ours alone: {milliseconds:.0f} ms ({kept} lines printed)")
    assert kept
    assert milliseconds <= 150
