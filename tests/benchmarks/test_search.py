"""Search over synthetic archives: milliseconds a question, articles a second taken in.

`NUTGRAF_SEARCH_ARTICLES` says how many articles; by default 10,000. With 100,000 and 500,000 the
same test shows how it grows. The clock counts; on a busy machine also what else runs.
"""

import asyncio
import os
import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

import pytest
from msgspec.structs import replace

from bot.adapters.archive import SqliteArchive
from bot.followup.ranking import rank
from bot.news import Article
from bot.ports import Revise
from tests.builders import NOON, an_article

ARTICLES: Final = int(os.environ.get("NUTGRAF_SEARCH_ARTICLES", "10000"))
BATCH: Final = 1_000
SENTENCES, WORDS, VOCABULARY, NAMES = 10, 14, 30_000, 20_000
QUESTIONS: Final = 60
NATURAL_MS: Final = 200
NAMES_MS: Final = 30
INSERTS: Final = 1_000
SYLLABLES: Final = ("ka", "lo", "mi", "ren", "sta", "vel", "tor", "bu", "nes", "dri", "qua", "pel")


class Newswire:
    """Articles of invented words, as frequent as in a language (Zipf), each about two people."""

    def __init__(self) -> None:
        self.dice = random.Random(20_261_123)  # noqa: S311
        self.words = self._made(VOCABULARY)
        self.names = [word.capitalize() for word in self._made(NAMES)]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def _made(self, count: int) -> list[str]:
        made = {"".join(self.dice.choices(SYLLABLES, k=2 + n % 4)) for n in range(count * 3)}
        kept = sorted(made)[:count]
        self.dice.shuffle(kept)
        return kept

    def sentence(self) -> str:
        return " ".join(self.dice.choices(self.words, cum_weights=self.weights, k=WORDS))

    def name(self) -> str:
        return f"{self.dice.choice(self.names)} {self.dice.choice(self.names)}"

    def article(self, number: int) -> tuple[Article, str]:
        """Return an article and a name in it."""
        name = self.name()
        body = [self.sentence() for _ in range(SENTENCES)]
        body.insert(2, f"{name} met {self.name()}")
        made = an_article(f"a{number:06}", body=".\n\n".join(body) + ".")
        return replace(made, published_at=NOON - timedelta(minutes=ARTICLES - number)), name

    def question(self) -> str:
        return f"Who said {' '.join(self.sentence().split()[:7])}?"


def becoming(article: Article) -> Revise:
    return lambda _: article


async def fill(archive: SqliteArchive, wire: Newswire) -> tuple[float, list[str]]:
    """Keep the articles; return how many a second were taken in, and names in some of them."""
    names, spent = [], 0.0
    for start in range(0, ARTICLES, BATCH):
        made = [wire.article(n) for n in range(start, min(ARTICLES, start + BATCH))]
        names.append(made[0][1])
        began = perf_counter()
        await archive.revise({article.id: becoming(article) for article, _ in made})
        spent += perf_counter() - began
    return ARTICLES / spent, names


async def times(archive: SqliteArchive, asked: Sequence[str]) -> list[float]:
    spent = []
    for words in asked:
        began = perf_counter()
        matches = await archive.searching.search(words, now=NOON)
        rank(matches, words, now=NOON)
        spent.append((perf_counter() - began) * 1000)
    return spent


def p95(spent: Sequence[float]) -> float:
    return quantiles(spent, n=20)[-1]


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_questions_and_names_are_found_in_time(tmp_path: Path) -> None:
    async def measure() -> tuple[float, list[float], list[float]]:
        wire = Newswire()
        async with SqliteArchive.open(tmp_path / "search.db") as archive:
            rate, names = await fill(archive, wire)
            natural = await times(archive, [wire.question() for _ in range(QUESTIONS)])
            chosen = [f"“{names[n % len(names)]}”" for n in range(QUESTIONS)]
            return rate, natural, await times(archive, chosen)

    rate, natural, named = asyncio.run(measure())
    print(
        f"{ARTICLES:,} articles: {rate:,.0f} a second in; questions p50 "
        f"{sorted(natural)[30]:.0f} ms, p95 {p95(natural):.0f} ms; names p95 {p95(named):.0f} ms"
    )
    assert p95(natural) <= NATURAL_MS
    assert p95(named) <= NAMES_MS
    assert rate >= INSERTS
