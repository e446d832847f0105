"""What a card prints of figures and claims holds no quotation mark, whatever the texts hold."""

from datetime import timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.delivery.differing import differing_notes
from bot.language import load_figure_words, load_weights
from bot.news import APOSTROPHES, MARKS, Article, Disagreement, FigureTopic
from bot.stories.claims import compare_claims
from bot.stories.disagreements import check_figures, compare_figures
from bot.stories.figures import find_figures
from bot.text import squeeze
from tests.builders import NOON, a_brief, an_article

WORDS, WEIGHTS = load_figure_words(), load_weights()
PAIRS = (
    ("The fire in Tarn killed 12 people, police said.", "The Tarn fire killed 15, a doctor said."),
    ("The new Tarn bridge will cost €4 million, officials said.", "The Tarn bridge cost is €7m."),
    ("In Tarn 1,204 homes lost power in the storm.", "The storm cut power to 1,890 Tarn homes."),
    (
        "Police confirmed that the harbour dam above Tarn has burst, the mayor said.",
        "There were unconfirmed reports that the harbour dam above Tarn has burst.",
    ),
)


@st.composite
def marked(draw: st.DrawFn, text: str) -> str:
    """Return the text with up to four marks put between or inside its words."""
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(sorted(MARKS | APOSTROPHES))) + text[at:]
    return text


@st.composite
def stories(draw: st.DrawFn) -> list[Article]:
    pair = draw(st.sampled_from(PAIRS))
    bodies = [draw(marked(sentence)) for sentence in pair]
    return [
        an_article(f"a{n}", outlet=f"Outlet {n}", title="Tarn", body=body, published_at=at)
        for n, body in enumerate(bodies)
        for at in [NOON + timedelta(minutes=n)]
    ]


def disagreements(articles: list[Article]) -> tuple[Disagreement, ...]:
    found = {article.id: find_figures(article, WORDS) for article in articles}
    figures = check_figures(compare_figures(articles, found, WEIGHTS))
    return (*figures.disagreements, *compare_claims(articles, WORDS, WEIGHTS))


def printed(articles: list[Article]) -> list[str]:
    brief = replace(a_brief(*articles), disagreements=disagreements(articles))
    notes = differing_notes(brief, ZoneInfo("UTC"))
    return ["".join(run.text for run in note.runs) for note in notes]


def test_each_of_these_pairs_differs() -> None:
    for pair in PAIRS:
        articles = [
            an_article(f"a{n}", outlet=f"Outlet {n}", title="Tarn", body=body)
            for n, body in enumerate(pair)
        ]
        assert printed(articles), pair


@given(stories())
def test_no_quotation_mark_is_printed_and_every_word_stands_in_its_source(
    articles: list[Article],
) -> None:
    for line in printed(articles):
        assert not MARKS.intersection(line)
        assert "‘" not in line
    by_id = {article.id: article for article in articles}
    for disagreement in disagreements(articles):
        for passage in disagreement.passages():
            body = by_id[passage.span.article_id].latest.body
            assert squeeze(body[passage.span.start : passage.span.end]) == squeeze(passage.words)


@given(st.data())
def test_a_claim_inside_a_quotation_is_not_printed_as_the_outlets(data: st.DataObject) -> None:
    opening, closing = data.draw(st.sampled_from([("“", "”"), ("«", "»"), ('"', '"'), ("„", "“")]))
    sure, unsure = PAIRS[-1]
    spoken = f"{opening}{sure[:-17]},{closing} the mayor said."
    articles = [
        an_article("a0", outlet="Outlet 0", body=spoken),
        an_article("a1", outlet="Outlet 1", body=unsure),
    ]
    assert not compare_claims(articles, WORDS, WEIGHTS)


def test_each_topic_of_the_words_is_one_that_a_disagreement_may_name() -> None:
    assert {topic.name for topic in WORDS.topics} == set(get_args(FigureTopic))
