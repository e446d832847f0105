"""What tells two figures of one noun apart, and what ties figures that are put differently."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_figure_words, load_weights
from bot.quantities.numerals import tokens_of
from bot.stories.disagreements import compare_figures
from bot.stories.figures import find_figures
from tests.builders import an_article
from tests.stories.test_figures import PIECES

WORDS, WEIGHTS = load_figure_words(), load_weights()
DISAGREE = {"differing", "sources"}


def kinds(*bodies: str) -> set[str]:
    """Return how the figures of these reports, each of another outlet, compare."""
    articles = [
        an_article(f"a{n}", outlet=f"Outlet {n}", title="Quell", body=body)
        for n, body in enumerate(bodies)
    ]
    found = {article.id: find_figures(article, WORDS) for article in articles}
    shared = (c for c in compare_figures(articles, found, WEIGHTS) if len(c.current) > 1)
    return {comparison.kind for comparison in shared}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dead from the Quell fire: 12.", "The Quell fire killed 15 people."),
        ("The ferry cost 12 people their lives.", "15 passengers drowned with the ferry."),
        ("The blast hurt 21 workers.", "In the blast 27 people were injured."),
        ("12 drown off Quell.", "In Quell 15 people drowned."),
        ("The quake destroyed 310 houses in Quell.", "420 houses collapsed in the Quell quake."),
        ("The mill will cut 310 jobs in Quell.", "420 jobs will go at the Quell mill."),
        ("A crowd of 31,000 people marched in Quell.", "In Quell 52,000 people took part."),
        ("The railway lost EUR 40 million in the quarter.", "The railway's quarter loss is €61m."),
        ("Inflation in Quell stood at 7.4 percent.", "At 11.7%, inflation in Quell is high."),
        ("The temperature in Quell reached 34 C.", "In Quell the temperature reached 45 C."),
        ("In May 7% of pupils in Quell failed the test.", "9% of pupils in Quell failed the test."),
        ("Ash grounded 1647 flights at Quell.", "1998 flights were grounded by ash at Quell."),
    ],
)
def test_one_thing_told_in_two_ways_differs(one: str, other: str) -> None:
    assert kinds(one, other) & DISAGREE, (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The school inspected 110 bridges in Quell.", "The flood damaged 150 bridges in Quell."),
        ("The ministry sent 31 pumps to Quell.", "The ministry bought 44 pumps for Quell."),
        (
            "The mine sold 31 tonnes of copper in the first quarter.",
            "The mine sold 52 tonnes of copper in the first half.",
        ),
        (
            "The choir of Quell raised 31 million crowns.",
            "Last Easter the choir of Quell raised 44 million crowns.",
        ),
        (
            "Beekeepers in Quell lost 31 hives this winter.",
            "Beekeepers in Quell lost 44 hives the winter before.",
        ),
        (
            "Quell shops' sales fall 1.4 percent in May.",
            "Quell shops' sales fall 0.3 percent in May.",
        ),
        ("The party won 63 seats in Quell.", "The party won 53 of 100 seats in Quell."),
        (
            "Floods hit 140 houses in Quell.",
            "In the old town of Quell alone, floods hit 110 houses.",
        ),
        ("The town of Quell has 16 buses.", "The town of Quell has 44 buses."),
        ("The crash killed 12 people.", "The crash killed 12 people, among them 3 nurses."),
        ("The fund made 4 million crowns.", "The fund is hoping for 7 million crowns."),
    ],
)
def test_two_things_are_not_one(one: str, other: str) -> None:
    assert not kinds(one, other) & DISAGREE, (one, other)


def test_a_rougher_figure_does_not_replace_the_exact_one() -> None:
    assert kinds("In Quell 58,772 people marched.", "Over 58,000 people marched in Quell.") <= {
        "same"
    }


def test_of_two_groups_neither_is_everybody() -> None:
    both = "The crash injured 31 passengers and 44 residents."
    assert not kinds(both, "The crash injured 70 people.") & DISAGREE


@given(st.lists(st.sampled_from([*PIECES, "It", "rained", "nobody", "a", "an"]), max_size=25))
def test_no_sentence_that_is_passed_over_states_a_figure(pieces: list[str]) -> None:
    text = " ".join(pieces)
    everything = frozenset(token.word for token in tokens_of(text, 0, len(text)))
    read_all = replace(WORDS, signs=WORDS.signs | everything)
    article = an_article(title="Quell", body=text or "Nothing.")
    assert find_figures(article, WORDS) == find_figures(article, read_all)
