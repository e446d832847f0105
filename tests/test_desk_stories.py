"""What an editor says of stories is answered with evidence, and remembered."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from msgspec import structs

from bot.console.chat import answer
from bot.delivery.plain import to_plain
from bot.desk import Desk
from bot.desk_stories import timeline
from bot.errors import ArchiveError
from bot.language import load_figure_words, load_story_words
from bot.news import Article, Brief, Revision, StoryCorrection
from bot.placing import Placer
from bot.stories import TraitsReader
from bot.stories.corrections import corrected
from tests.fakes import FakeDocuments
from tests.fakes_stories import FakeStories
from tests.laws.desks import NOW, a_desk

HOUR = timedelta(hours=1)

FERRY = b"""Ferry to Tern Island stops for a month

The ferry to Tern Island stops for a month from Monday, the Sound Line said on Wednesday. Inspectors
found cracks in the hull plates of the Grey Heron last week. Two hundred people cross each day.
"""
AGAIN = b"""Tern Island loses its ferry for four weeks

Islanders face four weeks without the ferry to Tern Island. The Grey Heron goes into dry dock on
Monday after inspectors saw cracks in its hull plates, the Sound Line said on Wednesday.
"""
SCHOOL = b"""School in Ostervik opens its library

A library with nine thousand books opens in the school of Ostervik on Friday, the council said. The
shelves were built by pupils of the ninth form, and a retired printer gave half of the books.
"""


def desk_of_three(*, remembers: bool = True) -> Desk:
    desk = a_desk({"ferry.txt": FERRY, "again.txt": AGAIN, "school.txt": SCHOOL})
    stories = FakeStories() if remembers else None
    desk.tools = replace(desk.tools, story_words=load_story_words(), stories=stories)
    return desk


async def said(desk: Desk, line: str) -> str:
    return to_plain(await answer(desk, line, now=NOW))


async def groups(desk: Desk) -> list[set[str]]:
    edition = await desk.brief(now=NOW)
    titles = {a.id: a.latest.title.partition(" ")[0] for a in edition.articles}
    return [{titles[i] for i in b.story.article_ids} for b in edition.briefing.briefs]


async def test_why_shows_what_each_report_has_in_common_with_the_others() -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    text = await said(desk, "why ferry")
    assert "Why 2 reports are one story" in text
    assert "2 origins" in text
    for word in ("Ferry to Tern Island stops", "Heron", "1 is enough", "1 of 1 others"):
        assert word in text


async def test_why_of_a_single_report_says_so() -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    assert "the only report so far" in await said(desk, "why library")


async def test_a_split_is_remembered_and_a_merge_takes_it_back() -> None:
    desk = desk_of_three()
    assert sorted(map(len, await groups(desk))) == [1, 2]
    assert "Taken out, and remembered" in await said(desk, "split ferry: 2")
    assert sorted(map(len, await groups(desk))) == [1, 1, 1]
    numbers = [n for n, g in enumerate(await groups(desk), start=1) if g & {"Ferry", "Tern"}]
    assert "2 articles" in await said(desk, f"merge {numbers[0]}, {numbers[1]}")
    assert sorted(map(len, await groups(desk))) == [1, 2]


class Forgetful(FakeStories):
    async def followed_by_any(self) -> dict[str, datetime]:
        raise ArchiveError("The archive is locked.")


async def test_an_edition_comes_though_nobody_knows_what_is_followed() -> None:
    desk = desk_of_three()
    desk.tools = replace(desk.tools, stories=Forgetful())
    assert len(await groups(desk)) == 2


async def test_a_number_leads_to_most_of_a_story_that_was_split() -> None:
    third = FERRY.replace(
        b"Two hundred people cross each day.", b"The pier stays open for anglers."
    )
    documents = {"a.txt": FERRY, "b.txt": AGAIN, "c.txt": third.replace(b"stops", b"halts")}
    desk = a_desk(documents)
    desk.tools = replace(desk.tools, story_words=load_story_words(), stories=FakeStories())
    assert len(await groups(desk)) == 1
    assert len((await desk.find_story("1", now=NOW))[1].article_ids) == 3
    assert "Taken out, and remembered" in await said(desk, "split 1: 1")
    assert "Why 2 reports are one story" in await said(desk, "why 1")


async def test_why_knows_of_a_merge_before_the_next_edition() -> None:
    desk = desk_of_three()
    numbers = await groups(desk)
    school = next(n for n, group in enumerate(numbers, start=1) if group == {"School"})
    await said(desk, f"merge {school}, ferry")
    assert "Why 3 reports are one story" in await said(desk, f"why {school}")


async def test_a_timeline_tells_who_added_what_and_what_is_new_since_the_edition() -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    text = await said(desk, "timeline ferry")
    assert "First reported by" in text
    assert "Nothing is new since" in text
    documents = desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    documents.contents["again.txt"] = (
        AGAIN + b"\nDivers will inspect the rudder as well on Friday.\n"
    )
    await desk.read_sources(now=NOW + timedelta(hours=1))
    text = to_plain(await answer(desk, "timeline ferry", now=NOW + timedelta(hours=2)))
    assert "1 sentence" in text
    assert text.rstrip().endswith("Divers will inspect the rudder as well on Friday. again")


def revised(article: Article | None, *, revision: Revision) -> Article:
    assert article is not None
    return structs.replace(article, revisions=(*article.revisions, revision))


def killed(article: Article | None) -> Article:
    assert article is not None
    return structs.replace(article, withdrawn="killed")


async def test_a_timeline_tells_what_each_stored_revision_mended_took_out_and_added() -> None:
    desk = desk_of_three()
    desk.tools = replace(desk.tools, figure_words=load_figure_words())
    edition = await desk.brief(now=NOW)
    ferry = next(a for a in edition.articles if a.latest.title.startswith("Ferry"))
    second = ferry.latest.body.replace("Two hundred people", "Three hundred people")
    third = second.partition("Inspectors")[0] + second.partition("last week. ")[2]
    for hour, body in ((1, second), (2, f"{third} A tug will take islanders across at noon.")):
        at = NOW + timedelta(hours=hour)
        revision = Revision.of(ferry.id, hour + 1, ferry.latest.title, body, seen_at=at)
        await desk.tools.archive.revise({ferry.id: partial(revised, revision=revision)})
    later = NOW + timedelta(hours=3)
    found = await timeline(desk, "ferry", now=later)
    stored = next(a for a in found.articles if a.id == ferry.id)
    assert [revision.number for revision in stored.revisions] == [1, 2, 3]
    told = [(c.kind, c.at - NOW, c.before.words[:11]) for c in found.told.changes]
    assert ("corrected", HOUR, "Two hundred") in told
    assert any(kind == "removed" and at == 2 * HOUR for kind, at, _ in told)
    assert [p.words for p in found.new] == [
        "Three hundred people cross each day.",
        "A tug will take islanders across at noon.",
    ]
    since_second = await timeline(desk, "ferry", now=later, since=NOW + HOUR)
    assert [p.words for p in since_second.new] == ["A tug will take islanders across at noon."]
    as_of_second = await timeline(desk, "ferry", now=NOW + timedelta(minutes=90))
    assert [c.kind for c in as_of_second.told.changes] == ["corrected"]


async def test_a_timeline_names_who_withdrew_a_report_and_tells_nothing_of_it() -> None:
    desk = desk_of_three()
    edition = await desk.brief(now=NOW)
    again = next(a for a in edition.articles if a.latest.title.startswith("Tern"))
    await desk.tools.archive.revise({again.id: killed})
    found = await timeline(desk, "ferry", now=NOW + timedelta(hours=1))
    assert found.withdrawn == (again.outlet,)
    text = to_plain(await answer(desk, "timeline ferry", now=NOW + timedelta(hours=1)))
    assert f"Withdrawn since the edition by {again.outlet}." in text
    assert "four weeks" not in text


async def test_a_number_leads_to_the_story_as_it_is_by_now() -> None:
    desk = desk_of_three()
    numbers = await groups(desk)
    school = next(n for n, group in enumerate(numbers, start=1) if group == {"School"})
    assert "Sources (1 origin)" in await said(desk, f"story {school}")
    await said(desk, f"merge {school}, ferry")
    text = await said(desk, f"story {school}")
    assert "Sources (3 origins)" in text
    assert "How it came: " in text


async def test_a_story_is_followed_once() -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    assert "Followed from now on" in await said(desk, "follow library")
    assert "Followed already" in await said(desk, "follow library")


async def test_follow_alone_tells_what_is_new_in_each_followed_story_once() -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    await said(desk, "follow ferry")
    await said(desk, "follow library")
    assert (await said(desk, "follow")).count("Nothing is new since") == 2
    documents = desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    news = b"\nDivers will inspect the rudder as well on Friday.\n"
    documents.contents["again.txt"] = AGAIN + news
    await desk.read_sources(now=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    text = to_plain(await answer(desk, "follow", now=later))
    assert text.count("Divers will inspect") == 1
    assert text.count("Nothing is new since") == 1
    await desk.brief(now=later)
    assert "Divers" not in to_plain(await answer(desk, "follow", now=later))


def with_news(desk: Desk) -> None:
    documents = desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    documents.contents["school.txt"] = SCHOOL + b"\nThe mayor will read the first story aloud.\n"


async def first_and_last(desk: Desk, hours: int) -> tuple[Brief, Brief]:
    edition = await desk.brief(now=NOW + timedelta(hours=hours))
    first, last = edition.briefing.briefs
    return first, last


def is_of_school(brief: Brief) -> bool:
    return all(r.title and r.title.words.startswith("School") for r in brief.references)


async def test_a_followed_story_with_news_comes_first_and_says_so_once() -> None:
    desk = desk_of_three()
    first, last = await first_and_last(desk, 0)
    assert (is_of_school(first), is_of_school(last)) == (False, True)
    assert first.chosen_for.startswith("2 origins, ")
    await said(desk, "follow library")
    first, last = await first_and_last(desk, 1)
    assert is_of_school(last)
    assert last.chosen_for.startswith("followed, no news, 1 origin, ")
    with_news(desk)
    await desk.read_sources(now=NOW + timedelta(hours=2))
    why = to_plain(await answer(desk, "why library", now=NOW + timedelta(hours=2)))
    assert "followed, 1 new sentence, 1 origin, " in why
    first, _ = await first_and_last(desk, 3)
    assert is_of_school(first)
    assert first.chosen_for.startswith("followed, 1 new sentence, ")
    first, last = await first_and_last(desk, 4)
    assert is_of_school(last)
    assert last.chosen_for.startswith("followed, no news, ")


async def test_an_edition_says_why_each_story_is_in_it() -> None:
    desk = desk_of_three()
    text = await said(desk, "brief")
    assert text.count("Why it is here: ") == 2
    assert "Why it is here: 2 origins, under 1 h old" in text


async def test_a_story_that_is_followed_no_longer_stays_where_its_worth_puts_it() -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    await said(desk, "follow library")
    with_news(desk)
    assert "Followed no longer" in await said(desk, "unfollow library")
    assert "It was not followed" in await said(desk, "unfollow library")
    first, last = await first_and_last(desk, 1)
    assert len(first.story.article_ids) == 2
    assert "followed" not in last.chosen_for
    assert "You follow no story" in await said(desk, "follow")


async def test_a_followed_story_that_was_merged_is_told_as_what_it_became() -> None:
    desk = desk_of_three()
    placer = Placer(
        desk.tools.stories or FakeStories(),
        TraitsReader(desk.tools.weights, desk.tools.story_words),
        window=desk.window,
    )
    desk.tools = replace(desk.tools, placer=placer)
    await desk.brief(now=NOW)
    await said(desk, "follow library")
    await said(desk, "follow ferry")
    await said(desk, "merge library, ferry")
    text = await said(desk, "follow")
    assert text.count("Nothing is new since") == 1
    assert "no report" not in text


@pytest.mark.parametrize(
    ("line", "answered"),
    [
        ("why", "Which story?"),
        ("follow", "You follow no story yet"),
        ("timeline", "Which story?"),
        ("unfollow", "Which story?"),
        ("split ferry", "Write it like"),
        ("split ferry: 3", "from 1 to 2"),
        ("split ferry: 1, 2", "nothing of the story"),
        ("merge ferry", "Write it like"),
        ("merge ferry, islanders", "same story"),
        ("why submarine", "No story here"),
    ],
)
async def test_a_command_that_cannot_be_done_says_why(line: str, answered: str) -> None:
    desk = desk_of_three()
    await desk.brief(now=NOW)
    assert answered in await said(desk, line)


async def test_a_desk_without_an_archive_of_stories_says_so() -> None:
    desk = desk_of_three(remembers=False)
    await desk.brief(now=NOW)
    assert "no archive" in await said(desk, "follow library")


def test_corrections_apply_in_their_order_and_lose_nothing() -> None:
    split = StoryCorrection("split", ("b",), ("a", "c"), NOW)
    merge = StoryCorrection("merge", ("b",), ("d",), NOW)
    unknown = StoryCorrection("merge", ("x",), ("y",), NOW)
    assert corrected([["a", "b", "c"], ["d"]], [split, merge, unknown]) == [["d", "b"], ["a", "c"]]


def test_an_article_is_not_a_correction_of_itself() -> None:
    with pytest.raises(ValueError, match="both sides"):
        StoryCorrection("merge", ("a",), ("a", "b"), NOW)
