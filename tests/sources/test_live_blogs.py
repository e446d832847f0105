import json
from datetime import UTC, datetime

import pytest

from bot.ports import Document
from bot.sources import Item, Reading, complete, read_document

NOW = datetime(2026, 3, 4, tzinfo=UTC)
ADDRESS = "https://courier.example/live/match"


def read(*updates: object, address: str = ADDRESS, **blog: object) -> Reading:
    node = {"@type": "LiveBlogPosting", "headline": "The match", "inLanguage": "en",
            "author": {"name": "Lena Marsh"}, "liveBlogUpdate": updates, **blog}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = f"<!doctype html><html><head>{script}</head><body><p>Loading</p></body></html>"
    return read_document(Document(address, page.encode(), "text/html"), now=NOW)


def update(number: int, **more: object) -> dict[str, object]:
    return {
        "@type": "BlogPosting",
        "headline": f"Goal {number}",
        "articleBody": f"<p>The {number}. goal fell late.</p><p>“It rained,” said Siv Lund.</p>",
        "datePublished": f"2026-03-03T1{number}:00:00Z",
        **more,
    }


def test_each_update_is_an_item_of_its_own() -> None:
    reading = read(update(2, url=f"{ADDRESS}#g2", dateModified="2026-03-03T20:00:00Z"), update(1))
    first, second = reading.items
    assert reading.title == "The match"
    assert first == Item(
        guid=f"{ADDRESS}#g2",
        address=f"{ADDRESS}#g2",
        title="Goal 2",
        body="The 2. goal fell late.\n\n“It rained,” said Siv Lund.",
        byline="Lena Marsh",
        language="en",
        published_at=datetime(2026, 3, 3, 12, tzinfo=UTC),
        updated_at=datetime(2026, 3, 3, 20, tzinfo=UTC),
        liveblog=True,
    )
    assert (second.guid, second.address, second.liveblog) == ("", ADDRESS, True)


@pytest.mark.parametrize(
    ("named", "guid", "address"),
    [
        ({"@id": "#g1"}, "#g1", f"{ADDRESS}#g1"),
        ({"@id": "urn:goal:1"}, "urn:goal:1", ADDRESS),
        ({"@id": "urn:1", "url": "https://m.courier.example/x#g1"}, "urn:1", ADDRESS),
        ({"url": "/live/match/goal-1"}, "https://courier.example/live/match/goal-1",
         "https://courier.example/live/match/goal-1"),
        ({"mainEntityOfPage": {"@id": f"{ADDRESS}#g1"}}, f"{ADDRESS}#g1", f"{ADDRESS}#g1"),
        ({"url": ADDRESS}, "", ADDRESS),
        ({"url": "https://evil.example/#g1"}, "", ADDRESS),
        ({"url": ["x"], "@id": 7}, "", ADDRESS),
    ],
)  # fmt: skip
def test_an_update_is_named_by_what_it_says_on_its_own_host(
    named: dict[str, object], guid: str, address: str
) -> None:
    item = read(update(1, **named), update(2)).items[0]
    assert (item.guid, item.address) == (guid, address)


def test_updates_of_a_saved_page_keep_their_addresses() -> None:
    item = read(update(1, url=f"{ADDRESS}#g1"), address="saved.html").items[0]
    assert item.address == f"{ADDRESS}#g1"


def test_what_is_no_list_of_updates_is_no_stream() -> None:
    body = "The match was called off because of the storm over the sound on Monday night."
    for updates in ([], ["x", 7, None], [{"headline": ""}]):
        (item,) = read(*updates, articleBody=body).items
        assert (item.liveblog, item.body) == (False, body)


def test_a_teaser_of_a_live_blog_gets_all_of_it_and_is_marked() -> None:
    item = complete(Item("g", ADDRESS, "Match", "Live…", teaser=True), read(update(2), update(1)))
    assert item.body.startswith("Goal 2\n\nThe 2. goal")
    assert (item.title, item.liveblog, item.teaser) == ("Match", True, False)
