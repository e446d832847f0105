"""Law 5, as far as surfaces exist: no word of a held article is printed, exported or searchable."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.console.chat import answer
from bot.delivery.edition import briefing_card
from bot.delivery.markdown import to_markdown
from bot.delivery.plain import to_plain
from bot.desk import Desk
from bot.news import to_json
from tests.fakes import FakeArchive
from tests.laws.desks import NOW, a_desk

NAME = "Quillfeather"
OPEN = "Ferry to Tern Island stops for a month from Monday"


def feed(**held: object) -> bytes:
    def item(key: str, title: str, name: str, **extension: object) -> dict[str, object]:
        body = (
            f"{title}, the Sound Line said on Tuesday evening in the harbour office.\n\n"
            f"“The hull needs new plates,” said {name} Tolland, who runs the line.\n\n"
            f"Two hundred people cross the sound on it each day, {name} said."
        )
        ninjs = {"_ninjs": extension} if extension else {}
        return {
            "id": key,
            "url": f"https://courier.example/{key}",
            "title": title,
            "content_text": body,
            "date_published": "2026-09-16T12:00:00Z",
            **ninjs,
        }

    items = [
        item("1", OPEN, "Mira"),
        item("2", f"{NAME} report on the ferry to Tern Island", NAME, **held),
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": items}
    ).encode()


async def everything_said(desk: Desk) -> str:
    edition = await desk.brief(now=NOW)
    card = briefing_card(edition.briefing, desk.zone)
    said = [to_plain(card), to_markdown(card), to_json(edition)]
    lines = ["brief", f"brief {NAME}", "story 1", f"story {NAME}", "quotes", "sources"]
    for line in [*lines, f"quotes {NAME}"]:
        text = to_plain(await answer(desk, line, now=NOW))
        for asked in (f"{NAME!r}", f"Quotes of {NAME}", f"Nobody called {NAME} is quoted"):
            text = text.replace(asked, "")  # what the editor typed says nothing of the archive
        said.append(text)
    return "\n".join(said)


@pytest.mark.parametrize(
    "held",
    [
        {"pubstatus": "canceled"},
        {"pubstatus": "withheld"},
        {"embargoed": "2026-09-17T06:00:01Z", "pubstatus": "usable"},
    ],
)
async def test_no_word_of_a_held_article_reaches_a_surface(held: dict[str, object]) -> None:
    desk = a_desk({"https://courier.example/feed.json": feed(**held)})

    said = await everything_said(desk)

    assert NAME not in said
    assert OPEN in said
    assert "1 article held back" in said


async def test_an_embargo_that_is_over_holds_nothing() -> None:
    over = feed(embargoed="2026-09-17T06:00:00Z", pubstatus="usable")
    desk = a_desk({"https://courier.example/feed.json": over})

    assert NAME in await everything_said(desk)


async def test_an_article_that_is_killed_later_vanishes_from_the_next_edition() -> None:
    desk = a_desk({"https://courier.example/feed.json": feed()})
    assert NAME in await everything_said(desk)

    desk.tools.documents.contents["https://courier.example/feed.json"] = feed(  # type: ignore[attr-defined]
        pubstatus="canceled"
    )
    await desk.read_sources(now=NOW + timedelta(hours=1))
    assert NAME not in await everything_said(desk)


@pytest.mark.parametrize(
    "held",
    [
        {"pubstatus": "canceled"},
        {"pubstatus": "withheld"},
        {"embargoed": "2026-09-17T06:00:01Z", "pubstatus": "usable"},
    ],
)
async def test_the_address_of_a_held_teaser_is_not_given_away(held: dict[str, str]) -> None:
    item = {
        "id": "2",
        "url": f"https://courier.example/{NAME}-report",
        "title": f"{NAME} report on the ferry",
        "summary": "A teaser.",
        "date_published": "2026-09-16T12:00:00Z",
        "_ninjs": held,
    }
    listing = json.loads(feed())
    listing["items"][1:] = [item]
    desk = a_desk({"https://courier.example/feed.json": json.dumps(listing).encode()})

    assert NAME not in await everything_said(desk)
    assert desk.tools.documents.fetched.count(item["url"]) == 0  # type: ignore[attr-defined]


async def test_the_page_of_an_article_that_was_taken_back_is_not_named_as_unread() -> None:
    page, source = f"https://courier.example/{NAME}", "https://courier.example/feed.xml"
    rss = (
        f"<rss version='2.0'><channel><title>Courier</title><item><title>Ferry stops</title>"
        f"<link>{page}</link><description>For a month…</description></item></channel></rss>"
    )
    desk = a_desk({source: rss.encode()})
    assert NAME in to_plain(briefing_card((await desk.brief(now=NOW)).briefing, desk.zone))

    archive = desk.tools.archive
    assert isinstance(archive, FakeArchive)
    (article,) = archive.articles.values()
    archive.articles[article.id] = replace(article, withdrawn="killed")
    assert NAME not in await everything_said(desk)
