from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.delivery.compact import MAX_COMPONENTS, MAX_UNITS
from bot.delivery.parting import message_of, posts_of_edition
from bot.news import Dossier, Post
from tests.builders import a_schedule
from tests.long_editions import a_long_edition

NOON = datetime(2026, 9, 17, 12, tzinfo=UTC)


def without(dossier: Dossier, gone: set[str]) -> Dossier:
    """Return the edition as it is shown once these stories are withdrawn."""
    edition = dossier.briefing
    left = tuple(brief for brief in edition.briefs if brief.story.id not in gone)
    coverage = replace(edition.coverage, held=len(gone))
    return replace(dossier, briefing=replace(edition, briefs=left, coverage=coverage))


def posts_of(dossier: Dossier) -> tuple[Post, ...]:
    return posts_of_edition("s1@20260917T120000Z", a_schedule(), dossier, UTC)


def told(post: Post, dossier: Dossier) -> list[int]:
    """Return the numbers of the stories that the post's message tells, as its buttons say them."""
    message = message_of(post, dossier, UTC)
    assert message
    assert message.units <= MAX_UNITS
    assert message.components <= MAX_COMPONENTS
    return [stretch.story for stretch in message.stretches if stretch.story]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_story_withdrawn_between_two_messages_moves_no_other_story(data: st.DataObject) -> None:
    stories = data.draw(st.integers(2, 6))
    dossier = a_long_edition(stories)
    posts = posts_of(dossier)
    assert len(posts) > 1
    gone: set[str] = set()
    seen: list[int] = []
    for post in posts:
        numbers = told(post, without(dossier, gone))
        assert numbers == [n for n in told(post, dossier) if f"s{n - 1}" not in gone]
        seen += numbers
        gone |= data.draw(st.sets(st.sampled_from([f"s{n}" for n in range(stories)])))
    assert seen == sorted(set(seen)), "no story twice, and in order"


def test_every_message_of_a_late_edition_says_that_it_is_late() -> None:
    made = a_long_edition(3)
    late = replace(
        made.briefing, due_at=made.briefing.made_at - timedelta(hours=2), late="the bot was away"
    )
    dossier = replace(made, briefing=late)
    line = "Due 4 Mar, 10:00, made 4 Mar, 12:00: late because the bot was away."
    for post in posts_of(dossier):
        message = message_of(post, dossier, UTC)
        assert message
        assert line in "".join(s.text for s in message.stretches).replace("\\", "")
        on_time = message_of(post, made, UTC)
        assert on_time
        assert "late" not in "".join(s.text for s in on_time.stretches)


def test_the_buttons_of_what_is_left_lead_to_the_stories_as_they_are_stored() -> None:
    dossier = a_long_edition(2)
    _, second = posts_of(dossier)

    assert told(second, without(dossier, {"s0"})) == [2]


def test_a_post_stored_before_stories_were_kept_tells_what_its_number_gives() -> None:
    dossier = a_long_edition(3)
    old = Post("s1@20260917T120000Z/2", 1, "b1", 1)

    assert message_of(old, dossier, UTC) == message_of(posts_of(dossier)[1], dossier, UTC)
    assert message_of(replace(old, key="s1@20260917T120000Z/9"), dossier, UTC) is None
