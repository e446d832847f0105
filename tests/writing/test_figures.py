"""A brief tells the current figure, and no old one beside it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_figure_words, load_weights
from bot.news import Article, Brief, Origin, Story
from bot.stories.disagreements import check_figures, compare_figures
from bot.stories.figures import find_figures
from bot.writing import Findings, Limits, write_brief
from tests.builders import NOON, an_article

WORDS, WEIGHTS = load_figure_words(), load_weights()


def report(number: int, outlet: str, dead: int) -> Article:
    body = (
        f"The fire in the market hall of Tarn killed {dead} people, the fire service said.\n\n"
        f"Firefighters from the coast fought the flames for {number + 2} hours on Monday night.\n\n"
        f"The roof of the east wing fell in, and the bakers of Mill Street lost their ovens."
    )
    at = NOON + timedelta(hours=number)
    title = f"Market hall fire in Tarn kills {dead}"
    return an_article(f"a{number}", outlet=outlet, title=title, body=body, published_at=at)


def brief_of(*articles: Article) -> Brief:
    members = {article.id: article for article in articles}
    story = Story("s1", tuple(Origin((article.id,)) for article in articles))
    found = {i: find_figures(article, WORDS) for i, article in members.items()}
    figures = check_figures(compare_figures(articles, found, WEIGHTS))
    return write_brief(story, members, {}, {}, WEIGHTS, Limits(), Findings(figures))


def printed(brief: Brief) -> list[str]:
    return [part.passage.words for part in brief.takeovers()]


def test_an_old_toll_is_printed_in_neither_headline_nor_sentences() -> None:
    brief = brief_of(report(0, "Harbour Courier", 12), report(3, "Harbour Courier", 15))
    assert "kills 15" in printed(brief)[0]
    assert not [words for words in printed(brief) if "12" in words]
    assert any("killed 15" in words for words in printed(brief))
    assert not brief.disagreements


def test_tolls_that_differ_are_told_with_both_outlets() -> None:
    brief = brief_of(report(0, "Harbour Courier", 12), report(3, "Coast Monitor", 15))
    (differing,) = brief.disagreements
    assert [r.outlet for r in differing.reports] == ["Harbour Courier", "Coast Monitor"]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(21, 99)), min_size=1, max_size=5))
def test_no_replaced_figure_is_ever_printed(tolls: list[tuple[str, int]]) -> None:
    articles = [report(n, outlet, dead) for n, (outlet, dead) in enumerate(tolls)]
    found = {a.id: find_figures(a, WORDS) for a in articles}
    outdated = check_figures(compare_figures(articles, found, WEIGHTS)).outdated
    brief = brief_of(*articles)
    for part in brief.takeovers():
        span = part.passage.span
        held = [
            p
            for p in outdated
            if (p.span.article_id, p.span.field) == (span.article_id, span.field)
            and span.start < p.span.end
            and p.span.start < span.end
        ]
        assert not held, (tolls, part.passage.words)
