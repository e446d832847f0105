import json

import pytest

from bot.console.chat import answer
from bot.delivery.edition import briefing_card
from bot.delivery.plain import to_plain
from bot.errors import UnknownError
from bot.tools import Listed
from tests.fakes import FakeDocuments
from tests.laws.desks import NOW, a_desk

FERRY = (
    b"Ferry to Tern Island stops for a month\n\nThe ferry to Tern Island stops for a month from "
    b"Monday, the Sound Line said.\n"
)
SCHOOL = (
    b"School in Ostervik opens its library\n\nA library opens in the school of Ostervik soon, "
    b"the council said.\n"
)
MARKET = (
    b"Fish market moves to the quay\n\nThe stalls of the fish market move to the quay for winter, "
    b"two traders said.\n"
)


def feed(*items: dict[str, object]) -> bytes:
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Courier", "items": items}).encode()


async def test_an_item_without_words_costs_no_other_its_place() -> None:
    desk = a_desk({"feed.json": feed({"id": "blank"}), "ferry.txt": FERRY})
    edition = await desk.brief(now=NOW)

    assert [len(b.references) for b in edition.briefing.briefs] == [1]
    assert "Ferry to Tern Island" in to_plain(briefing_card(edition.briefing, desk.zone))


@pytest.mark.parametrize(
    "broken",
    [
        b"<rss version='2.0'><channel><item><description>&amp;#xD800;&#xD800;</description></item>",
        (
            b"<rss version='2.0'><channel><title>&#55296;</title><item><title>&amp;#xDFFF;</title>"
            b"<description>&amp;#xD800; x</description></item></channel></rss>"
        ),
    ],
)
async def test_a_source_that_breaks_its_parser_does_not_stop_the_others(broken: bytes) -> None:
    desk = a_desk({"broken.xml": broken, "ferry.txt": FERRY})
    edition = await desk.brief(now=NOW)

    assert "Ferry to Tern Island" in to_plain(briefing_card(edition.briefing, desk.zone))


async def test_a_feed_that_is_cut_short_says_so_and_gives_what_is_whole() -> None:
    item = "<item><title>{0}</title><description>{0} for a month, the line said.</description>"
    whole = item.format("Ferry stops") + "</item>"
    rss = f"<rss version='2.0'><channel><title>Courier</title>{whole}{item.format('School')}"
    edition = await a_desk({"feed.xml": rss.encode()}).brief(now=NOW)

    assert [brief.references[0].outlet for brief in edition.briefing.briefs] == ["Courier"]
    (unread,) = edition.briefing.coverage.unread
    assert unread.reason == "ends in the middle of an entry, which was left out"


async def test_two_commas_before_a_closing_mark_cost_nothing() -> None:
    text = FERRY + "\n“We will wait and see, ,” said Ann Lee.\n".encode()
    edition = await a_desk({"ferry.txt": text}).brief(now=NOW)

    assert len(edition.briefing.briefs) == 1


async def test_a_desk_briefs_from_its_own_sources_only() -> None:
    desk = a_desk({"ferry.txt": FERRY, "rumour.txt": SCHOOL}, ["ferry.txt"])
    await desk.brief_these([Listed("rumour.txt")], now=NOW)
    edition = await desk.brief(now=NOW)

    said = to_plain(briefing_card(edition.briefing, desk.zone))
    assert "1 story, from 1 article from 1 source" in said
    assert "Ostervik" not in said


async def test_a_storys_number_stays_when_another_story_is_withdrawn() -> None:
    items: list[dict[str, object]] = [
        {
            "id": str(n),
            "title": title,
            "content_text": body,
            "date_published": "2026-09-16T12:00:00Z",
        }
        for n, (title, _, body) in enumerate(
            text.decode().partition("\n\n") for text in (FERRY, SCHOOL, MARKET)
        )
    ]
    desk = a_desk({"feed.json": feed(*items)})
    edition = await desk.brief(now=NOW)
    titles = [brief.headline for brief in edition.briefing.briefs]
    documents = desk.tools.documents
    assert isinstance(documents, FakeDocuments)
    first = edition.briefing.briefs[0].references[0].article_id
    place = next(
        n for n, item in enumerate(items) if item["title"] == edition.article(first).latest.title
    )
    killed = items[place] | {"_ninjs": {"pubstatus": "canceled"}}
    documents.contents["feed.json"] = feed(*items[:place], killed, *items[place + 1 :])
    await desk.read_sources(now=NOW)

    second = await desk.story("2", now=NOW)
    assert second.briefing.briefs[0].headline == titles[1]
    with pytest.raises(UnknownError, match="No story here is '1'"):
        await desk.story("1", now=NOW)


async def test_an_edition_numbers_its_stories_and_the_numbers_lead_to_them() -> None:
    desk = a_desk({"ferry.txt": FERRY, "school.txt": SCHOOL})
    said = to_plain(await answer(desk, "brief", now=NOW))
    second = next(line for line in said.splitlines() if line.startswith("2. "))

    assert second.removeprefix("2. ") in to_plain(await answer(desk, "story 2", now=NOW))


@pytest.mark.parametrize("name", ["0", "7", "9" * 5000, "volcano " * 900])
async def test_a_story_that_is_not_there_is_refused_in_one_line(name: str) -> None:
    desk = a_desk({"ferry.txt": FERRY})
    await desk.brief(now=NOW)

    with pytest.raises(UnknownError) as caught:
        await desk.story(name, now=NOW)
    assert len(str(caught.value)) < 200


async def test_foreign_words_stay_in_their_language_with_its_label() -> None:
    page = (
        "<html lang='fr'><head><title>Le bac s’arrête</title></head><body><article>"
        "<h1>Le bac s’arrête un mois</h1><p>Le bac de Tern s’arrête un mois à partir de lundi, a "
        "annoncé la compagnie mardi soir dans le port.</p><p>« La coque a besoin de tôles », a dit "
        "Mira Tolland, qui dirige la ligne depuis neuf ans.</p><p>Deux cents personnes traversent "
        "le détroit chaque jour.</p></article></body></html>"
    )
    desk = a_desk({"bac.html": page.encode()})
    said = to_plain(await answer(desk, "brief", now=NOW))

    assert "“La coque a besoin de tôles”" in said
    assert "Mira Tolland (in fr) · " in said
