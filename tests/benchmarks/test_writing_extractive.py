"""The extractive writer: an edition of 10 stories from 60 articles, and texts that mean harm."""

from collections.abc import Callable
from datetime import timedelta
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.language import load_lexicon, load_weights
from bot.news import Article, Brief, Origin, Story
from bot.quotes import find_quotes, find_referents, find_second_hand
from bot.writing import Findings, Limits, Update, write_brief
from tests.benchmarks.test_flow import sample_articles
from tests.builders import NOON, an_article

STORIES, ARTICLES = 10, 60
MAX_SECONDS = 0.5
"""Of CPU for the edition, quotes, pronouns and briefs; the articles are grouped already."""
MEGABYTE = 1_000_000
MAX_HARM_SECONDS = 10
"""Of CPU for a megabyte; all of them took under 3."""


def ten_stories() -> list[tuple[Story, dict[str, Article]]]:
    """Return stories of six articles each, of the sample wire's over and over."""
    wire = sample_articles()
    stories = []
    for number in range(STORIES):
        members = {}
        for place in range(ARTICLES // STORIES):
            sample = wire[(number * 6 + place) % len(wire)]
            article = an_article(
                f"s{number}a{place}",
                outlet=f"Outlet {place}",
                title=sample.latest.title,
                body=sample.latest.body,
                published_at=NOON + timedelta(hours=place),
            )
            members[article.id] = article
        stories.append((Story(f"s{number}", tuple(Origin((i,)) for i in members)), members))
    return stories


def brief_of(story: Story, members: dict[str, Article]) -> Brief:
    """Read and write one story as the pipeline does."""
    lexicon = load_lexicon()
    quotes = {i: find_quotes(a.latest, lexicon) for i, a in members.items()}
    second_hand = {i: find_second_hand(a.latest, lexicon) for i, a in members.items()}
    referents = {i: find_referents(a.latest, lexicon) for i, a in members.items()}
    findings = Findings(referents=referents, update=Update(NOON))
    return write_brief(story, members, quotes, second_hand, load_weights(), Limits(), findings)


def edition(stories: list[tuple[Story, dict[str, Article]]]) -> list[Brief]:
    """Write all stories."""
    return [brief_of(story, members) for story, members in stories]


def test_an_edition_of_ten_stories(benchmark: BenchmarkFixture) -> None:
    stories = ten_stories()
    briefs = benchmark(edition, stories)
    assert all(brief.sentences for brief in briefs)
    seconds = min(_cpu_seconds(stories) for _ in range(3))
    print(f"\nextractive edition, 10 stories of 60 articles: {seconds * 1000:.0f} ms of CPU")
    assert seconds <= MAX_SECONDS


def _cpu_seconds(stories: list[tuple[Story, dict[str, Article]]]) -> float:
    started = process_time()
    edition(stories)
    return process_time() - started


HARMFUL: dict[str, Callable[[int], str]] = {
    "one sentence": lambda size: "ferry " * (size // 6),
    "opening marks": lambda size: "‘ferry " * (size // 7),
    "straight marks": lambda size: "The ‘ferry stops 'for a month\" " * (size // 31),
    "pronouns": lambda size: "Emma Tolland left. " + "She waits. " * (size // 11),
    "names": lambda size: "Emma Tolland met David Brandt. He waits. " * (size // 41),
    "brackets": lambda size: "[(«„" * (size // 4),
    "no letters": lambda size: "1 " * (size // 2),
    "paragraphs of marks": lambda size: ("Stop. " + "‘ferry " * 2000 + "\n\n") * (size // 14_000),
    "paragraphs": lambda size: "The ferry to Tern Island stops for a month.\n\n" * (size // 45),
    "negations": lambda size: "not " * (size // 4) + "confirmed.",
}


@pytest.mark.soak
@pytest.mark.parametrize("kind", list(HARMFUL))
def test_no_megabyte_holds_the_writer_up(kind: str) -> None:
    article = an_article(title=f"Ferry {' ' * MEGABYTE} stops", body=HARMFUL[kind](MEGABYTE))
    story = Story("s1", (Origin((article.id,)),))
    started = process_time()
    findings = Findings(referents={article.id: find_referents(article.latest, load_lexicon())})
    write_brief(story, {article.id: article}, {}, {}, load_weights(), Limits(), findings)
    assert process_time() - started < MAX_HARM_SECONDS
