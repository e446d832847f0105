"""What adding a source promises, on the fake list and on SQLite."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.delivery.plain import to_plain
from bot.errors import FetchError, SourceError, SubscriptionError
from bot.news import PollState, Subscription
from bot.ports import Document
from bot.source_desk import Added, SourceDesk, add
from bot.source_desk.adding import Which
from bot.source_desk.cards import added_card
from tests.fakes import FakeRobots
from tests.source_desk.desks import (
    FEED,
    NOW,
    OTHER,
    SITE,
    STORY,
    a_feed,
    a_page,
    an_article_page,
    an_item,
    links_to,
)

Served = Callable[..., SourceDesk]


def wanted(address: str, **more: object) -> Subscription:
    return Subscription(address, NOW, **more)  # type: ignore[arg-type]


async def added(desk: SourceDesk, address: str, which: Which = "best") -> Added:
    return await add(desk, wanted(address), which, now=NOW)


async def addresses(desk: SourceDesk) -> list[str]:
    return [one.address for one in await desk.subscriptions.subscriptions()]


async def test_a_feed_is_added_as_it_was_described_and_it_is_said_what_it_is(
    served: Served,
) -> None:
    desk = served({FEED: a_feed(an_item(), an_item("Another", link=OTHER))})
    new = wanted(FEED, outlet="Courier", publisher="Press", folder="Coast", urgent=True)
    came = await add(desk, new, "best", now=NOW)

    assert await desk.subscriptions.subscriptions() == (new,)
    assert to_plain(added_card(came)) == (
        f"Added Courier ({FEED}): RSS 2.0, “Harbour Courier”, 2 items.\n"
    )


async def test_of_a_front_page_the_best_feed_is_added_and_the_others_are_named(
    served: Served,
) -> None:
    front = a_page(links_to(FEED, OTHER))
    desk = served({SITE: front, FEED: a_feed(an_item()), OTHER: a_feed(an_item())})
    came = await added(desk, SITE)
    said = to_plain(added_card(came))

    assert await addresses(desk) == [FEED]
    assert came.from_page == SITE
    assert [feed.address for feed in came.others] == [OTHER]
    assert "--all adds all of them" in said
    assert OTHER in said


async def test_all_feeds_of_a_front_page_are_added_and_those_that_fail_are_named(
    served: Served,
) -> None:
    gone, article = "https://courier.example/gone.xml", STORY
    front = a_page(links_to(FEED, gone, article, OTHER))
    contents = {SITE: front, FEED: a_feed(an_item()), OTHER: a_feed(an_item())}
    desk = served({**contents, article: an_article_page()})
    await added(desk, OTHER)
    came = await added(desk, SITE, "all")

    assert await addresses(desk) == [OTHER, FEED]
    assert [(u.address, u.reason) for u in came.failed] == [
        (gone, "answered 404 Not Found"),
        (article, "is no feed"),
        (OTHER, "is a source already"),
    ]


async def test_a_dead_first_feed_does_not_hide_the_second(served: Served) -> None:
    desk = served({SITE: a_page(links_to(FEED, OTHER)), OTHER: a_feed(an_item())})
    came = await added(desk, SITE)

    assert await addresses(desk) == [OTHER]
    assert [u.address for u in came.failed] == [FEED]


async def test_a_front_page_whose_best_feed_is_read_already_adds_no_other_in_its_place(
    served: Served,
) -> None:
    front = a_page(links_to(FEED, OTHER))
    desk = served({SITE: front, FEED: a_feed(an_item()), OTHER: a_feed(an_item())})
    await added(desk, FEED)
    with pytest.raises(SubscriptionError, match="is a source already"):
        await added(desk, SITE)

    assert await addresses(desk) == [FEED]


async def test_an_articles_page_is_a_source_itself_and_its_feeds_are_named(served: Served) -> None:
    desk = served({STORY: an_article_page(links_to(FEED))})
    came = await added(desk, STORY)

    assert await addresses(desk) == [STORY]
    assert [feed.address for feed in came.others] == [FEED]
    assert "web page" in to_plain(added_card(came))


async def test_the_page_itself_is_added_when_that_is_asked_for(served: Served) -> None:
    page = an_article_page(links_to(FEED)).replace(b"article'>", b"website'>")
    desk = served({SITE: page, FEED: a_feed(an_item())})
    await added(desk, SITE, "page")

    assert await addresses(desk) == [SITE]


async def test_a_page_that_its_site_keeps_from_programs_is_no_source(served: Served) -> None:
    desk = served({STORY: an_article_page()})
    assert isinstance(desk.robots, FakeRobots)
    desk.robots.refused = {STORY}
    with pytest.raises(SourceError, match=r"robots\.txt asks programs not to read this page"):
        await added(desk, STORY)
    assert await addresses(desk) == []

    await added(desk, STORY, "as is")
    assert await addresses(desk) == [STORY]


async def test_a_page_without_feed_and_article_is_refused_with_what_to_do(served: Served) -> None:
    desk = served({SITE: a_page()})
    with pytest.raises(SourceError, match="names no feed, and no article stands in it"):
        await added(desk, SITE)

    assert await addresses(desk) == []


@pytest.mark.parametrize(
    "again",
    [
        FEED,
        f"{FEED}?utm_source=mail",
        f"{FEED}#top",
        FEED.replace("https", "http"),
        FEED.replace("courier.example", "COURIER.example"),
    ],
)
async def test_what_is_there_already_is_refused_whatever_it_is_called(
    served: Served, again: str
) -> None:
    desk = served({FEED: a_feed(an_item()), again: a_feed(an_item())})
    await added(desk, FEED)
    with pytest.raises(SubscriptionError, match="is a source already"):
        await added(desk, again)

    assert await addresses(desk) == [FEED]


async def test_an_address_that_leads_to_a_source_is_that_source(served: Served) -> None:
    old = "https://courier.example/old"
    content = a_feed(an_item())
    desk = served({FEED: content}, Document(old, content, final_address=FEED))
    await added(desk, FEED)
    with pytest.raises(SubscriptionError, match=f"{old} is a source already as {FEED}"):
        await added(desk, old)


async def test_where_a_source_has_moved_is_that_source(served: Served) -> None:
    desk = served({OTHER: a_feed(an_item())})
    moved = replace(wanted(FEED), poll=PollState(moved_to=OTHER, checked_at=NOW, read_at=NOW))
    await desk.subscriptions.add_subscription(moved)
    with pytest.raises(SubscriptionError, match="is a source already"):
        await added(desk, OTHER)


async def test_a_redirect_for_good_is_told(served: Served) -> None:
    new = "https://courier.example/new"
    document = Document(FEED, a_feed(an_item()), final_address=new, moved_to=new)
    said = to_plain(added_card(await added(served({}, document), FEED)))

    assert f"redirects for good to {new}" in said


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "is no address"),
        ("https://courier.example/a\x1b[31mb", "is no address"),
        ("https://me:secret@courier.example/feed", "user name or password"),
        ("ftp://courier.example/feed", "neither a path nor"),
        ("push://wire", r"list it as \[\[source\]\] in config/nutgraf.toml, put its secret into"),
        ("https://", "is not a valid web address"),
        ("https://courier.example/" + "a" * 4_000, "is too long"),
        ("-", "Standard input"),
    ],
)
async def test_what_can_never_be_read_is_refused_before_anybody_looks(
    served: Served, address: str, reason: str
) -> None:
    desk = served({address: a_feed(an_item())})
    if not address:
        with pytest.raises(ValueError, match="needs an address"):
            wanted(address)
        return
    with pytest.raises(SubscriptionError, match=reason):
        await added(desk, address, "as is")

    assert await addresses(desk) == []


async def test_what_cannot_be_fetched_is_not_added_unless_as_it_is(served: Served) -> None:
    desk = served({})
    with pytest.raises(FetchError, match="404"):
        await added(desk, FEED)
    assert await addresses(desk) == []

    came = await added(desk, FEED, "as is")
    assert await addresses(desk) == [FEED]
    assert "it was not read yet" in to_plain(added_card(came))


async def test_a_folder_is_taken_as_it_is(served: Served) -> None:
    desk = served({})
    await added(desk, "incoming/")

    assert await addresses(desk) == ["incoming/"]


async def test_who_leaves_out_the_scheme_is_told_how_to_write_it(served: Served) -> None:
    with pytest.raises(FetchError, match=r"write https://courier\.example\."):
        await added(served({}), "courier.example")


async def test_a_broken_feed_is_refused_with_its_reason(served: Served) -> None:
    with pytest.raises(SourceError, match="is XML, but no feed"):
        await added(served({FEED: b"<?xml version='1.0'?><nothing/>"}), FEED)
