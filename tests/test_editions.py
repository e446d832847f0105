"""What a schedule chooses is what its edition tells, and its counts say what was seen."""

from dataclasses import replace as with_fields

import pytest
from msgspec.structs import replace

from bot.delivery.edition import edition_line
from bot.desk import Desk
from bot.news import EditionOrder, Filters, Subscription
from bot.stories import Topic, Topics
from tests.fakes_subscriptions import FakeSubscriptions
from tests.laws.desks import NOW, a_desk

PAGE = """<html lang="{language}"><head><title>{title}</title>
<meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2026-09-17T04:00:00Z"></head>
<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""


def a_page(title: str, text: str, outlet: str, language: str = "en") -> bytes:
    page = PAGE.format(title=title, text=text, outlet=outlet, language=language)
    return page.encode()


CONTENTS = {
    "https://courier.example/crane": a_page(
        "Harbour crane stands still",
        "The harbour crane at Tern Island will stand still until Friday, the port company said.",
        "Harbour Courier",
    ),
    "https://post.example/library": a_page(
        "New library for Ostervik school",
        "The school in Ostervik will open a new library in October, the council said on Monday.",
        "Sound Post",
    ),
    "https://bote.example/markt": a_page(
        "Der Fischmarkt zieht um",
        "Der Fischmarkt von Ostervik zieht im Winter auf den alten Kai um, sagte der Rat.",
        "Sundbote",
        "de",
    ),
}


GONE = Subscription("https://gone.example/feed", NOW, "Gone")


@pytest.fixture
def desk() -> Desk:
    names = ("Harbour Courier", "Sound Post", "Sundbote")
    listed = [Subscription(a, NOW, name) for a, name in zip(CONTENTS, names, strict=True)]
    empty = a_desk(CONTENTS)
    tools = with_fields(empty.tools, topics=Topics((Topic("ports", words=("harbour",)),)))
    return with_fields(empty, tools=tools, subscriptions=FakeSubscriptions(listed))


async def told(desk: Desk, filters: Filters) -> tuple[list[str], str]:
    edition = await desk.edition(EditionOrder(filters), now=NOW)
    addresses = {a.address for a in edition.articles}
    return sorted(a.rpartition("/")[2] for a in addresses), edition_line(edition.briefing)


@pytest.mark.parametrize(
    ("filters", "expected", "line"),
    [
        (
            Filters(),
            ["crane", "library", "markt"],
            "3 stories, from 3 articles from 3 sources.",
        ),
        (Filters(topics=("Ports",)), ["crane"], "1 story, from 3 articles from 3 sources."),
        (
            Filters(sources=("sound post", "https://bote.example/markt")),
            ["library", "markt"],
            "2 stories, from 2 articles from 2 sources.",
        ),
        (Filters(language="de"), ["markt"], "1 story, from 3 articles from 3 sources."),
        (Filters(min_origins=2), [], "3 items seen, none passed."),
        (Filters(sources=("Sundbote",), min_origins=2), [], "1 item seen, none passed."),
    ],
)
async def test_an_edition_tells_what_its_schedule_chooses_and_counts_what_it_saw(
    desk: Desk, filters: Filters, expected: list[str], line: str
) -> None:
    assert await told(desk, filters) == (expected, line)


async def test_an_edition_is_as_long_as_its_schedule_says(desk: Desk) -> None:
    _, line = await told(desk, Filters(max_stories=1))
    assert line == "1 of 3 stories, from 3 articles from 3 sources."


async def test_a_source_that_is_not_chosen_is_not_told_of_as_unread(desk: Desk) -> None:
    listed = [*await desk.subscriptions.subscriptions(), GONE]
    desk = with_fields(desk, subscriptions=FakeSubscriptions(listed))
    everything = await desk.edition(now=NOW)
    chosen = await desk.edition(EditionOrder(Filters(sources=("Sound Post",))), now=NOW)
    assert [u.address for u in everything.briefing.coverage.unread] == [GONE.address]
    assert chosen.briefing.coverage.unread == ()


async def test_two_orders_are_two_editions_and_one_order_is_one(desk: Desk) -> None:
    order = EditionOrder(due_at=NOW)
    first, again = [await desk.edition(order, now=NOW) for _ in range(2)]
    late = await desk.edition(replace(order, late="of snow"), now=NOW)
    assert first == again
    assert len({first.briefing.id, late.briefing.id}) == 2
