from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_weights
from bot.news import Article
from bot.stories import group_articles
from tests.builders import NOON, a_revision, an_article

FERRY = (
    "The ferry to Tern Island stops for a month from Monday, the Sound Line said on Wednesday. "
    "Inspectors found cracks in the hull plates of the Grey Heron last week.\n\n"
    "Two hundred people cross the sound on the ferry each day, most of them to work in Port Ellen. "
    "The council will hire a fishing boat for schoolchildren and for the doctor."
)
FERRY_RETOLD = (
    "Islanders face four weeks without their ferry. The Grey Heron goes into dry dock on Monday "
    "after inspectors saw cracks in its hull, the company that runs the Tern Island crossing said."
    "\n\nA fishing boat will take schoolchildren across the sound, according to the council."
)
ORCHARD = (
    "Frost has killed most of the apple blossom in the Lenn valley, growers said on Wednesday. "
    "Temperatures fell to minus six degrees on two nights, and fires lit between the rows did "
    "little.\n\nThe valley sells a third of the country's cider apples."
)


def ids(articles: list[Article]) -> list[set[str]]:
    return [set(s.article_ids) for s in group_articles(articles, load_weights())]


def test_no_articles_make_no_stories() -> None:
    assert group_articles([], load_weights()) == ()


def test_reports_of_one_event_in_other_words_are_one_story_of_two_origins() -> None:
    first = an_article("a1", title="Ferry to Tern Island stops for a month", body=FERRY)
    second = an_article(
        "a2", outlet="Sound Post", title="Island loses its ferry for four weeks", body=FERRY_RETOLD
    )
    other = an_article("a3", title="Frost kills the apple blossom", body=ORCHARD)
    stories = group_articles([other, second, first], load_weights())
    assert [[o.article_ids for o in s.origins] for s in stories] == [[("a1",), ("a2",)], [("a3",)]]


def test_a_reprint_is_counted_with_its_original_which_is_the_earliest() -> None:
    later = NOON + timedelta(hours=1)
    original = an_article("a2", title="Ferry to Tern Island stops", body=FERRY)
    reprint = an_article(
        "a1",
        outlet="Sound Post",
        title="No ferry to Tern Island for a month",
        body=f"By the Sound Post\n\n{FERRY}\n\nThe Sound Post asked the line for its timetable.",
        published_at=later,
    )
    (story,) = group_articles([reprint, original], load_weights())
    assert [o.article_ids for o in story.origins] == [("a2", "a1")]


def test_a_text_cut_short_is_a_reprint() -> None:
    whole = an_article("a1", title="Ferry to Tern Island stops for a month", body=FERRY)
    stub = an_article("a2", title="Ferry to Tern Island stops", body=FERRY.partition("\n\n")[0])
    (story,) = group_articles([whole, stub], load_weights())
    assert [o.article_ids for o in story.origins] == [("a1", "a2")]


def test_two_reports_of_one_outlet_are_one_origin_and_no_reprint() -> None:
    first = an_article("a1", title="Ferry to Tern Island stops for a month", body=FERRY)
    second = an_article("a2", title="Island loses its ferry", body=FERRY_RETOLD)
    assert first.source.outlet == second.source.outlet
    (story,) = group_articles([first, second], load_weights())
    (origin,) = story.origins
    assert origin.texts == (("a1",), ("a2",))
    assert origin.reprints == ()


def test_the_same_words_a_year_later_are_another_event() -> None:
    this_year = an_article("a1", title="Ferry to Tern Island stops for a month", body=FERRY)
    next_year = an_article(
        "a2",
        title="Island loses its ferry for four weeks",
        body=FERRY_RETOLD,
        published_at=NOON + timedelta(days=365),
    )
    assert len(ids([this_year, next_year])) == 2


def test_the_latest_revision_decides() -> None:
    moved = an_article(
        "a2",
        a_revision("a2", 1, title="Frost kills the apple blossom", body=ORCHARD),
        a_revision("a2", 2, title="Island loses its ferry for four weeks", body=FERRY_RETOLD),
    )
    ferry = an_article("a1", title="Ferry to Tern Island stops for a month", body=FERRY)
    assert ids([ferry, moved]) == [{"a1", "a2"}]


def test_a_story_keeps_its_id_when_another_outlet_joins() -> None:
    first = an_article("a1", title="Ferry to Tern Island stops for a month", body=FERRY)
    joins = an_article(
        "a0",
        title="Island loses its ferry for four weeks",
        body=FERRY_RETOLD,
        published_at=NOON + timedelta(minutes=1),
    )
    (before,) = group_articles([first], load_weights())
    (after,) = group_articles([first, joins], load_weights())
    assert before.id == after.id


GERMAN = [
    (
        "Die Fähre zur Seehundinsel fährt einen Monat lang nicht, weil der Rumpf Risse hat und die "
        "Platten in der Werft von Marl geschweißt werden, sagt die Reederei."
    ),
    (
        "Der Frost hat in dem Tal die meisten Apfelblüten zerstört, und die Bauern sagen, dass "
        "sie in diesem Jahr von der Ernte nicht leben können, wenn das Land ihnen nicht hilft."
    ),
    (
        "Ein Chor hat am Sonntag in dem leeren Schwimmbad gesungen, weil die Kirche der Stadt für "
        "die vielen Sänger und die Zuhörer nicht mehr groß genug ist."
    ),
]


def test_texts_in_a_language_without_weights_are_told_apart_too() -> None:
    texts = [*GERMAN, GERMAN[0]]
    articles = [an_article(f"a{n}", title="", body=body) for n, body in enumerate(texts)]
    assert [found for found in ids(articles) if len(found) > 1] == [{"a0", "a3"}]


def test_an_article_given_twice_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        group_articles([an_article("a1"), an_article("a1")], load_weights())


PIECES = st.lists(
    st.sampled_from([FERRY, FERRY_RETOLD, ORCHARD, "", "“", "Share", "🦆 ü"]), max_size=3
)


@given(
    texts=st.lists(st.tuples(st.sampled_from(["", "Ferry stops", "🦆"]), PIECES), max_size=8),
    seed=st.randoms(use_true_random=False),
)
def test_every_article_is_in_one_story_whatever_their_order(
    texts: list[tuple[str, list[str]]], seed: Random
) -> None:
    articles = [
        an_article(
            f"a{n}",
            title=title,
            body="\n\n".join(pieces),
            published_at=NOON + timedelta(hours=n % 3),
        )
        for n, (title, pieces) in enumerate(texts)
    ]
    stories = group_articles(articles, load_weights())
    assert sorted(i for s in stories for i in s.article_ids) == sorted(a.id for a in articles)
    shuffled = list(articles)
    seed.shuffle(shuffled)
    assert group_articles(shuffled, load_weights()) == stories


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=8),
    st.dictionaries(st.integers(0, 9), st.sampled_from(["sa0", "sa1", "sx"])),
)
def test_what_stands_in_a_story_stays_in_it_and_no_id_comes_twice(
    texts: list[int], places: dict[int, str]
) -> None:
    bodies = (FERRY, FERRY_RETOLD, ORCHARD, "")
    articles = [an_article(f"a{n}", body=bodies[which]) for n, which in enumerate(texts)]
    standing = {f"a{n}": story_id for n, story_id in places.items()}
    stories = group_articles(articles, load_weights(), standing=standing)
    found = {i: story.id for story in stories for i in story.article_ids}
    assert sum(len(story.article_ids) for story in stories) == len(articles) == len(found)
    assert len({story.id for story in stories}) == len(stories)
    assert all(found[i] == story_id for i, story_id in standing.items() if i in found)
