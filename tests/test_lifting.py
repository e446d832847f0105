"""Embargoes are lifted on the minute, with a clock that goes as it likes and through restarts."""

from dataclasses import replace as with_tools
from datetime import timedelta
from random import Random

from msgspec.structs import replace

from bot.desk import Desk
from bot.language import load_story_words, load_weights
from bot.lifting import LOOK_SECONDS, Lifter
from bot.placing import Placer
from bot.stories import TraitsReader
from tests.builders import an_article
from tests.fakes import FakeArchive
from tests.fakes_stories import FakeStories
from tests.laws.desks import NOW, a_desk

WINDOW = timedelta(hours=72)
MOST_LAG_SECONDS = 2.0


def a_newsroom() -> tuple[Desk, FakeArchive, FakeStories]:
    desk, stories = a_desk({}), FakeStories()
    reads = TraitsReader(load_weights(), load_story_words())
    desk.tools = with_tools(desk.tools, placer=Placer(stories, reads, window=WINDOW))
    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    return desk, archive, stories


def embargo(archive: FakeArchive, article_id: str, seconds: float) -> None:
    article = an_article(article_id, body=f"Report {article_id} of the harbour.", published_at=NOW)
    until = NOW + timedelta(seconds=seconds)
    archive.articles[article_id] = replace(article, embargoed_until=until)


async def test_an_article_stands_in_its_story_as_soon_as_its_embargo_is_over() -> None:
    desk, archive, stories = a_newsroom()
    embargo(archive, "a1", 0.4)
    lifter = Lifter(desk.tools, archive.stops, WINDOW)

    assert await lifter.step(now=NOW) == 0.4
    assert stories.placements == {}
    assert await lifter.step(now=NOW + timedelta(seconds=0.4)) == LOOK_SECONDS
    assert set(stories.placements) == {"a1"}


async def test_what_ended_while_nobody_ran_is_placed_at_the_start() -> None:
    desk, archive, stories = a_newsroom()
    embargo(archive, "a1", -3600)
    embargo(archive, "a2", 3600)

    await Lifter(desk.tools, archive.stops, WINDOW).step(now=NOW)

    assert set(stories.placements) == {"a1"}


async def test_the_lag_is_far_below_two_seconds_and_nothing_comes_early() -> None:
    desk, archive, stories = a_newsroom()
    chance = Random(7)  # noqa: S311 - the same run each time
    ends = {f"a{n}": chance.uniform(0, 3600) for n in range(200)}
    for article_id, seconds in ends.items():
        embargo(archive, article_id, seconds)
    lifter, at, lags = Lifter(desk.tools, archive.stops, WINDOW), 0.0, list[float]()
    while at < 3610:
        before = set(stories.placements)
        if chance.random() < 0.01:  # a restart takes half a second
            lifter, at = Lifter(desk.tools, archive.stops, WINDOW), at + 0.5
        if chance.random() < 0.01:  # the clock is set back
            at -= chance.uniform(0, 3)
        wait = await lifter.step(now=NOW + timedelta(seconds=at))
        new = set(stories.placements) - before
        assert all(ends[i] <= at for i in new)
        lags += [at - ends[i] for i in new]
        at += wait + chance.uniform(0, 0.2)

    assert len(lags) == len(ends)
    assert sorted(lags)[int(len(lags) * 0.99) - 1] <= MOST_LAG_SECONDS
