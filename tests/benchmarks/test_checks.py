"""Checks of written sentences against three cited sentences: milliseconds a sentence."""

from functools import cache

from pytest_benchmark.fixture import BenchmarkFixture

from bot.demo.wire import load_wire
from bot.language import load_check_words
from bot.writing.checks import Cited, check_sentence
from tests.quality.written import Told, true_sentences

LIMIT_MS = 1.0


@cache
def told() -> tuple[Told, ...]:
    """Return the sentences of the sample wire that have a neighbour on either side."""
    articles = [(str(n), item.body) for n, item in enumerate(load_wire().items("after"))]
    return tuple(one for one in true_sentences(articles) if len(one.cited) == 3)


def test_checking_a_sentence_against_three(benchmark: BenchmarkFixture) -> None:
    words = load_check_words()
    asked = [(one.words, [Cited(text) for text in one.cited]) for one in told()]

    def check() -> int:
        return sum(check_sentence(text, cited, words).is_supported for text, cited in asked)

    assert benchmark(check)
    assert benchmark.stats
    milliseconds = benchmark.stats.stats.median / len(asked) * 1000
    print(f"\nchecks: {milliseconds:.2f} ms a sentence, {len(asked)} sentences, 3 cited each")
    assert milliseconds < LIMIT_MS
