"""Articles are placed as they arrive, keep their stories' ids, and held ones stand nowhere."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest

from bot.desk import Desk
from bot.errors import ArchiveError
from bot.language import load_story_words, load_weights
from bot.news import Article, Placement, StoryChange
from bot.placing import Placer
from bot.stories import TraitsReader
from bot.tools import Listed
from tests.builders import an_article
from tests.fakes_stories import FakeStories
from tests.laws.desks import NOW, a_desk
from tests.test_desk_stories import AGAIN, FERRY, SCHOOL

WINDOW = timedelta(hours=72)
DOCUMENTS = {"ferry.txt": FERRY, "again.txt": AGAIN, "school.txt": SCHOOL}


def a_placer(stories: FakeStories) -> Placer:
    reader = TraitsReader(load_weights(), load_story_words())
    return Placer(stories, reader, window=WINDOW)


def told(article_id: str, text: bytes, *, hours: int = 0) -> Article:
    title, _, body = text.decode().partition("\n\n")
    dated = NOW - timedelta(hours=20 - hours)
    return an_article(article_id, title=title, body=body, published_at=dated)


def a_placing_desk(stories: FakeStories) -> Desk:
    desk = a_desk(DOCUMENTS)
    tools = replace(
        desk.tools,
        story_words=load_story_words(),
        stories=stories,
        placer=a_placer(stories),
    )
    return Desk(tools, desk.subscriptions, desk.zone, desk.window)


FIRST, SECOND, OTHER = told("a1", FERRY), told("a2", AGAIN, hours=2), told("a3", SCHOOL, hours=3)


async def test_articles_are_placed_when_they_are_read() -> None:
    stories = FakeStories()
    desk = a_placing_desk(stories)
    ids = await desk.read_sources(now=NOW)
    assert stories.placements.keys() == set(ids.article_ids)
    assert len({p.story_id for p in stories.placements.values()}) == 2


async def test_an_edition_tells_the_stories_that_stand_in_the_store() -> None:
    stories = FakeStories()
    desk = a_placing_desk(stories)
    edition = await desk.brief(now=NOW)
    assert {i: b.story.id for b in edition.briefing.briefs for i in b.story.article_ids} == {
        p.article_id: p.story_id for p in stories.placements.values()
    }


async def test_what_was_stored_before_there_were_places_is_placed_at_the_first_edition() -> None:
    stories = FakeStories()
    desk = a_placing_desk(stories)
    before = Desk(replace(desk.tools, placer=None), desk.subscriptions, desk.zone, desk.window)
    old = await before.brief(now=NOW)
    assert not stories.placements
    new = await desk.brief(now=NOW + timedelta(minutes=1))
    assert len(stories.placements) == 3
    assert [b.story for b in new.briefing.briefs] == [b.story for b in old.briefing.briefs]


async def test_what_is_briefed_by_its_address_is_placed_nowhere() -> None:
    stories = FakeStories()
    desk = a_placing_desk(stories)
    await desk.brief_these([Listed("ferry.txt")], now=NOW)
    assert not stories.placements


async def test_a_story_keeps_its_id_when_its_first_report_is_killed() -> None:
    stories = FakeStories()
    placer = a_placer(stories)
    assert await placer.catch_up([FIRST, SECOND], now=NOW) == {"a1": "sa1", "a2": "sa1"}
    killed = msgspec.structs.replace(FIRST, withdrawn="killed")
    assert await placer.catch_up([killed, SECOND], now=NOW) == {"a2": "sa1"}
    assert stories.placements.keys() == {"a2"}
    assert await placer.catch_up([FIRST, SECOND], now=NOW) == {"a1": "sa1", "a2": "sa1"}


async def test_an_embargoed_article_stands_nowhere_until_its_hour() -> None:
    stories = FakeStories()
    placer = a_placer(stories)
    hour = NOW + timedelta(hours=1)
    held = msgspec.structs.replace(SECOND, embargoed_until=hour)
    assert await placer.catch_up([FIRST, held], now=NOW) == {"a1": "sa1"}
    assert stories.placements.keys() == {"a1"}
    assert await placer.catch_up([FIRST, held], now=hour) == {"a1": "sa1", "a2": "sa1"}


async def test_an_article_that_tells_something_else_now_moves_and_that_is_written_down() -> None:
    stories = FakeStories()
    placer = a_placer(stories)
    await placer.catch_up([FIRST, SECOND, OTHER], now=NOW)
    text = OTHER.latest
    revision = type(text).of("a2", 2, text.title, text.body, seen_at=NOW)
    changed = msgspec.structs.replace(SECOND, revisions=(*SECOND.revisions, revision))
    standing = await placer.catch_up([FIRST, changed, OTHER], now=NOW)
    assert standing == {"a1": "sa1", "a2": "sa3", "a3": "sa3"}
    assert [change for _, change in stories.audit] == [StoryChange("move", "sa3", ("a2",), "sa1")]


async def test_stories_that_turn_out_to_be_one_keep_both_ids() -> None:
    stories = FakeStories()
    placer = a_placer(stories)
    await placer.catch_up([FIRST, told("a2", SCHOOL)], now=NOW)
    text = SECOND.latest
    revision = type(text).of("a2", 2, text.title, text.body, seen_at=NOW)
    school = told("a2", SCHOOL)
    changed = msgspec.structs.replace(school, revisions=(*school.revisions, revision))
    assert await placer.catch_up([FIRST, changed], now=NOW) == {"a1": "sa1", "a2": "sa1"}
    assert await stories.current_id("sa2") == "sa1"
    assert len(stories.audit) == 1


async def test_two_processes_on_one_store_lose_nothing_of_each_other() -> None:
    stories = FakeStories()
    one, other = a_placer(stories), a_placer(stories)
    await one.catch_up([FIRST], now=NOW)
    await other.catch_up([OTHER], now=NOW)
    standing = {"a1": "sa1", "a2": "sa1", "a3": "sa3"}
    assert await other.catch_up([SECOND], now=NOW) == standing
    assert await one.catch_up([], now=NOW) == standing


async def test_nothing_is_read_again_while_nobody_else_places() -> None:
    class Counting(FakeStories):
        restored = 0

        async def window(self, since: datetime) -> tuple[Placement, ...]:
            self.restored += 1
            return await super().window(since)

        async def standing(self, _: datetime) -> Mapping[str, str]:
            raise AssertionError("All of the window was read for one article.")

    stories = Counting()
    placer = a_placer(stories)
    for count in range(1, 4):
        await placer.catch_up([FIRST, SECOND, OTHER][:count], now=NOW)
    assert stories.restored == 1


async def test_what_could_not_be_placed_is_logged_and_placed_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Full(FakeStories):
        is_full = True

        async def place(self, *given: object, **named: object) -> None:
            if self.is_full:
                raise ArchiveError("The disk is full.")
            await super().place(*given, **named)  # type: ignore[arg-type]

    stories = Full()
    desk = a_placing_desk(stories)
    with caplog.at_level(logging.WARNING):
        await desk.read_sources(now=NOW)
    assert "articles not placed" in caplog.text
    stories.is_full = False
    await desk.brief(now=NOW)
    assert len(stories.placements) == 3


class Broken(FakeStories):
    """Fails as nobody expected."""

    async def version(self) -> int:
        raise RuntimeError("a mistake of ours")


async def test_what_nobody_expected_in_placing_is_no_fault_of_the_source(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = a_placing_desk(Broken())
    intake = await desk.read_sources(now=NOW)
    assert len(intake.article_ids) == 3
    assert intake.unread == ()
    assert "a mistake of ours" in caplog.text


async def test_a_damaged_place_is_mended_by_the_next_edition() -> None:
    stories = FakeStories()
    await a_placer(stories).catch_up([FIRST, SECOND, OTHER], now=NOW)
    kept = stories.placements["a2"]
    damaged = msgspec.structs.replace(kept, evidence=b"no msgpack")
    stories.placements["a2"] = damaged
    standing = await a_placer(stories).catch_up([FIRST, SECOND, OTHER], now=NOW)
    assert standing == {"a1": "sa1", "a2": "sa1", "a3": "sa3"}
    assert stories.placements["a2"] == kept


async def test_the_evidence_of_what_left_the_window_is_forgotten() -> None:
    stories = FakeStories()
    placer = a_placer(stories)
    await placer.catch_up([FIRST], now=NOW)
    later = NOW + timedelta(days=5)
    assert await placer.catch_up([FIRST], now=later) == {}
    assert not stories.placements["a1"].evidence
    assert stories.placements["a1"].story_id == "sa1"
