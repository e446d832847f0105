"""Articles find their stories as they arrive; ids that were given out stay valid."""

import json
from datetime import timedelta
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.cli.lab import lab
from bot.language import load_story_words, load_weights
from bot.stories import Grouper, Traits, TraitsReader
from bot.stories.days import days_named
from bot.stories.kinship import Kinship
from bot.stories.live import LiveStory
from tests.builders import NOON
from tests.stories.test_events import read_reports

READER = TraitsReader(load_weights(), load_story_words())
REPORTS = read_reports()[:40]


def traits(number: int) -> Traits:
    _, _, title, text = REPORTS[number]
    return READER.read_text(title, text, NOON + timedelta(hours=number))


def test_the_first_article_starts_a_story_and_the_second_joins_it() -> None:
    same = [n for n, report in enumerate(REPORTS) if report[0] == REPORTS[0][0]][:2]
    grouper = Grouper()
    changes = [change for n in same for change in grouper.add(f"a{n}", traits(n))]
    assert [change.kind for change in changes] == ["start", "join"]
    assert changes[1].nearness >= 1
    assert grouper.story_of(f"a{same[1]}") == f"sa{same[0]}"


def test_an_article_that_comes_again_unchanged_changes_nothing() -> None:
    grouper = Grouper()
    grouper.add("a0", traits(0))
    assert grouper.add("a0", traits(0)) == ()


def test_an_article_that_was_rewritten_moves_and_its_old_id_leads_on() -> None:
    other = next(n for n, report in enumerate(REPORTS) if report[0] != REPORTS[0][0])
    grouper = Grouper()
    grouper.add("a0", traits(0))
    grouper.add("moving", traits(other))
    before = grouper.story_of("moving")
    changes = grouper.add("moving", traits(1))
    assert grouper.story_of("moving") == grouper.story_of("a0")
    assert grouper.current(before) == grouper.story_of("a0")
    assert [change.kind for change in changes] == ["join", "merge"]


def test_what_is_forgotten_takes_no_new_members() -> None:
    grouper = Grouper()
    grouper.add("a0", traits(0))
    assert grouper.forget(traits(0).moment + 1) == ("a0",)
    grouper.add("a1", traits(1))
    assert grouper.groups() == {"sa1": ("a1",)}


def test_the_same_event_a_window_later_needs_more_in_common() -> None:
    title, text = REPORTS[0][2:]
    late = READER.read_text(title, text, NOON + timedelta(days=30))
    for window_days, stories in ((4.0, 2), (None, 1)):
        grouper = Grouper(window_days=window_days)
        grouper.add("a0", traits(0))
        grouper.add("late", late)
        assert len(grouper.groups()) == stories


ARRIVALS = st.lists(st.integers(0, len(REPORTS) - 1), max_size=30)


@settings(max_examples=40, deadline=None)
@given(ARRIVALS, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_every_id_given_out_leads_to_a_story(
    numbers: list[int], random: Random
) -> None:
    grouper, given_out = Grouper(), set[str]()
    for number in numbers:
        article_id = f"a{random.randrange(12)}"  # some come again, rewritten
        grouper.add(article_id, traits(number))
        given_out |= set(grouper.groups())
        members = [i for ids in grouper.groups().values() for i in ids]
        assert len(members) == len(set(members))
        assert all(grouper.story_of(i) in grouper.groups() for i in members)
        assert {grouper.current(story_id) for story_id in given_out} <= set(grouper.groups())


def test_days_are_found_as_people_write_them() -> None:
    wednesday, words = NOON.date(), load_story_words()
    found = {
        text: [day - wednesday.toordinal() for day in sorted(days_named(text, wednesday, words))]
        for text in (
            "on Tuesday",
            "Wednesday",
            "yesterday",
            "on March 1st",
            "3 March 2026",
            "Jan. 4",
            "on 1 March",
            "31 June, in May, he sat in the sun",
        )
    }
    assert list(found.values()) == [[-1], [0], [-1], [-3], [-1], [-59], [-3], []]


def test_lab_group_answers_in_the_order_of_its_lines() -> None:
    lines = [
        {"id": f"a{n}", "title": title, "body": text, "date": day, "source": "", "url": ""}
        for n, (_, day, title, text) in enumerate(REPORTS[:4])
    ]
    given_lines = "\n".join(map(json.dumps, lines))
    result = CliRunner().invoke(lab, ["group", "--window-days", "none"], input=given_lines)
    answered = [json.loads(line) for line in result.output.splitlines()]
    assert [one["id"] for one in answered] == ["a0", "a1", "a2", "a3"]
    same = [REPORTS[n][0] == REPORTS[0][0] for n in range(4)]
    assert [one["cluster"] == answered[0]["cluster"] for one in answered] == same


def test_lab_group_names_a_line_that_it_cannot_take() -> None:
    result = CliRunner().invoke(lab, ["group"], input='{"id":"a","title":"b","date":"soon"}\n')
    assert result.exit_code == 2
    assert "line 1: The date 'soon' is not ISO 8601." in result.stderr
    result = CliRunner().invoke(lab, ["group", "--window-days", "0"], input="")
    assert result.exit_code == 2
    assert "above 0" in result.stderr


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 39), unique=True, min_size=2, max_size=8), st.data())
def test_an_article_that_is_taken_out_of_a_story_leaves_no_trace(
    numbers: list[int], data: st.DataObject
) -> None:
    kinds = st.lists(st.sampled_from(["report", "headline"]), min_size=8, max_size=8)
    drawn = zip(numbers, data.draw(kinds), strict=False)
    members = {number: replace(traits(number), kind=kind) for number, kind in drawn}
    out = data.draw(st.sampled_from(numbers))
    story, others = LiveStory("s1"), LiveStory("s1")
    for number, one in members.items():
        story.add(f"a{number}", one)
        if number != out:
            others.add(f"a{number}", one)
    assert story.remove(f"a{out}") == members[out]
    assert story.sums == pytest.approx(others.sums)
    assert (story.counted, story.of_headlines, story.dated) == (
        others.counted,
        others.of_headlines,
        others.dated,
    )
    for one in members.values():
        near = [Kinship(4).of_article(one, each) for each in (story, others)]
        assert near[0] == pytest.approx(near[1])
        assert story.agreeing(one.days) == others.agreeing(one.days)
