"""An edition tells what its readers were not told: nothing twice as new, and nothing lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.news import Article, Origin, Revision, Story
from bot.text import sentences
from bot.updates import Told, choose_news, update_of
from tests.builders import NOON, an_article
from tests.laws.desks import a_desk

TOOLS = a_desk({}).tools
HOUR = timedelta(hours=1)
NOW = NOON + 12 * HOUR
FACTS = (
    "The ferry to Tern Island stops for repairs on Monday.",
    "Divers searched the harbour basin through the night.",
    "A school in Ostervik opens its new library in October.",
    "Farmers count eleven lost sheep after the storm.",
    "The council votes on bridge tolls next spring.",
    "Astronomers photographed a comet above the lighthouse.",
    "Nurses at the clinic accepted the wage offer.",
    "An orchestra cancelled its winter concerts abroad.",
)
"""Sentences of which no two share their words, so that each is either known or new."""
hours = st.integers(0, 10).map(lambda n: NOON + n * HOUR)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, ...]:
    """Return articles that were seen, and changed, at some hours."""
    return tuple(draw(an_article_of(f"a{n}")) for n in range(draw(st.integers(1, 4))))


@st.composite
def an_article_of(draw: st.DrawFn, article_id: str) -> Article:
    seen = sorted(draw(st.lists(hours, min_size=1, max_size=3, unique=True)))
    revisions = [
        Revision.of(article_id, n, "", " ".join(draw(facts)), seen_at=at)
        for n, at in enumerate(seen, start=1)
    ]
    article = an_article(article_id, *revisions)
    return replace(article, embargoed_until=draw(st.none() | hours.map(lambda at: at - HOUR)))


facts = st.lists(st.sampled_from(FACTS), min_size=1, max_size=4, unique=True)


def said(revisions: Sequence[Revision]) -> set[str]:
    return {r.body[a:b] for r in revisions for a, b in sentences(r.body, 0, len(r.body))}


def known_of(told: Told, found: Sequence[Article]) -> set[str]:
    return said([r for a in found if a.id in told for r in a.revisions if r.seen_at <= told[a.id]])


def a_story(found: Sequence[Article]) -> Story:
    return Story("s1", tuple(Origin((article.id,)) for article in found))


def new_of(found: Sequence[Article], told: Told, now: datetime = NOW) -> list[str]:
    by_id = {article.id: article for article in found}
    update = update_of(a_story(found), by_id, told, TOOLS, now=now)
    return [p.words for p in update.new] if update else []


@given(articles(), st.dictionaries(st.sampled_from(["a0", "a1", "a2", "a3"]), hours, min_size=1))
def test_what_readers_do_not_know_is_new_once_and_what_they_know_never(
    found: tuple[Article, ...], told: Told
) -> None:
    told = {i: at for i, at in told.items() if i in {a.id for a in found}} or {"a0": NOON}
    new = new_of(found, told)
    known = known_of(told, found)
    assert len(new) == len({*new}), "nothing twice"
    assert {*new} == said([r for a in found for r in a.revisions]) - known, "nothing lost"


@given(articles(), st.lists(hours, min_size=1, max_size=4))
def test_edition_after_edition_tells_each_sentence_once(
    found: tuple[Article, ...], editions: list[datetime]
) -> None:
    """Whatever comes between: a text that is held tells nothing until it may be printed."""
    told: dict[str, datetime] = {}
    heard: list[str] = []
    for now in [*sorted(editions), NOW]:
        seen = [a for a in found if a.revisions[0].seen_at <= now and not a.is_held(now)]
        if not seen:
            continue
        heard += new_of(seen, told, now) if told else said_by(seen, now)
        told |= {article.id: now for article in seen}
        assert new_of(seen, told, now) == [], "told a moment ago"
    assert sorted(heard) == sorted({*heard}), "nothing twice"
    assert {*heard} == said([r for a in found for r in a.revisions]), "nothing lost"


def said_by(seen: Sequence[Article], now: datetime) -> list[str]:
    return sorted(said([r for a in seen for r in a.revisions if r.seen_at <= now]))


def test_a_report_that_was_held_when_its_story_was_told_is_new() -> None:
    one, other = (an_article(f"a{n}", title="", body=FACTS[n]) for n in (0, 1))
    assert new_of([one, other], {"a0": NOON + HOUR}) == [FACTS[1]]
    assert new_of([one, other], {"a0": NOON + HOUR, "a1": NOON + HOUR}) == []


def test_stories_without_news_leave_their_place_to_others() -> None:
    found = {f"a{n}": an_article(f"a{n}", title="", body=FACTS[n]) for n in range(4)}
    stories = [Story(f"s{n}", (Origin((f"a{n}",)),)) for n in range(4)]
    told = dict.fromkeys(["a0", "a2"], NOON)
    choice = choose_news(stories, found, told, TOOLS, at_most=2, now=NOW)
    assert [story.id for story in choice.stories] == ["s1", "s3"]
    assert (choice.repeats, choice.updates) == (2, {})
