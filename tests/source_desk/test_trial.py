"""What trying an address tells; nothing of it is stored, and nothing of held items is shown."""

from dataclasses import replace
from datetime import UTC

import msgspec
import pytest

from bot.cards import Card
from bot.delivery.plain import to_plain
from bot.news import Subscription
from bot.ports import Caching, Document, Validators
from bot.source_desk import Trial, try_address
from bot.source_desk.machines import trial_json
from bot.source_desk.reports import trial_card
from tests.source_desk.desks import (
    FEED,
    FERRY,
    NOW,
    OTHER,
    SITE,
    STORY,
    a_feed,
    a_page,
    a_source_desk,
    an_article_page,
    an_item,
    links_to,
)

MERGER = "Merger of Tallow and Brine"


def card(found: Trial) -> Card:
    return trial_card(found, UTC)


def said(found: Trial) -> str:
    return to_plain(card(found))


async def test_a_feed_is_shown_with_its_items_format_limits_and_first_quotes() -> None:
    desk = a_source_desk({FEED: a_feed(an_item(), an_item("Second", link=OTHER))})
    text = said(await try_address(desk, FEED, now=NOW))

    assert "Is: RSS 2.0, in en-GB, “Harbour Courier”" in text
    assert "Would be read: 2 items" in text
    assert "every 15 minutes at first" in text
    assert "Limits: 20 MB, 20 seconds, 5 redirects, 100 items" in text
    assert "[1] Ferry stops (4 Mar, 08:00; no byline; " in text
    assert "1 quote" in text
    assert text.count("quote") == 1
    assert await desk.subscriptions.subscriptions() == ()


async def test_what_the_server_says_of_caching_decides_how_often_it_is_asked() -> None:
    document = Document(
        FEED,
        a_feed(an_item()),
        "application/rss+xml",
        final_address=OTHER,
        moved_to=OTHER,
        validators=Validators(OTHER, '"a"'),
        caching=Caching("max-age=7200"),
    )
    found = await try_address(a_source_desk({}, (), document), FEED, now=NOW)
    text = said(found)

    assert found.content
    assert found.content.fresh_seconds == 7_200
    assert "every 2 hours at first" in text
    assert "Cache-Control: max-age=7200; an unchanged answer costs no bytes (304)" in text
    assert f"Redirected: to {OTHER}, for good" in text
    assert "sent as application/rss+xml" in text


async def test_a_teaser_is_completed_from_its_page_and_says_so() -> None:
    teaser = an_item(text="The ferry stops. Read more…")
    desk = a_source_desk({FEED: a_feed(teaser), STORY: an_article_page()})
    assert "text from its page (the feed has a teaser)" in said(
        await try_address(desk, FEED, now=NOW)
    )


async def test_a_teaser_whose_page_is_shut_says_why() -> None:
    desk = a_source_desk({FEED: a_feed(an_item(text="The ferry stops. Read more…"))})
    text = said(await try_address(desk, FEED, now=NOW))
    assert "a teaser in the feed" in text
    assert f"page not read: {STORY}: answered 404 Not Found" in text


async def test_a_pages_text_is_told_from_what_it_gives_to_machines() -> None:
    stated = (
        '<script type="application/ld+json">'
        + msgspec.json.encode(
            {"@type": "NewsArticle", "headline": "Ferry", "articleBody": FERRY}
        ).decode()
        + "</script>"
    )
    desk = a_source_desk({STORY: an_article_page(), OTHER: a_page(stated)})

    assert "text of the page" in said(await try_address(desk, STORY, now=NOW))
    assert "(JSON-LD)" in said(await try_address(desk, OTHER, now=NOW))


async def test_a_front_page_is_no_article_and_its_feeds_are_named() -> None:
    desk = a_source_desk({SITE: a_page(links_to(FEED, OTHER))})
    found = await try_address(desk, SITE, now=NOW)

    assert "Would not be read: a front page, and no article." in said(found)
    assert [feed.address for feed in found.feeds] == [FEED, OTHER]


@pytest.mark.parametrize(
    ("address", "content", "reason"),
    [
        (FEED, None, "answered 404 Not Found"),
        (FEED, b"", "is empty"),
        (FEED, b"\x89PNG" * 99, "is a picture"),
        (
            FEED,
            b"<rss version='2.0'><channel><title>x</title></channel></rss>",
            "there is no article",
        ),
        ("ftp://courier.example/", None, "neither a path nor"),
        ("https://me:secret@courier.example/", None, "user name or password"),
        ("incoming/", None, "is a folder"),
        ("push://desk", None, "is sent to Nutgraf"),
        ("\x1b]0;title\x07", None, "is no address"),
    ],
)
async def test_what_would_not_be_read_says_why(
    address: str, content: bytes | None, reason: str
) -> None:
    desk = a_source_desk({} if content is None else {address: content})
    found = await try_address(desk, address, now=NOW)
    text = said(found)

    assert reason in found.refused
    assert f"Would not be read: {found.refused}." in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("incoming/", "It is a folder: the files dropped into it are read; test one of them."),
        ("push://desk", "It is sent to Nutgraf and not fetched."),
    ],
)
async def test_what_is_read_and_cannot_be_tried_is_not_said_to_be_unread(
    address: str, words: str
) -> None:
    desk = a_source_desk({}, [Subscription(address, NOW)])
    text = said(await try_address(desk, address, now=NOW))

    assert words in text
    assert "Would not be read" not in text


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            "<prism:embargoDate>2026-03-05T00:00:00Z</prism:embargoDate>",
            "embargoed until 2026-03-05",
        ),
        ("<prism:embargoDate>soon</prism:embargoDate>", "withheld"),
    ],
)
async def test_nothing_of_a_held_item_is_shown_nor_its_page_fetched(more: str, why: str) -> None:
    held = an_item(MERGER, f"{MERGER} is agreed. Read more…", more=more)
    desk = a_source_desk(
        {FEED: a_feed(held, an_item("Open", link=OTHER)), STORY: an_article_page()}
    )
    found = await try_address(desk, FEED, now=NOW)

    for shown in (said(found), trial_json(found), repr(found)):
        assert "Merger" not in shown
        assert STORY not in shown
        assert why in shown
    assert "1 of them held" in said(found)
    assert STORY not in desk.documents.fetched  # type: ignore[attr-defined]


async def test_a_page_that_is_held_is_told_to_be_so() -> None:
    withheld = "<html><head><title>x</title></head><body>not a wire</body></html>"
    nitf = (
        "<nitf><head><docdata management-status='embargoed'/></head><body><body.head><hedline><hl1>"
        f"{MERGER}</hl1></hedline></body.head><body.content><p>{MERGER} is agreed by both.</p>"
        "</body.content></body></nitf>"
    )
    desk = a_source_desk({FEED: nitf.encode(), SITE: withheld.encode()})
    found = await try_address(desk, FEED, now=NOW)

    assert found.content
    assert found.content.format == "NITF"
    assert found.content.held == 1
    assert "Merger" not in said(found) + trial_json(found)


async def test_a_source_is_tried_by_its_outlet_where_it_is_read_now() -> None:
    source = Subscription(OTHER, NOW, "Harbour Courier", paused=True)
    desk = a_source_desk({OTHER: a_feed(an_item())}, [source])
    found = await try_address(desk, "harbour courier", now=NOW)

    assert (found.address, found.state, found.refused) == (OTHER, "paused", "")
    assert "Already a source: paused" in said(found)


async def test_an_urgent_source_is_asked_every_minute_unless_its_server_forbids_that() -> None:
    source = Subscription(FEED, NOW, urgent=True)
    found = await try_address(a_source_desk({FEED: a_feed(an_item())}, [source]), FEED, now=NOW)
    slow = a_feed(an_item()).replace(b"<channel>", b"<channel><ttl>30</ttl>")
    slower = await try_address(a_source_desk({FEED: slow}, [source]), FEED, now=NOW)

    assert "Polls: every minute at first" in said(found)
    assert "Polls: every 30 minutes at first" in said(slower)


async def test_what_chokes_a_parser_is_a_sentence() -> None:
    deep = "<div>" * 3_000 + FERRY + "</div>" * 3_000
    stated = msgspec.json.encode({"@type": "NewsArticle", "articleBody": deep}).decode()
    script = f'<script type="application/ld+json">{stated}</script>'
    page = a_page(script.replace("</div>", "<\\/div>"))
    found = await try_address(a_source_desk({STORY: page}), STORY, now=NOW)

    assert found.refused
    assert "Would not be read: " in said(found)


async def test_only_the_first_items_are_shown_and_the_limit_of_items_is_told() -> None:
    items = [an_item(f"Story {n}", link=f"{STORY}/{n}") for n in range(30)]
    desk = a_source_desk({FEED: a_feed(*items)})
    desk = replace(desk, limits=replace(desk.limits, max_items=20))
    text = said(await try_address(desk, FEED, now=NOW))

    assert "the first 20 of 30 items" in text
    assert "The first 5 of 30 items" in text
    assert "Story 5" not in text


async def test_the_json_says_all_that_was_found() -> None:
    desk = a_source_desk({FEED: a_feed(an_item())})
    found = msgspec.json.decode(trial_json(await try_address(desk, FEED, now=NOW)))

    assert found["content"]["format"] == "RSS 2.0"
    assert found["content"]["items"][0]["quotes"] == 1
    assert found["limits"]["max_redirects"] == 5
