"""A brief of two articles whose figures differ."""

from datetime import timedelta

from msgspec.structs import replace

from bot.news import Article, Brief, Disagreement, Dossier, FigureReport, Passage
from tests.builders import NOON, a_brief, a_briefing, an_article

FIRST = an_article("a1", title="Fire in Tarn", body="The fire in Tarn killed 12, police said.")
SECOND = an_article(
    "a2",
    outlet="Coast Monitor",
    title="Tarn in mourning",
    body="In the fire at least 15 died, the mayor said.",
    published_at=NOON + timedelta(minutes=65),
)


def passage(article: Article, words: str) -> Passage:
    start = article.latest.body.index(words)
    return article.latest.passage("body", start, start + len(words))


def a_disagreement() -> Disagreement:
    first = FigureReport(passage(FIRST, "12"), FIRST.outlet)
    second = FigureReport(
        passage(SECOND, "at least 15"), SECOND.outlet, passage(SECOND, "the mayor")
    )
    return Disagreement("differing", (first, second), topic="dead")


def a_differing_brief() -> Brief:
    return replace(a_brief(FIRST, SECOND), disagreements=(a_disagreement(),))


def a_differing_dossier() -> Dossier:
    return Dossier(briefing=a_briefing(a_differing_brief()), articles=(FIRST, SECOND))
