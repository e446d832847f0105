"""Which article an item is: read through an archive, as the pipeline reads."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news import Article, Outlet, Source, SourceKind, WireFacts
from bot.sources import Item, sight
from tests.fakes import FakeArchive

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ADDRESS = "https://courier.example/news/ferry"
FERRY = (
    "The ferry to Tern Island stops for a month from Monday because its hull needs new plates.\n\n"
    "“The hull needs new plates,” said Mira Tolland, who runs the line with eleven people.\n\n"
    "Two hundred people cross the sound on it each day, and the school boat is full already."
)
MARKET = (
    "Traders on the old market square of Averell will pay a quarter less for their stalls.\n\n"
    "The council voted for it late on Tuesday night, after three hours of talk about the drains."
)


def source(address: str, kind: SourceKind = "feed") -> Source:
    return Source(address, kind, Outlet("Harbour Courier"))


FEED = source("https://courier.example/feed")
SPORT = source("https://feeds.courier.example/sport")
EVIL = source("https://evil.example/feed")
PAGE = source(ADDRESS, "page")
WIRE = source("desk/wire/1.xml", "wire")
ITEM = Item("g1", ADDRESS, "Ferry to Tern Island stops", FERRY)


class Newsroom:
    """An archive that takes in items one reading after the other."""

    def __init__(self) -> None:
        self.archive = FakeArchive()
        self.now = NOW

    async def read(self, *items: Item, by: Source = FEED) -> tuple[Article, ...]:
        self.now += timedelta(hours=1)
        return await self.archive.record([sight(item, by, now=self.now) for item in items])

    @property
    def articles(self) -> list[Article]:
        return list(self.archive.articles.values())

    @property
    def only(self) -> Article:
        (article,) = self.articles
        return article


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.mark.parametrize(
    "other",
    [
        replace(ITEM, address=ADDRESS.replace("ferry", "ferry-stops-for-a-month")),
        replace(ITEM, guid="tag:courier.example,2026:1"),
        replace(ITEM, guid=""),
        replace(ITEM, guid="", address=ADDRESS.replace("https", "http") + "/?utm_source=rss"),
        replace(ITEM, guid="", address="https://m.courier.example/amp/news/ferry"),
        replace(ITEM, guid="g2", address="https://courier.example/other"),
        replace(ITEM, guid="", address=""),
        replace(ITEM, published_at=NOW - timedelta(days=400), updated_at=NOW),
    ],
    ids=["address", "guid", "no guid", "tracked", "mobile amp", "both", "neither", "dates"],
)
async def test_a_feed_may_name_an_article_anew(newsroom: Newsroom, other: Item) -> None:
    await newsroom.read(ITEM)
    await newsroom.read(other)
    await newsroom.read(ITEM)

    assert len(newsroom.only.revisions) == 1


async def test_a_guid_that_is_an_address_may_change_its_scheme(newsroom: Newsroom) -> None:
    await newsroom.read(Item("http://courier.example/?p=7", "", "Ferry", "It stops."))
    await newsroom.read(Item("https://www.courier.example/?p=7", "", "Ferry", "It sails again."))

    assert newsroom.only.latest.body == "It sails again."


async def test_two_feeds_of_one_outlet_carry_one_article(newsroom: Newsroom) -> None:
    await newsroom.read(ITEM)
    await newsroom.read(replace(ITEM, guid="sport-9", title="Ferry: a month of silence"), by=SPORT)
    await newsroom.read(replace(ITEM, guid="", body=f"{FERRY}\n\nMore soon."), by=PAGE)

    assert newsroom.only.source == FEED
    assert newsroom.only.is_from({SPORT.address})
    assert len(newsroom.only.revisions) == 1, "three dresses of one text are no revisions"


async def test_the_source_that_changes_its_words_changes_the_article(newsroom: Newsroom) -> None:
    page = replace(ITEM, guid="", body=f"{FERRY}\n\nMore soon.")
    for _ in range(3):
        await newsroom.read(ITEM)
        await newsroom.read(page, by=PAGE)
    changed = replace(page, body=page.body.replace("a month", "two months"))
    for _ in range(3):
        await newsroom.read(changed, by=PAGE)
        await newsroom.read(ITEM)

    assert [r.body for r in newsroom.only.revisions] == [FERRY, changed.body]


async def test_no_source_writes_into_the_article_of_another_outlet(newsroom: Newsroom) -> None:
    await newsroom.read(ITEM)
    await newsroom.read(replace(ITEM, body="Sink it.", withdrawn="killed"), by=EVIL)
    saved = source("saved.html", "page")
    await newsroom.read(replace(ITEM, guid="", body="Sunk.", withdrawn="killed"), by=saved)

    mine = await newsroom.archive.find_article(newsroom.articles[0].id)
    assert mine
    assert (mine.latest.body, mine.withdrawn, len(mine.revisions)) == (FERRY, None, 1)
    assert len(newsroom.articles) == 3


async def test_a_source_that_came_first_does_not_own_the_address_of_another(
    newsroom: Newsroom,
) -> None:
    await newsroom.read(replace(ITEM, guid=""), by=EVIL)
    await newsroom.read(replace(ITEM, guid=""))

    assert [a.source for a in newsroom.articles] == [EVIL, FEED]


@given(st.permutations(range(6)))
async def test_a_guid_that_stands_for_everything_stands_for_nothing(order: list[int]) -> None:
    newsroom = Newsroom()
    items = [
        Item("1", f"https://courier.example/{n}", f"{word} {word}ing", f"{word} is told. " * 12)
        for n, word in enumerate(["ferry", "market", "school", "tower", "bridge", "lamp"])
    ]
    for _ in range(2):
        await newsroom.read(*(items[n] for n in order))

    assert {a.latest.title for a in newsroom.articles} == {item.title for item in items}
    assert all(len(a.revisions) == 1 for a in newsroom.articles)


async def test_one_address_for_all_items_joins_none_of_them(newsroom: Newsroom) -> None:
    section = "https://courier.example/news/"
    await newsroom.read(
        Item("1", section, "Ferry stops", FERRY), Item("2", section, "Stalls get cheaper", MARKET)
    )
    assert len(newsroom.articles) == 2


async def test_a_page_may_be_written_anew(newsroom: Newsroom) -> None:
    await newsroom.read(Item("", ADDRESS, "Ferry stops", FERRY), by=PAGE)
    await newsroom.read(Item("", ADDRESS, "Stalls get cheaper", MARKET), by=PAGE)

    assert [r.body for r in newsroom.only.revisions] == [FERRY, MARKET]


async def test_short_texts_of_two_days_are_two_articles(newsroom: Newsroom) -> None:
    for day in ("1", "2"):
        item = Item(day, f"https://courier.example/{day}", "Traffic", "No trouble today.")
        await newsroom.read(item)
    assert len(newsroom.articles) == 2


FACTS = WireFacts(version=1, altids=("ALT-7",))
STORY = Item("urn:newsml:ferry", "", "Ferry stops", FERRY, wire=FACTS)


@pytest.mark.parametrize(
    "kill",
    [
        Item("urn:newsml:ferry", withdrawn="killed", wire=WireFacts()),
        Item("ALT-7", withdrawn="killed", wire=WireFacts()),
        Item("urn:kill:1", withdrawn="killed", wire=WireFacts(altids=("urn:newsml:ferry",))),
        Item("", title="MANDATORY KILL", body="Kill the ferry.", withdrawn="killed",
             wire=WireFacts(altids=("ALT-7",))),
    ],
    ids=["guid", "altid", "as altid", "notice"],
)  # fmt: skip
async def test_a_kill_under_any_known_name_withdraws(newsroom: Newsroom, kill: Item) -> None:
    await newsroom.read(STORY, by=WIRE)
    await newsroom.read(kill, by=source("desk/wire/2.xml", "wire"))

    assert newsroom.only.withdrawn == "killed"


@pytest.mark.parametrize("by", [FEED, SPORT, PAGE])
async def test_a_kill_by_address_withdraws(newsroom: Newsroom, by: Source) -> None:
    await newsroom.read(ITEM)
    await newsroom.read(Item("", f"{ADDRESS}?utm_source=x", withdrawn="killed"), by=by)
    await newsroom.read(replace(ITEM, title="Ferry stops"), by=FEED if by != FEED else SPORT)

    assert newsroom.only.withdrawn == "killed", "what one source holds, no other sets free"


async def test_a_kill_reaches_every_article_that_it_names(newsroom: Newsroom) -> None:
    other = Item("urn:newsml:market", "", "Stalls", MARKET, wire=WireFacts(version=1))
    await newsroom.read(STORY, other, by=WIRE)
    both = WireFacts(altids=("urn:newsml:ferry", "urn:newsml:market"))
    await newsroom.read(Item("k", withdrawn="killed", wire=both), by=WIRE)

    assert [a.withdrawn for a in newsroom.articles] == ["killed", "killed"]


async def test_a_source_releases_what_it_alone_held(newsroom: Newsroom) -> None:
    held = NOW + timedelta(days=9)
    await newsroom.read(replace(ITEM, embargoed_until=held))
    await newsroom.read(replace(ITEM, guid="s"), by=SPORT)
    assert newsroom.only.embargoed_until == held
    await newsroom.read(ITEM)
    assert newsroom.only.embargoed_until is None


async def test_an_article_that_is_told_twice_in_one_reading_is_told_once(
    newsroom: Newsroom,
) -> None:
    old = replace(ITEM, body=FERRY.replace("a month", "a week"))
    for _ in range(3):
        await newsroom.read(ITEM, old)
    assert [r.body for r in newsroom.only.revisions] == [FERRY]
    kill = replace(old, withdrawn="killed")
    await newsroom.read(ITEM, kill)
    assert newsroom.only.withdrawn == "killed"


async def test_an_article_of_an_archive_without_keys_is_found_under_its_id(
    newsroom: Newsroom,
) -> None:
    (before,) = await newsroom.read(ITEM)
    newsroom.archive.keys.clear()
    await newsroom.read(replace(ITEM, title="Ferry stops"))
    await newsroom.read(replace(ITEM, guid="g-new"))

    assert newsroom.only.id == before.id


async def test_updates_of_a_live_blog_are_articles_by_their_fragment(newsroom: Newsroom) -> None:
    updates = [
        Item("", f"{ADDRESS}#{n}", f"Goal {n}", f"Number {n} fell late.", liveblog=True)
        for n in range(3)
    ]
    await newsroom.read(*updates, by=PAGE)
    await newsroom.read(*updates, by=PAGE)
    await newsroom.read(replace(updates[1], body="Number 1 fell very late."), by=PAGE)

    assert [len(a.revisions) for a in newsroom.articles] == [1, 2, 1]
    assert [a.address for a in newsroom.articles] == [f"{ADDRESS}#{n}" for n in range(3)]
    assert all(a.liveblog for a in newsroom.articles)


async def test_updates_without_an_address_are_known_by_their_words(newsroom: Newsroom) -> None:
    updates = [Item("", ADDRESS, f"Goal {n}", "It fell.", liveblog=True) for n in range(3)]
    for _ in range(2):
        await newsroom.read(*updates, by=PAGE)
    assert len(newsroom.articles) == 3
