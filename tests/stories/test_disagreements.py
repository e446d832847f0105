"""Figures of a story's articles: the same, updated, differing, by source, of other days."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_figure_words, load_weights
from bot.news import Article, FigureCheck, Origin
from bot.stories.disagreements import Comparison, check_figures, compare_figures
from bot.stories.figures import find_figures
from tests.builders import NOON, an_article

WORDS, WEIGHTS = load_figure_words(), load_weights()


def report(
    article_id: str, outlet: str, text: str, *, hour: float = 0, title: str = "News of the day"
) -> Article:
    at = NOON + timedelta(hours=hour)
    body = f"{text} The wind was strong."
    return an_article(article_id, outlet=outlet, title=title, body=body, published_at=at)


def compared(*articles: Article, origins: tuple[Origin, ...] = ()) -> tuple[Comparison, ...]:
    found = {article.id: find_figures(article, WORDS) for article in articles}
    return compare_figures(articles, found, WEIGHTS, origins)


def kind(*articles: Article, subject: str = "dead") -> str:
    return next(c.kind for c in compared(*articles) if c.subject == subject)


def check(*articles: Article) -> FigureCheck:
    return check_figures(compared(*articles))


def test_two_outlets_that_give_other_tolls_differ_with_outlet_and_span() -> None:
    first = report("a1", "Harbour Courier", "The fire killed 12 people.")
    other = report("a2", "Coast Monitor", "At least 15 people died in the fire.", hour=1)
    (found,) = check(first, other).disagreements
    assert [r.outlet for r in found.reports] == ["Harbour Courier", "Coast Monitor"]
    assert [r.words.words for r in found.reports] == ["12 people", "At least 15 people"]
    assert (found.kind, found.topic) == ("differing", "dead")


@pytest.mark.parametrize(
    ("one", "two", "subject"),
    [
        ("The fire killed 12 people.", "At least 12 people died in the fire.", "dead"),
        ("Some 9,412 homes were dark in Tarn.", "About 9,400 homes were dark in Tarn.", "home"),
        ("The fire killed a dozen people.", "Twelve people died in the fire.", "dead"),
        ("Fire burned 1,000 hectares of heath.", "Fire burned 2,471 acres of heath.", "burned"),
        ("More than 100 people died in the fire.", "The fire killed 134 people.", "dead"),
    ],
)
def test_rounding_bounds_and_units_are_no_disagreements(one: str, two: str, subject: str) -> None:
    assert kind(report("a1", "A", one), report("a2", "B", two), subject=subject) == "same"


def test_an_outlets_own_later_figure_replaces_its_earlier_one() -> None:
    old = report("a1", "A", "The fire killed 12 people.")
    new = report("a2", "A", "The fire killed 15 people.", hour=2)
    checked = check(old, new)
    assert not checked.disagreements
    assert [p.words for p in checked.outdated] == ["12 people"]
    assert [p.words for p in checked.current] == ["15 people"]


def test_a_higher_toll_that_others_follow_replaces_the_old_one() -> None:
    articles = (
        report("a1", "A", "The fire killed 12 people."),
        report("a2", "B", "The fire killed 15 people.", hour=2),
        report("a3", "C", "Fifteen people died in the fire.", hour=3),
    )
    assert kind(*articles) == "updated"


def test_a_number_that_was_said_all_along_is_no_update() -> None:
    articles = (
        report("a1", "A", "The fire killed 15 people."),
        report("a2", "B", "The fire killed 12 people.", hour=1),
        report("a3", "C", "Fifteen people died in the fire.", hour=2),
    )
    assert kind(*articles) == "differing"


def test_a_report_that_gives_the_old_number_as_the_old_one_replaces_it() -> None:
    old = report("a1", "A", "The fire killed 12 people.")
    new = report("a2", "B", "The death toll of the fire rose from 12 to 15.", hour=2)
    assert kind(old, new) == "updated"


def test_a_reprint_speaks_with_its_originals_voice() -> None:
    first = report("a1", "Agency", "The fire killed 12 people.")
    copy = report("a2", "Village Post", "The fire killed 12 people.", hour=4)
    new = report("a3", "Agency", "The fire killed 15 people.", hour=2)
    (found,) = compared(first, copy, new, origins=(Origin(("a1", "a2")), Origin(("a3",))))
    assert found.kind == "updated"
    assert {r.article_id for r in found.superseded} == {"a1", "a2"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The fire killed 12 people.", "The fire injured 15 people."),
        ("Fire damaged 12 ships in Tarn.", "Some 15 people saw the fire in Tarn."),
        ("The quake killed 12 people in Tarn.", "The quake killed 40 people in Orsk."),
        ("The fire killed 12 people.", "Among the victims were 3 children."),
        ("The fire killed 12 people.", "A fire killed 40 people in 1998."),
        ("Three ships waited off the port.", "Two ships sank in a storm last night."),
    ],
)
def test_other_subjects_places_parts_and_times_are_not_compared(one: str, two: str) -> None:
    assert not check(report("a1", "A", one), report("a2", "B", two)).disagreements


def test_dates_of_one_event_differ() -> None:
    one = report("a1", "A", "The new ferry terminal in Tarn opens on 4 May, the port said.")
    two = report("a2", "B", "The new ferry terminal in Tarn will open on May 6.", hour=1)
    (found,) = check(one, two).disagreements
    assert [r.words.words for r in found.reports] == ["4 May", "May 6"]
    assert (found.subject and found.subject.words) == "opens"


def test_the_attributed_figure_is_printed_rather_than_the_titles() -> None:
    text = "The storm left 9,400 homes in Tarn without power, the grid company said."
    one = report("a1", "A", text, title="Storm: 9,400 homes in Tarn without power")
    two = report("a2", "B", "Some 12,600 homes in Tarn are without power after the storm.", hour=1)
    (found,) = check(one, two).disagreements
    assert (found.reports[0].speaker and found.reports[0].speaker.words) == "grid company"


def test_counts_of_other_days_are_not_compared() -> None:
    one = report("a1", "A", "On Monday 47 people were arrested.")
    two = report("a2", "B", "On Wednesday six people were arrested.", hour=3)
    assert kind(one, two, subject="arrested") == "apart"


def test_sources_that_differ_are_printed_as_sources() -> None:
    text = "Police say 4 people died, while the union says 7 people died."
    (found,) = check(report("a1", "A", text), report("a2", "B", text, hour=1)).disagreements
    assert found.kind == "sources"
    said = [(r.speaker and r.speaker.words, r.words.words) for r in found.reports]
    assert {("Police", "4 people"), ("union", "7 people")} <= set(said)


def test_confirmed_here_and_unconfirmed_there_stand_side_by_side() -> None:
    one = report("a1", "A", "The ministry confirmed that 12 people died.")
    two = report("a2", "B", "Unconfirmed reports say that 12 people died.", hour=1)
    (found,) = check(one, two).disagreements
    assert found.kind == "standing"
    assert [r.standing for r in found.reports] == ["confirmed", "unconfirmed"]


def test_an_article_that_contradicts_itself_is_left_out() -> None:
    muddled = "The fire killed 4 people. A second fire killed 9 people. Then 2 people died."
    one = report("a1", "A", f"It was late.\n\nIt was dark.\n\n{muddled}")
    two = report("a2", "B", "The fire killed 12 people.")
    assert not check(one, two).disagreements


@given(st.permutations(range(5)))
def test_the_order_of_the_articles_makes_no_difference(order: list[int]) -> None:
    articles = (
        report("a1", "A", "The fire killed 12 people and 9,400 homes in Tarn were dark."),
        report("a2", "B", "The fire killed 15 people, the mayor said.", hour=1),
        report("a3", "C", "Fire: 12,000 homes in Tarn were dark. Fifteen people died.", hour=2),
        report("a4", "A", "The fire killed 16 people.", hour=2),
        report("a5", "D", "Police say 20 people died.", hour=2),
    )
    assert compared(*(articles[i] for i in order)) == compared(*articles)


def test_what_all_voices_are_told_to_differ_in_is_told_once() -> None:
    lead = "Up to 12,000 homes in Tarn lost power on Tuesday evening, the fire brigade said."
    one = report("a1", "Radio Tarn", lead, title="Tarn: 12,000 homes dark")
    other = "Power failed in 11,300 homes in Tarn on Tuesday evening, the grid company said."
    two = report("a2", "Coast Weekly", other, hour=2, title="Tarn: 11,300 homes dark")

    found = check(one, two).disagreements

    assert [{r.outlet for r in d.reports} for d in found] == [{"Radio Tarn", "Coast Weekly"}]
