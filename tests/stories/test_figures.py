"""Figures of an article: number, bound, unit, what is counted, role, standing, speaker."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language import load_figure_words
from bot.news import Figure
from bot.stories.figures import Stated, find_figures
from bot.text import clean
from tests.builders import an_article

WORDS = load_figure_words()
MILE = 1609.344
MAY_12 = date(2026, 5, 12).toordinal()
PIECES = (
    *("12", ",", ".", "-", "–", "to", "and", "or", "from", "1,200", "a", "dozen", "half", "two"),
    *("thirds", "of", "people", "were", "killed", "injured", "$", "€", "%", "percent", "million"),
    *("between", "at", "least", "no", "one", "by", "said", "in", "Tarn", "1998", "May", ":", "/"),
)


def found(text: str, title: str = "") -> list[Stated]:
    return list(find_figures(an_article(title=title, body=f"{text} It was a long day."), WORDS))


def only(text: str) -> Stated:
    stated = [s for s in found(text) if s.figure.subject]
    assert len(stated) == 1, [s.figure.words.words for s in stated]
    return stated[0]


def counted(text: str) -> dict[str, tuple[float | None, float | None]]:
    """Return the bounds by subject of the figures that speak of now."""
    current = [s for s in found(text) if s.figure.subject and s.figure.role == "current"]
    return {s.figure.subject: (s.quantity.low, s.quantity.high) for s in current}


@pytest.mark.parametrize(
    ("text", "subject", "low", "high"),
    [
        ("At least 12 people were killed in Tarn.", "dead", 12, None),
        ("The blast in Tarn killed a dozen people.", "dead", 12, 12),
        ("Two hundred and six people died in the flood.", "dead", 206, 206),
        ("No fewer than twenty-one passengers were hurt.", "injured", 21, None),
        ("Up to 40 people are missing.", "missing", None, 40),
        ("Between 10 and 15 people are unaccounted for.", "missing", 10, 15),
        ("From 10 to 15 people are still missing.", "missing", 15, 15),
        ("Police made 47 arrests overnight.", "arrested", 47, 47),
        ("Crews evacuated 1.2 thousand people from the valley.", "evacuated", 1200, 1200),
        ("The ferry was carrying 212 people.", "aboard", 212, 212),
        ("Nobody was hurt.", "injured", 0, 0),
        ("No deaths were reported.", "dead", 0, 0),
        ("The death toll from the fire in Tarn stands at 31.", "dead", 31, 31),
        ("The mayor put the number of injured at 4.", "injured", 4, 4),
        ("One person was killed.", "dead", 1, 1),
        ("Officials said 9 people were being held.", "arrested", 9, 9),
        ("Some 67 people are being held hostage.", "trapped", 67, 67),
        ("The wreck claimed 14 lives.", "dead", 14, 14),
        ("Half a million homes were dark.", "home", 500_000, 500_000),
        ("Three container ships ran aground.", "ship", 3, 3),
        ("Two-thirds of voters said yes.", "voter", pytest.approx(2 / 3, abs=1e-5), None),
        ("The yard was fined £50,000 on Monday.", "fine", 50_000, 50_000),
        ("The bridge will cost 27 million crowns.", "cost", 27e6, 27e6),
        ("A loan of $1.4bn was signed.", "loan", 1.4e9, 1.4e9),
        ("The tank leaked 45 tonnes of oil.", "spilled", 45_000, 45_000),
        ("The wall is 6 miles in length.", "length", 6 * MILE, 6 * MILE),
        ("A magnitude 6.1 earthquake struck.", "magnitude", 6.1, 6.1),
        ("The council voted 21 to 18 for it.", "score", 18, 21),
        ("The bridge opens on 12 May 2026.", "open", MAY_12, MAY_12),
        ("The trial will be held on May 12th.", "trial", MAY_12, MAY_12),
    ],
)
def test_a_figure_is_read_with_its_bounds_and_what_it_counts(
    text: str, subject: str, low: float | None, high: float | None
) -> None:
    bounds = counted(text)[subject]
    assert bounds[0] == low
    assert high is None or bounds[1] == high


@pytest.mark.parametrize(
    "text",
    [
        "Mira Tolland, 45, drove home.",
        "The 12-year-old boy slept.",
        "A woman aged 30 saw it.",
        "A man of 81 saw it.",
        "The doors open at 7 pm and shut at 14:05.",
        "It was built in 1969.",
        "Mira Tolland was born on 12 May 1925.",
        "She lives at 12 Mill Street.",
        "Call 0800 555 0199 for help.",
        "Highway 61 and Room 12 are shut.",
        "No. 7 scored in the 12th minute.",
        "The F-16 and the A4 were late.",
        "1. Bring a coat.",
    ],
)
def test_ages_hours_years_addresses_and_names_are_no_figures(text: str) -> None:
    assert not [s for s in found(text) if s.figure.subject], found(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Another 12 people were injured.", "change"),
        ("The toll rose by 12 within an hour.", "change"),
        ("Among the dead were 5 children.", "part"),
        ("Of the 40 people aboard, 12 of them slept.", "part"),
        ("In 2013 a fire in Orsk killed 30 people.", "history"),
        ("A bombing last year killed 30 people.", "history"),
        ("Officials fear that 30 people could be infected.", "projected"),
        ("Earlier reports had spoken of 12 dead.", "previous"),
        ("Some 200 people die there, on average.", "history"),
    ],
)
def test_a_figure_of_another_time_or_of_a_part_is_not_the_current_one(text: str, role: str) -> None:
    assert role in {s.figure.role for s in found(text)}


def test_a_rise_gives_what_it_was_and_what_it_is() -> None:
    roles = [s.figure.role for s in found("The death toll has risen from 12 to 15, Ebb said.")]
    assert roles == ["previous", "current"]


def test_who_kills_is_not_counted_among_the_dead() -> None:
    assert "dead" not in counted("Two men killed a guard at the gate.")


def test_killed_or_injured_says_neither() -> None:
    assert counted("The storm killed or injured 12 people.").keys() <= {"peopl"}


def test_dead_and_injured_are_told_apart_in_one_sentence() -> None:
    text = "The blast killed 12 people, injured at least 30 and damaged three ships."
    assert counted(text) == {"dead": (12, 12), "injured": (30, None), "ship": (3, 3)}


def test_the_speaker_of_each_figure_is_kept() -> None:
    stated = found("Police put the number of dead at 4, while the union says 7 people died.")
    speakers = [s.figure.speaker.words for s in stated if s.figure.speaker]
    assert speakers == ["Police", "union"]


def test_confirmed_and_unconfirmed_are_kept() -> None:
    assert only("Officials confirmed that 12 people died.").figure.standing == "confirmed"
    assert only("Unconfirmed reports said 12 people died.").figure.standing == "unconfirmed"


def test_a_place_and_a_day_qualify_a_figure() -> None:
    figure = only("Twelve people were killed in Lower Vell on Tuesday.").figure
    assert (figure.place and figure.place.words) == "Lower Vell"
    assert (figure.time and figure.time.words) == "on Tuesday"


def test_a_text_in_another_language_has_no_figures() -> None:
    article = an_article(body="Il y a 12 blessés dans le port de Tarn.")
    french = load_figure_words("fr")
    assert not find_figures(article, french)


@given(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(PIECES),
        max_size=25,
    ),
)
@example("", ["two", "and", "a", "half"])
@example("12", ["to"])
def test_whatever_the_text_every_figure_stands_in_it(text: str, pieces: list[str]) -> None:
    body = clean(f"{text} {' '.join(pieces)}.")
    article = an_article(title=clean(text), body=body)
    for stated in find_figures(article, WORDS):
        for passage in passages(stated.figure):
            span = passage[0]
            source = article.latest.title if span[0] == "title" else article.latest.body
            assert source[span[1] : span[2]] == passage[1]


def passages(figure: Figure) -> list[tuple[tuple[str, int, int], str]]:
    return [((p.span.field, p.span.start, p.span.end), p.words) for p in figure.passages()]
