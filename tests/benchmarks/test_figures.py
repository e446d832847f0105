"""How many articles a second are read for figures and compared, on one core."""

from pytest_benchmark.fixture import BenchmarkFixture

from bot.language import load_figure_words, load_weights
from bot.news import Article, Story
from bot.stories import group_articles
from bot.stories.disagreements import compare_figures
from bot.stories.figures import find_figures
from tests.benchmarks.test_flow import sample_articles


def compare(articles: list[Article], stories: tuple[Story, ...]) -> int:
    """Find every article's figures and compare those of each story."""
    words, weights = load_figure_words(), load_weights()
    members = {article.id: article for article in articles}
    found = {i: find_figures(article, words) for i, article in members.items()}
    for story in stories:
        own = [members[i] for i in story.article_ids]
        compare_figures(own, found, weights, story.origins)
    return sum(map(len, found.values()))


def test_figures_found_and_compared(benchmark: BenchmarkFixture) -> None:
    articles = sample_articles()
    assert benchmark(compare, articles, group_articles(articles, load_weights()))
    assert benchmark.stats is not None
    seconds = benchmark.stats.stats.median
    print(f"\nfigures: {len(articles) / seconds:.0f} articles a second on one core")
