"""How long one article takes to be placed, by how many stand in the window, in milliseconds of CPU.

Measured on two busy cores, with 1,000, 6,000 and 20,000 in the window, median for a new article:
8.4, 7.8 and 10.3 ms; before there was a version in the store 13.7, 43.4 and 163.1. Of it 2 to 3 ms
are comparing, 1 reading the version, 1 to 2 the transaction that stores it; the rest is the way
between threads. Articles come in batches, usually: of 25 each takes 3.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Final

import pytest
from msgspec.structs import replace
from pytest_benchmark.fixture import BenchmarkFixture

from bot.adapters.archive import SqliteArchive
from bot.language import load_story_words, load_weights
from bot.news import Article
from bot.placing import Placer
from bot.stories import TraitsReader
from tests.benchmarks.news_stream import NewsStream

SIZES: Final = (1_000, 6_000, 20_000)
SINGLES: Final = 200
BATCH: Final = 100


async def each(placer: Placer, articles: Sequence[Article]) -> list[float]:
    """Return the milliseconds of each article that arrives by itself."""
    found = []
    for article in articles:
        began = process_time()
        await placer.arrive([article], now=article.dated())
        found.append((process_time() - began) * 1000)
    return found


def changed(article: Article) -> Article:
    text = article.latest
    again = type(text).of(
        article.id, 2, text.title, f"{text.body} And more.", seen_at=article.dated()
    )
    return replace(article, revisions=(text, again))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", SIZES)
def test_one_article_is_placed_at_a_flat_cost(
    benchmark: BenchmarkFixture, tmp_path: Path, size: int
) -> None:
    benchmark.pedantic(lambda: asyncio.run(place_singles(tmp_path, size)), rounds=1)  # type: ignore[no-untyped-call]


async def place_singles(tmp_path: Path, size: int) -> None:
    """Print what a new and a changed article cost with so many in the window."""
    stream = NewsStream(4, per_day=size)
    reader = TraitsReader(load_weights(), load_story_words())
    async with SqliteArchive.open(tmp_path / "nutgraf.db") as archive:
        placer = Placer(archive.stories, reader, window=timedelta(days=4))
        batches = [list(stream.articles(BATCH, first=n)) for n in range(0, size, BATCH)]
        for batch in batches:
            await placer.arrive(batch, now=batch[-1].dated())
        new = await each(placer, list(stream.articles(SINGLES, first=size)))
        old = list(chain(*batches))[:: size // SINGLES][:SINGLES]
        again = await each(placer, [changed(article) for article in old])
    for name, taken in (("new", new), ("changed", again)):
        print(
            f"\n{size:>7,} in the window, {name}: "
            f"median {median(taken):.1f} ms, p95 {quantiles(taken, n=20)[18]:.1f}"
        )
