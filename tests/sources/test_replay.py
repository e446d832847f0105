"""A feed is read again and again while it misbehaves; only what its newsroom changed is kept."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news import Article, Outlet, Revision, Source, digest
from bot.sources import Item, revise, sight
from tests.fakes import FakeArchive

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
FEED = Source("https://courier.example/feed", "feed", Outlet("Harbour Courier"))
STORIES = 4
WORDS = [
    "ferry",
    "hull",
    "plate",
    "tug",
    "island",
    "sound",
    "harbour",
    "bridge",
    "school",
    "council",
    "vote",
    "stall",
    "market",
    "drain",
    "roof",
    "tower",
    "lamp",
    "quay",
    "winter",
    "storm",
    "crew",
    "ticket",
    "crown",
    "budget",
    "judge",
    "clerk",
    "mill",
    "river",
    "dam",
]
ADDRESSES = (
    "https://courier.example/news/{n}",
    "http://courier.example/news/{n}",
    "https://www.courier.example/news/{n}/?utm_source=rss&utm_medium=feed",
    "https://m.courier.example/news/{n}",
    "https://courier.example/amp/news/{n}",
    "https://courier.example/news/{n}/index.html#latest",
)
GUIDS = ("{n}", "tag:courier.example,2026:{n}", "https://courier.example/?p={n}", "", "one")
"""The last stands for every item."""


@dataclass(frozen=True)
class Poll:
    """How the feed is at one reading: who edits what, and what it does to all items."""

    edits: dict[int, int]
    order: tuple[int, ...]
    address: str
    guid: str
    cut: frozenset[int]
    marked: bool
    bumped: bool
    hours: int


polls = st.builds(
    Poll,
    edits=st.dictionaries(st.integers(0, STORIES - 1), st.integers(0, 2), max_size=2),
    order=st.permutations(range(STORIES)).map(tuple),
    address=st.sampled_from(ADDRESSES),
    guid=st.sampled_from(GUIDS),
    cut=st.frozensets(st.integers(0, STORIES - 1)),
    marked=st.booleans(),
    bumped=st.booleans(),
    hours=st.integers(-48, 48),
)


def text_of(story: int, version: int) -> str:
    """Return sixty words that are this story's own, and say which version it is."""
    own = [f"{word}{story}" for word in WORDS]
    body = " ".join(own) + f".\n\nIt cost {version + 10} crowns.\n\n" + " ".join(reversed(own))
    return f"{body} at {['once', 'last', 'twice'][version]}."


def item_of(story: int, version: int, poll: Poll, reading: int) -> Item:
    whole = text_of(story, version)
    cut = story in poll.cut
    return Item(
        poll.guid.format(n=story),
        poll.address.format(n=story),
        f"Headline of story {WORDS[story]}",
        whole[: len(whole) // 3] + "…" if cut else whole,
        updated_at=NOW + timedelta(days=reading) if poll.bumped else None,
        teaser=cut and poll.marked,
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(polls, min_size=1, max_size=8))
async def test_only_edits_become_revisions_and_no_article_is_split_or_joined(
    readings: list[Poll],
) -> None:
    archive = FakeArchive()
    versions = dict.fromkeys(range(STORIES), 0)
    told: dict[int, list[str]] = {n: [] for n in range(STORIES)}
    now = NOW
    for reading, poll in enumerate(readings):
        first = reading == 0
        poll = replace(poll, cut=frozenset(), edits={}) if first else poll  # noqa: PLW2901
        versions |= {n: v for n, v in poll.edits.items() if n not in poll.cut}
        now += timedelta(hours=poll.hours)  # our own clock goes back, too
        items = [item_of(n, versions[n], poll, reading) for n in poll.order]
        await archive.record([sight(item, FEED, now=now) for item in items])
        for n in set(range(STORIES)) - poll.cut:
            if told[n][-1:] != [text_of(n, versions[n])]:
                told[n].append(text_of(n, versions[n]))

    found = sorted([r.body for r in a.revisions] for a in archive.articles.values())
    assert found == sorted(told.values())
    for article in archive.articles.values():
        check_chain(article)


def check_chain(article: Article) -> None:
    assert [r.number for r in article.revisions] == list(range(1, len(article.revisions) + 1))
    assert all(r.body_sha256 == digest(r.body) for r in article.revisions)


BASE = Item("g", "https://courier.example/1", "Ferry stops", text_of(0, 0))


def told_by(*items: Item, hours: tuple[int, ...] = ()) -> Article:
    article = revise(None, items[0], FEED, now=NOW)
    for place, item in enumerate(items[1:]):
        after = timedelta(hours=hours[place] if hours else place + 1)
        article = revise(article, item, FEED, now=NOW + after)
    return article


def bodies(article: Article) -> list[str]:
    return [r.body for r in article.revisions]


def test_a_teaser_of_a_stored_text_is_no_revision_whatever_it_says() -> None:
    for teaser in (BASE.body[:90] + "…", "A month without a boat: what islanders say.", ""):
        cut = replace(BASE, body=teaser, teaser=True)
        assert bodies(told_by(BASE, cut, BASE, cut)) == [BASE.body]


def test_a_new_headline_over_a_teaser_is_a_revision_with_the_stored_text() -> None:
    cut = replace(BASE, title="Ferry stops for good", body=BASE.body[:90], teaser=True)
    article = told_by(BASE, cut, cut)
    assert [(r.title, r.body) for r in article.revisions] == [
        (BASE.title, BASE.body),
        (cut.title, BASE.body),
    ]


def test_a_teaser_that_becomes_whole_is_a_revision() -> None:
    cut = replace(BASE, body=BASE.body[:90] + "…", teaser=True)
    assert bodies(told_by(cut, BASE, cut, BASE)) == [cut.body, BASE.body]


def test_a_text_that_loses_its_end_is_edited_if_it_keeps_most_of_it() -> None:
    paragraphs = BASE.body.split("\n\n")
    shorter = replace(BASE, body="\n\n".join((*paragraphs[:2], paragraphs[2][:150])))
    assert bodies(told_by(BASE, shorter)) == [BASE.body, shorter.body]


def test_a_short_notice_in_place_of_the_text_is_a_revision() -> None:
    gone = replace(BASE, body="This article has been retracted.", teaser=True)
    article = revise(told_by(BASE), gone, FEED, now=NOW, is_notice=lambda text: "retracted" in text)
    assert bodies(article) == [BASE.body, gone.body]


def test_a_rewrite_in_few_words_is_a_revision_unless_it_calls_itself_a_teaser() -> None:
    brief = replace(BASE, body="The ferry sails again, the line said, and that is all there is.")
    assert bodies(told_by(BASE, brief)) == [BASE.body, brief.body]


def test_what_a_source_with_a_wrong_clock_newly_writes_is_kept() -> None:
    dated = replace(BASE, updated_at=NOW)
    behind = replace(BASE, body=text_of(0, 1), updated_at=NOW - timedelta(hours=5))
    assert bodies(told_by(dated, behind, dated)) == [dated.body, behind.body, dated.body]
    assert bodies(told_by(dated, behind, behind)) == [dated.body, behind.body]


def test_an_old_copy_with_new_words_does_not_release_what_is_held() -> None:
    held = replace(BASE, updated_at=NOW, withdrawn="withheld")
    behind = replace(BASE, body=text_of(0, 1), updated_at=NOW - timedelta(hours=5))
    assert told_by(held, behind).withdrawn == "withheld"


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-99, 99)), min_size=1, max_size=9))
def test_edits_reversals_and_edits_again_are_a_chain_on_any_clock(
    steps: list[tuple[int, int]],
) -> None:
    items = [replace(BASE, body=text_of(0, version)) for version, _ in steps]
    article = told_by(*items, hours=tuple(hour for _, hour in steps[1:]))
    expected = [items[0].body]
    expected += [b.body for a, b in pairwise(items) if a.body != b.body]
    assert bodies(article) == expected
    check_chain(article)


def test_cosmetic_changes_are_revisions_with_hashes_of_their_own() -> None:
    article = told_by(BASE, replace(BASE, body=BASE.body.replace(".", " .")))
    assert len({r.body_sha256 for r in article.revisions}) == 2
    assert all(isinstance(r, Revision) for r in article.revisions)
