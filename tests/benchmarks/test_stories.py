"""How fast articles are copy-checked, grouped and stored, in seconds of one core.

Measured beside other work on two cores (load 4 to 9): 270 to 390 articles a second, with 500,000
stored 250 to 315; 95th percentile of a batch's mean 3.2 ms with 2,000 in the window, 4.1 to 4.6
with 10,000, 4.0 to 5.3 with 500,000 stored, so that 4 ms are not sure on a busy machine.
Of an article's 3 ms storing takes 0.2, whatever is stored; reading its words and days takes a
third, the comparison with some twenty stories a third, the fingerprint and its copies a sixth,
regrouping its neighbours the rest. Comparing waits for memory
more than it computes, so that what else runs on the machine shows. A hot topic of 5,000: grouped
anew in 8.5 s (1,000: 1.8 s), explained in 5.0 s (1.2 s); both grew with the square before.

The peer is a single pass over TF-IDF vectors of scikit-learn, where that is installed: it is no
dependency of ours.
"""

import asyncio
import gc
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import quantiles
from time import process_time
from typing import Final

import psutil
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.adapters.archive import SqliteArchive
from bot.language import load_story_words, load_weights
from bot.news import Article, Placement
from bot.ports import Stories
from bot.stories import Arrivals, TraitsReader, explain_story, group_articles, place_arrivals
from tests.benchmarks.news_stream import NewsStream
from tests.builders import NOON

BATCH: Final = 25
PER_DAY: Final = 2_500
WINDOW: Final = 10_000
"""Articles in the window: four days."""
STORED: Final = 500_000


def arrivals() -> Arrivals:
    return Arrivals(TraitsReader(load_weights(), load_story_words()), window_days=4)


async def run(
    articles: Sequence[Article], taken: Arrivals, stories: Stories
) -> tuple[float, float]:
    """Return articles per second and the 95th percentile of the milliseconds for one article."""
    each: list[float] = []
    began = process_time()
    for start in range(0, len(articles), BATCH):
        before = process_time()
        batch = articles[start : start + BATCH]
        await place_arrivals(batch, taken, stories, now=batch[-1].dated())
        each += [(process_time() - before) / len(batch) * 1000] * len(batch)
    return len(articles) / (process_time() - began), quantiles(each, n=20)[18]


def memory_megabytes() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


@pytest.mark.timeout(900)
def test_articles_are_grouped_and_stored_at_a_flat_cost(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    benchmark.pedantic(lambda: asyncio.run(fill_a_window(tmp_path)), rounds=1)  # type: ignore[no-untyped-call]


async def fill_a_window(tmp_path: Path) -> None:
    """Print the cost of an article while the window fills, and with many more stored."""
    stream = NewsStream(1, per_day=PER_DAY)
    taken = arrivals()
    empty = memory_megabytes()
    async with SqliteArchive.open(tmp_path / "nutgraf.db") as archive:
        for first in range(0, WINDOW, 2_000):
            articles = list(stream.articles(2_000, first=first))
            rate, slow = await run(articles, taken, archive.stories)
            print(f"\n{first + 2000:>7,} in the window: {rate:,.0f} a second, p95 {slow:.1f} ms")
        sizes = Counter(len(ids) for ids in taken.grouper.groups().values())
        print(f"stories by size: {sorted(sizes.items())[:8]} … {max(sizes)}")
        grown = memory_megabytes() - empty
        print(f"memory: {grown + empty:,.0f} MB, of which the window {grown:,.0f}")
        old = [Placement(f"old{n}", f"s{n}", NOON) for n in range(STORED)]
        for start in range(0, STORED, 5_000):
            await archive.stories.place(old[start : start + 5_000], [], now=NOON)
        articles = list(stream.articles(2_000, first=WINDOW))
        rate, slow = await run(articles, taken, archive.stories)
        print(f"{STORED:>7,} stored: {rate:,.0f} a second, p95 {slow:.1f} ms")


@pytest.mark.timeout(900)
def test_a_hot_topic_day_has_no_cliff(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    benchmark.pedantic(lambda: asyncio.run(take_a_hot_day(tmp_path)), rounds=1)  # type: ignore[no-untyped-call]


async def take_a_hot_day(tmp_path: Path) -> None:
    """Print the cost of an article on a day of which a quarter is one event."""
    largest = 0
    seen: list[Article] = []
    stream, taken = NewsStream(2, per_day=20_000), arrivals()
    async with SqliteArchive.open(tmp_path / "nutgraf.db") as archive:
        day = stream.articles(20_000, hot=0.25)
        for first in range(0, 20_000, 4_000):
            seen += (articles := list(islice(day, 4_000)))
            rate, slow = await run(articles, taken, archive.stories)
            largest = max(len(ids) for ids in taken.grouper.groups().values())
            print(
                f"\n{first + 4000:>7,} of the day: {rate:,.0f} a second, p95 {slow:.1f} ms, "
                f"largest story {largest:,}"
            )
    assert largest > 4_000
    standing = {article.id: taken.grouper.story_of(article.id) for article in seen}
    hot, _ = Counter(standing.values()).most_common(1)[0]
    before = process_time()
    group_articles(seen, load_weights(), load_story_words(), standing=standing)
    print(f"as stories, with their origins: {process_time() - before:.1f} s")
    reader = TraitsReader(load_weights(), load_story_words())
    for count in (1_000, largest):
        members = [article for article in seen if standing[article.id] == hot][:count]
        before = process_time()
        group_articles(members, load_weights(), load_story_words())
        middle = process_time()
        explain_story(members, reader, window_days=4)
        print(
            f"{count:>7,} of one event, grouped anew: {middle - before:.1f} s, "
            f"explained: {process_time() - middle:.1f} s"
        )


def test_beside_a_single_pass_of_scikit_learn(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(compare_with_scikit_learn, rounds=1)  # type: ignore[no-untyped-call]


def compare_with_scikit_learn() -> None:
    """Print the speed of both, where the peer is installed."""
    sklearn = pytest.importorskip(
        "sklearn.feature_extraction.text", reason="scikit-learn is not installed"
    )
    articles = list(NewsStream(3, per_day=PER_DAY).articles(3_000))
    texts = [f"{a.latest.title} {a.latest.title} {a.latest.body}" for a in articles]
    began = process_time()
    vectors = sklearn.TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    stories = Counter[int]()
    labels: list[int] = []
    for number in range(len(texts)):
        near = (vectors[:number] @ vectors[number].T).toarray().ravel() if number else ()
        best = max(range(number), key=near.__getitem__, default=-1)
        labels.append(labels[best] if best >= 0 and near[best] >= 0.3 else number)
        stories[labels[-1]] += 1
    peer = len(texts) / (process_time() - began)
    began = process_time()
    taken = arrivals()
    for article in articles:
        taken.take(article)
    ours = len(texts) / (process_time() - began)
    print(f"\nours {ours:,.0f} articles a second, {len(taken.grouper.groups())} stories")
    print(f"scikit-learn, vectors ready for all at once: {peer:,.0f}, {len(stories)} stories")
