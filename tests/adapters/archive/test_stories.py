"""The port `Stories` keeps its promises, on SQLite and in memory alike."""

from datetime import timedelta
from random import Random

import pytest

from bot.language import load_story_words, load_weights
from bot.news import Article, Placement, StoryChange, StoryCorrection
from bot.ports import Stories
from bot.stories import Arrivals, TraitsReader, place_arrivals
from tests.builders import NOON, an_article
from tests.fakes_stories import FakeStories
from tests.stories.invented import text


@pytest.fixture(params=["fake", "sqlite"])
def stories(request: pytest.FixtureRequest) -> Stories:
    if request.param == "fake":
        return FakeStories()
    stored: Stories = request.getfixturevalue("stored").stories
    return stored


def at(article_id: str, story_id: str, *, hours: int = 0, evidence: bytes = b"") -> Placement:
    return Placement(article_id, story_id, NOON + timedelta(hours=hours), evidence)


async def test_the_window_holds_what_is_recent_and_has_evidence(stories: Stories) -> None:
    places = [
        at("a3", "s1", hours=2, evidence=b"3"),
        at("a1", "s1", evidence=b"1"),
        at("a2", "s1", hours=1),
        at("a0", "s1", hours=-1, evidence=b"0"),
    ]
    await stories.place(places, [], now=NOON)
    assert await stories.window(NOON) == (places[1], places[0])


async def test_a_placement_without_evidence_keeps_the_stored_one(stories: Stories) -> None:
    await stories.place([at("a1", "s1", evidence=b"1")], [], now=NOON)
    await stories.place([at("a1", "s2")], [], now=NOON)
    assert await stories.window(NOON) == (at("a1", "s2", evidence=b"1"),)


async def test_evidence_is_forgotten_and_the_place_is_not(stories: Stories) -> None:
    await stories.place([at("a1", "s1", evidence=b"1")], [], now=NOON)
    await stories.forget_evidence(NOON + timedelta(hours=1))
    assert await stories.window(NOON) == ()


async def test_what_stands_is_what_the_window_holds(stories: Stories) -> None:
    places = [
        at("a1", "s1", evidence=b"1"),
        at("a2", "s2"),
        at("a0", "s0", hours=-1, evidence=b"0"),
    ]
    await stories.place(places, [], now=NOON)
    assert await stories.standing(NOON) == {"a1": "s1"}


async def test_the_version_counts_what_was_written_of_places(stories: Stories) -> None:
    assert await stories.version() == 0
    await stories.place([at("a1", "s1", evidence=b"1"), at("a2", "s1")], [], now=NOON)
    assert await stories.version() == 1
    await stories.displace(["a2"])
    assert await stories.version() == 2
    await stories.displace([])
    await stories.follow("s1", "mira", now=NOON)
    await stories.forget_evidence(NOON)
    assert await stories.version() == 2


async def test_what_was_withdrawn_stands_nowhere(stories: Stories) -> None:
    await stories.place(
        [at("a1", "s1", evidence=b"1"), at("a2", "s1", evidence=b"2")], [], now=NOON
    )
    await stories.displace(["a1", "a9"])
    await stories.displace([])
    assert await stories.window(NOON) == (at("a2", "s1", evidence=b"2"),)


async def test_an_id_that_was_given_out_leads_on(stories: Stories) -> None:
    merges = [
        StoryChange("merge", "s2", ("a1",), "s1", 1.2),
        StoryChange("merge", "s3", ("a1", "a2"), "s2", 1.1),
    ]
    places = [at("a1", "s3"), at("a2", "s3")]
    await stories.place(places, [StoryChange("join", "s2", ("a2",)), *merges], now=NOON)
    assert [await stories.current_id(i) for i in ("s1", "s2", "s3", "s4")] == [
        "s3",
        "s3",
        "s3",
        "s4",
    ]
    assert await stories.changes_of("s2") == tuple((NOON, merge) for merge in merges)


async def test_a_story_that_comes_back_leads_nowhere_else(stories: Stories) -> None:
    await stories.place([], [StoryChange("merge", "s2", ("a1",), "s1")], now=NOON)
    back = StoryChange("split", "s1", ("a1",), "s2")
    await stories.place([at("a1", "s1")], [back], now=NOON)
    assert await stories.current_id("s1") == "s1"


async def test_corrections_are_remembered_in_order(stories: Stories) -> None:
    later = StoryCorrection("merge", ("a1",), ("a2",), NOON + timedelta(hours=1), "mira")
    first = StoryCorrection("split", ("a3",), ("a1",), NOON)
    for said in (later, first):
        await stories.correct(said)
    assert await stories.corrections(NOON) == (first, later)
    assert await stories.corrections(NOON + timedelta(minutes=1)) == (later,)


async def test_a_story_is_followed_once(stories: Stories) -> None:
    assert await stories.follow("s1", "mira", now=NOON)
    assert not await stories.follow("s1", "mira", now=NOON)
    assert await stories.follow("s2", "mira", now=NOON + timedelta(hours=1))
    followed = await stories.followed("mira")
    assert list(followed.items()) == [("s1", NOON), ("s2", NOON + timedelta(hours=1))]
    assert await stories.followed("jon") == {}


async def test_a_story_is_followed_until_it_is_no_longer(stories: Stories) -> None:
    await stories.follow("s1", "mira", now=NOON)
    assert not await stories.unfollow("s1", "jon")
    assert not await stories.unfollow("s2", "mira")
    assert await stories.unfollow("s1", "mira")
    assert await stories.followed("mira") == {}
    assert await stories.followed_by_any() == {}


async def test_what_an_edition_told_is_no_news_to_who_follows_it(stories: Stories) -> None:
    hour = timedelta(hours=1)
    await stories.follow("s1", "mira", now=NOON + hour)
    await stories.follow("s1", "jon", now=NOON)
    await stories.follow("s2", "jon", now=NOON + 2 * hour)
    sinces = await stories.followed_by_any()
    assert list(sinces.items()) == [("s1", NOON), ("s2", NOON + 2 * hour)]
    await stories.note_told(["s1", "s9"], now=NOON + 3 * hour)
    await stories.note_told([], now=NOON + 4 * hour)
    assert await stories.followed_by_any() == {"s1": NOON + 3 * hour, "s2": NOON + 2 * hour}
    assert await stories.followed("jon") == {"s1": NOON, "s2": NOON + 2 * hour}


def a_stream(count: int) -> list[Article]:
    """Return articles of which every third is another's report in part."""
    random = Random(4)  # noqa: S311
    bodies = [text(random) for _ in range(count)]
    return [
        an_article(
            f"a{n:03}",
            outlet=f"Outlet {n % 7}",
            title=bodies[n - n % 3].partition(".")[0],
            body=f"{bodies[n - n % 3][:600]}\n\n{bodies[n]}",
            published_at=NOON + timedelta(minutes=n),
        )
        for n in range(count)
    ]


async def test_a_window_that_is_read_again_goes_on_where_it_was(stories: Stories) -> None:
    articles = a_stream(60)
    reader = TraitsReader(load_weights(), load_story_words())
    whole = Arrivals(reader, window_days=4)
    for article in articles:
        whole.take(article)
    first = Arrivals(reader, window_days=4)
    await place_arrivals(articles[:40], first, stories, now=NOON)
    second = Arrivals(reader, window_days=4)
    second.restore(await stories.window(NOON))
    await place_arrivals(articles[40:], second, stories, now=NOON)
    expected = {i: whole.grouper.story_of(i) for i in (a.id for a in articles)}
    assert {i: second.grouper.story_of(i) for i in expected} == expected
    assert {p.article_id: p.story_id for p in await stories.window(NOON)} == expected
    assert len(set(expected.values())) < len(expected)


def test_what_left_the_window_is_neither_a_story_nor_an_original() -> None:
    first, again = an_article("a1"), an_article("a2", published_at=NOON + timedelta(days=1))
    taken = Arrivals(TraitsReader(load_weights(), load_story_words()), window_days=4)
    taken.take(first)
    taken.forget(NOON + timedelta(hours=1))
    arrival = taken.take(again)
    assert arrival.match is None
    assert taken.grouper.groups() == {"sa2": ("a2",)}
