"""A handover tells each new sentence in exactly one part, and nothing that was known as new."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_weights
from bot.news import Article, Passage, Revision
from bot.stories import HandoverReader, hand_over
from bot.updates import known_at
from bot.writing import is_unconfirmed
from tests.builders import NOON, an_article

HOUR = timedelta(hours=1)
NOW = NOON + 12 * HOUR
WEIGHTS = load_weights()
SENTENCES = (
    "The ferry to Tern Island stops for repairs on Monday.",
    "The ferry to Tern Island stops for repairs on Friday.",
    "Divers searched the harbour basin through the night.",
    "It is not known how many sailors were on board.",
    "The number of injured passengers is unclear.",
    "Farmers count eleven lost sheep after the storm.",
    "The council votes on bridge tolls next spring.",
    "An orchestra cancelled its winter concerts abroad.",
)


def reader_of(articles: Iterable[Article], since: datetime) -> HandoverReader:
    return HandoverReader(WEIGHTS, is_unconfirmed, known_at(articles, since), since, NOW)


def words_of(passages: Iterable[Passage]) -> set[tuple[str, str]]:
    return {(p.span.article_id, p.words) for p in passages}


hours = st.integers(0, 11).map(lambda n: NOON + n * HOUR)
bodies = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True).map(" ".join)


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[str, list[Article]]]:
    """Return stories of reports that were seen, and changed, at some hours."""
    found = []
    for story in range(draw(st.integers(1, 3))):
        members = []
        for member in range(draw(st.integers(1, 3))):
            article_id = f"a{story}{member}"
            seen = sorted(draw(st.lists(hours, min_size=1, max_size=3, unique=True)))
            revisions = [
                Revision.of(article_id, n, f"Title {n}", draw(bodies), seen_at=at)
                for n, at in enumerate(seen, start=1)
            ]
            members.append(an_article(article_id, *revisions))
        found.append((f"s{story}", members))
    return found


@given(stories(), hours)
def test_each_new_sentence_is_in_one_part_and_no_known_one_is_news(
    told: list[tuple[str, list[Article]]], since: datetime
) -> None:
    articles = [article for _, members in told for article in members]
    reader = reader_of(articles, since)
    found = hand_over(told, reader)

    fresh = [p for _, members in told for p in reader.news(members)]
    news = [p for story in (*found.new, *found.changed) for p in story.sentences]
    mended = [p for m in found.corrected for p in (m.before, m.after) if p]
    told_now = [*news, *found.unconfirmed]
    places = [p.span for p in told_now]

    assert len(places) == len({*places}), "in one part, once"
    assert words_of(mended).isdisjoint(words_of(told_now))
    assert words_of(fresh) <= words_of(told_now) | words_of(mended), "nothing new is lost"
    assert {p.span for p in news} <= {p.span for p in fresh}, "nothing known is news"
    assert not any(is_unconfirmed(p.words) for p in news)
    assert all(m.at > since for m in found.corrected)


@given(stories(), hours)
def test_a_story_is_new_or_changed_or_neither(
    told: list[tuple[str, list[Article]]], since: datetime
) -> None:
    articles = {article.id: article for _, members in told for article in members}
    found = hand_over(told, reader_of(articles.values(), since))
    began = {i: min(a.revisions[0].seen_at for a in members) for i, members in told}
    new, changed = ({s.story_id for s in part} for part in (found.new, found.changed))
    assert new.isdisjoint(changed)
    assert all(began[i] > since for i in new)
    assert all(began[i] <= since for i in changed)


@given(stories())
def test_who_has_seen_all_of_it_is_handed_no_news(told: list[tuple[str, list[Article]]]) -> None:
    articles = [article for _, members in told for article in members]
    found = hand_over(told, reader_of(articles, NOW))
    assert (found.new, found.changed, found.corrected) == ([], [], [])
    assert found.quiet == len(told)


def test_what_is_mended_is_no_news_and_a_doubt_that_went_is_open_no_more() -> None:
    first = Revision.of("a1", 1, "Ferry", f"{SENTENCES[0]} {SENTENCES[3]}", seen_at=NOON)
    second = Revision.of("a1", 2, "Ferry", f"{SENTENCES[1]} {SENTENCES[5]}", seen_at=NOW)
    article = an_article("a1", first, second)
    found = hand_over([("s1", [article])], reader_of([article], NOON))
    ((kind, before, after), gone) = [
        (m.kind, m.before.words, m.after.words if m.after else "") for m in found.corrected
    ]
    assert (kind, before, after) == ("corrected", SENTENCES[0], SENTENCES[1])
    assert gone == ("removed", SENTENCES[3], "")
    (story,) = found.changed
    assert [p.words for p in story.sentences] == [SENTENCES[5]]
    assert found.unconfirmed == []


def test_an_old_doubt_that_still_stands_is_still_told() -> None:
    article = an_article("a1", title="Ferry", body=f"{SENTENCES[0]} {SENTENCES[3]}")
    found = hand_over([("s1", [article])], reader_of([article], NOW))
    assert [p.words for p in found.unconfirmed] == [SENTENCES[3]]
    assert found.quiet == 1
