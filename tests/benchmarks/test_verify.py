"""Verification against a story of twenty articles: milliseconds a quote, and for the index."""

import random
from functools import cache

from pytest_benchmark.fixture import BenchmarkFixture

from bot.demo.wire import load_wire
from bot.language import load_lexicon, load_qualifiers
from bot.news import Revision
from bot.quotes import Sources, find_quotes, join_statements, verify_words
from tests.builders import a_revision
from tests.quality import mutants

CLAIMS = 25
"""Claims of each kind of mutation, altered and typographic."""
LIMIT_MS = 1.0


@cache
def story() -> tuple[Revision, ...]:
    """Return the twenty longest articles of the sample wire."""
    items = sorted(load_wire().items("after"), key=lambda item: -len(item.body))[:20]
    return tuple(a_revision(f"a{i}", title="", body=item.body) for i, item in enumerate(items))


def claims(sources: Sources) -> list[mutants.Claim]:
    dice = random.Random(mutants.SEED)  # noqa: S311
    quotes = mutants.true_quotes(sources)
    found = [
        mutation(dice.choice(quotes), dice)
        for mutation in (*mutants.ALTERED.values(), *mutants.TYPOGRAPHIC.values())
        for _ in range(CLAIMS)
    ]
    return [claim for claim in found if claim]


def test_verifying_a_quote_against_twenty_articles(benchmark: BenchmarkFixture) -> None:
    sources = mutants.sources_of(*story())
    asked = [claim for claim in claims(sources) if claim.sources is sources]

    def verify() -> int:
        return sum(
            verify_words(claim.words, sources, speaker=claim.speaker).kind == "exact"
            for claim in asked
        )

    assert benchmark(verify)
    assert benchmark.stats
    milliseconds = benchmark.stats.stats.median / len(asked) * 1000
    print(f"\nverify: {milliseconds:.2f} ms a quote, {len(asked)} quotes, 20 articles")
    assert milliseconds < LIMIT_MS


def test_making_the_sources_of_a_story(benchmark: BenchmarkFixture) -> None:
    lexicon, qualifiers = load_lexicon(), load_qualifiers()
    quotes = {r.article_id: find_quotes(r, lexicon) for r in story()}

    def build() -> int:
        return len(Sources(story(), lexicon, qualifiers, quotes=quotes).index.keys)

    assert benchmark(build)
    assert benchmark.stats
    print(f"\nverify: {benchmark.stats.stats.median * 1000:.0f} ms to index 20 articles")


def test_joining_the_statements_of_a_story(benchmark: BenchmarkFixture) -> None:
    lexicon, qualifiers = load_lexicon(), load_qualifiers()
    quotes = [quote for r in story() for quote in find_quotes(r, lexicon)]
    assert benchmark(join_statements, quotes, lexicon, qualifiers)
    assert benchmark.stats
    milliseconds = benchmark.stats.stats.median * 1000
    print(f"\nstatements: {milliseconds:.1f} ms for {len(quotes)} quotes")
