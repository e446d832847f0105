"""From text to brief: articles a second, peak memory, and the cold start of the command."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from bot.demo.wire import load_wire
from bot.language import load_lexicon, load_weights
from bot.news import Article, Outlet, Revision, Source
from bot.quotes import find_quotes, find_second_hand
from bot.stories import group_articles
from bot.writing import Limits, write_brief

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 9, 17, 6, tzinfo=UTC)
PEAK = """
import resource, sys
from tests.benchmarks.test_flow import sample_articles, to_briefs
articles = sample_articles()
for _ in range(10):
    to_briefs(articles)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def sample_articles() -> list[Article]:
    """Return the sample wire's articles as they are stored."""
    return [
        Article(
            item.id,
            Source("https://wire.example/feed", "feed", Outlet(item.outlet)),
            (Revision.of(item.id, 1, item.headline, item.body, seen_at=NOW),),
            published_at=item.published_at,
        )
        for item in load_wire().items("after")
    ]


def to_briefs(articles: list[Article]) -> int:
    """Take the articles from text to briefs, each article's quotes found once."""
    lexicon, weights = load_lexicon(), load_weights()
    members = {article.id: article for article in articles}
    quotes = {i: find_quotes(a.latest, lexicon) for i, a in members.items()}
    second_hand = {i: find_second_hand(a.latest, lexicon) for i, a in members.items()}
    stories = group_articles(articles, weights)
    for story in stories:
        write_brief(story, members, quotes, second_hand, weights, Limits())
    return len(stories)


def test_text_to_brief(benchmark: BenchmarkFixture) -> None:
    articles = sample_articles()
    assert benchmark(to_briefs, articles)
    seconds = _median(benchmark)
    print(f"\ntext to brief: {len(articles) / seconds:.0f} articles a second on one core")


def test_peak_memory_from_text_to_brief(benchmark: BenchmarkFixture) -> None:
    done = benchmark(_python, "-c", PEAK)
    print(f"\ntext to brief: {done.stdout.strip()} MB at the peak")


def test_cold_start_of_help(benchmark: BenchmarkFixture) -> None:
    benchmark(_python, "-m", "bot", "--help")
    print(f"\nnutgraf --help: {_median(benchmark) * 1000:.0f} ms")


def test_cold_start_of_a_brief(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text("Ferry stops\n\nThe ferry stops on Monday.\n", "utf-8")
    arguments = (
        "-m",
        "bot",
        "--database",
        str(tmp_path / "n.db"),
        "brief",
        str(tmp_path / "ferry.txt"),
    )
    benchmark(_python, *arguments)
    print(f"\nnutgraf brief FILE: {_median(benchmark) * 1000:.0f} ms")


def _median(benchmark: BenchmarkFixture) -> float:
    assert benchmark.stats
    return float(benchmark.stats.stats.median)


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
