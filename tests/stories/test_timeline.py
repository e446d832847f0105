"""The timeline of a story: who was first, what is new, what was corrected."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.language import load_figure_words, load_weights
from bot.news import Article
from bot.stories.timeline import new_since, tell_timeline
from tests.builders import NOON, a_revision, an_article

WEIGHTS = load_weights()
LATER = NOON + timedelta(days=1)
SENTENCES = (
    "The ferry struck the North Mole in thick fog on Tuesday.",
    "Divers found a crack of two metres in the forward hull.",
    "The harbour master closed the entrance to all large ships.",
    "A nurse carried three children down the iron ladder.",
    "The inspectors will read the voyage recorder on Friday.",
)


def article(article_id: str, *texts: str, hour: float = 0, outlet: str = "A") -> Article:
    """Return an article with a revision of each text, an hour apart."""
    revisions = [
        a_revision(article_id, n, title="", body=text, seen_at=NOON + timedelta(hours=hour + n - 1))
        for n, text in enumerate(texts, start=1)
    ]
    at = NOON + timedelta(hours=hour)
    return an_article(article_id, *revisions, outlet=outlet, published_at=at)


def test_a_timeline_names_the_first_report_and_what_each_added() -> None:
    first = article("a1", SENTENCES[0], outlet="Harbour Courier")
    second = article("a2", f"{SENTENCES[0]} {SENTENCES[1]}", hour=1, outlet="Coast Monitor")
    told = tell_timeline([second, first], WEIGHTS, now=LATER)
    assert (told.first_seen, told.first_reported_by) == (NOON, "Harbour Courier")
    assert [(d.outlet, [s.words for s in d.sentences]) for d in told.developments] == [
        ("Harbour Courier", [SENTENCES[0]]),
        ("Coast Monitor", [SENTENCES[1]]),
    ]


def test_what_is_new_since_a_moment_is_what_nobody_said_before_it() -> None:
    first = article("a1", f"{SENTENCES[0]} {SENTENCES[2]}")
    second = article("a2", f"{SENTENCES[2]} {SENTENCES[3]}", hour=3)
    told = tell_timeline([first, second], WEIGHTS, now=LATER)
    assert [s.words for s in new_since(told, NOON + timedelta(hours=1))] == [SENTENCES[3]]


def test_the_same_sentence_with_another_number_is_new() -> None:
    first = article("a1", "The fire in the old market hall killed 12 people on Monday.")
    second = article("a2", "The fire in the old market hall killed 15 people on Monday.", hour=1)
    told = tell_timeline([first, second], WEIGHTS, now=LATER)
    assert len(told.developments) == 2


def test_a_reworded_sentence_is_corrected_and_a_lost_one_removed() -> None:
    before = f"The repair of the mole will cost 4.2 million crowns a year. {SENTENCES[3]}"
    after = "The repair of the mole will cost 2.4 million crowns a year."
    told = tell_timeline([article("a1", before, after)], WEIGHTS, now=LATER)
    found = [(c.kind, c.before.words[:10], bool(c.after)) for c in told.changes]
    assert found == [("corrected", "The repair", True), ("removed", "A nurse ca", False)]


def test_what_was_seen_later_than_now_is_not_told() -> None:
    story = [article("a1", SENTENCES[0]), article("a2", SENTENCES[1], hour=5)]
    told = tell_timeline(story, WEIGHTS, now=NOON + timedelta(hours=1))
    assert [s.words for d in told.developments for s in d.sentences] == [SENTENCES[0]]
    with pytest.raises(ValueError, match="Nothing"):
        tell_timeline(story, WEIGHTS, now=NOON - timedelta(hours=1))


def test_a_number_in_words_is_a_number() -> None:
    first = article("a1", "The fire in the old market hall killed twelve people on Monday.")
    second = article(
        "a2", "The fire in the old market hall killed fifteen people on Monday.", hour=1
    )
    counting = load_figure_words().counting
    told = tell_timeline([first, second], WEIGHTS, now=LATER, counting=counting)
    assert len(told.developments) == 2


def test_of_a_withdrawn_report_nothing_is_told() -> None:
    first = article("a1", SENTENCES[0], SENTENCES[1])
    second = replace(article("a2", SENTENCES[2], SENTENCES[3], hour=1), withdrawn="killed")
    told = tell_timeline([first, second], WEIGHTS, now=LATER)
    assert told.withdrawn == ("a2",)
    assert {d.article_id for d in told.developments} == {"a1"}
    assert {c.before.span.article_id for c in told.changes} == {"a1"}


stories = st.lists(
    st.tuples(
        st.lists(
            st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=3
        ),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda made: [
        article(f"a{i}", *(" ".join(text) for text in texts), hour=hour)
        for i, (texts, hour) in enumerate(made)
    ]
)


@given(stories)
def test_a_sentence_is_new_only_once(story: list[Article]) -> None:
    told = tell_timeline(story, WEIGHTS, now=LATER)
    said = Counter(s.words for d in told.developments for s in d.sentences)
    everything = {w for a in story for r in a.revisions for w in SENTENCES if w in r.body}
    assert set(said) == everything
    assert set(said.values()) == {1}


@given(stories, st.randoms())
def test_the_order_of_the_articles_makes_no_difference(story: list[Article], dice: Random) -> None:
    shuffled = list(story)
    dice.shuffle(shuffled)
    assert tell_timeline(shuffled, WEIGHTS, now=LATER) == tell_timeline(story, WEIGHTS, now=LATER)
