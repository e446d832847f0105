"""The feeds and pages of the sample wire can be read with the libraries that everybody uses."""

import json
from html import escape
from typing import Any
from xml.etree import ElementTree as ET  # our own bytes

import feedparser
import pytest
import trafilatura

from bot.demo.feeds import item_path
from bot.demo.publishing import Answer, publish
from bot.demo.wire import Feed, Item, Stage, load_wire
from bot.text import squeeze

WIRE = load_wire()
BASE = "http://127.0.0.1:8080"
STAGES: tuple[Stage, ...] = ("before", "after")
ANSWERS: dict[Stage, dict[str, Answer]] = {stage: publish(WIRE, stage, BASE) for stage in STAGES}
XML_FEEDS = [feed for feed in WIRE.feeds if feed.format != "json"]
JSON_FEEDS = [feed for feed in WIRE.feeds if feed.format == "json"]
OPEN = [one for one in WIRE.items("after") if one.is_open]


def items_of(feed: Feed, stage: Stage) -> list[Item]:
    return [one for one in WIRE.items(stage) if one.feed == feed.slug]


def page(one: Item, stage: Stage = "after") -> Answer:
    return ANSWERS[stage][item_path(WIRE.feed(one.feed), one)]


def entries(feed: Feed, stage: Stage) -> Any:  # noqa: ANN401 - feedparser ships no types
    content = ANSWERS[stage][feed.path].content
    return feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)


def json_item(feed_slug: str, article_id: str, stage: Stage) -> dict[str, Any]:
    listing = json.loads(ANSWERS[stage][WIRE.feed(feed_slug).path].content)
    (found,) = [one for one in listing["items"] if one["id"].endswith(f":{article_id}")]
    return dict(found)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("feed", XML_FEEDS, ids=lambda feed: feed.slug)
def test_an_xml_feed_is_well_formed_and_lists_every_article(feed: Feed, stage: Stage) -> None:
    ET.fromstring(ANSWERS[stage][feed.path].content)  # noqa: S314 - our own bytes
    read = entries(feed, stage)
    expected = {one.headline for one in items_of(feed, stage)} | {d.title for d in feed.dead}
    assert not read.bozo
    assert {entry.title for entry in read.entries} == expected
    assert len(read.entries) == len(expected)


@pytest.mark.parametrize("feed", XML_FEEDS, ids=lambda feed: feed.slug)
def test_an_xml_feed_carries_whole_articles_or_only_summaries(feed: Feed) -> None:
    texts = {
        e.title: e.get("content", [{"value": ""}])[0]["value"]
        for e in entries(feed, "after").entries
    }
    for one in items_of(feed, "after"):
        assert texts[one.headline].count("<p>") == (
            len(one.paragraphs) if feed.text == "full" else 0
        )


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("feed", JSON_FEEDS, ids=lambda feed: feed.slug)
def test_a_json_feed_says_what_its_version_asks_for(feed: Feed, stage: Stage) -> None:
    listing = json.loads(ANSWERS[stage][feed.path].content)
    assert listing["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["title"] for one in listing["items"]] == [
        one.headline for one in reversed(items_of(feed, stage))
    ]
    assert all(("content_html" in one) == (feed.text == "full") for one in listing["items"])


def test_an_embargo_is_named_in_rss_and_in_json() -> None:
    (held,) = [e for e in entries(WIRE.feed("cl"), "before").entries if "prism_embargodate" in e]
    assert (held.id, held.prism_embargodate) == ("cl-land-1", "2026-09-17T12:00:00Z")
    state = json_item("cda-en", "cda-land-1", "after")["_ninjs"]
    assert state == {"pubstatus": "usable", "embargoed": "2026-09-17T12:00:00Z"}


def test_a_kill_comes_under_the_same_id_and_without_the_text() -> None:
    first = json_item("cda-en", "cda-hospital-2", "before")
    then = json_item("cda-en", "cda-hospital-2", "after")
    assert (first["id"], first["_ninjs"]) == (then["id"], {"pubstatus": "usable"})
    assert then["_ninjs"] == {"pubstatus": "canceled"}
    for answer in ANSWERS["after"].values():
        assert b"weather secret" not in answer.content


def test_an_update_keeps_the_day_of_publication_and_adds_its_own() -> None:
    (old,) = [e for e in entries(WIRE.feed("hc"), "before").entries if e.id == "hc-budget-1"]
    (new,) = [e for e in entries(WIRE.feed("hc"), "after").entries if e.id == "hc-budget-1"]
    assert old.published == new.published == "Wed, 16 Sep 2026 18:10:00 GMT"
    assert "updated" not in old.keys()  # noqa: SIM118 - `in` on this dictionary warns
    assert new.updated == "2026-09-17T05:25:00Z"


@pytest.mark.parametrize("one", OPEN, ids=lambda one: one.id)
def test_a_page_gives_its_title_and_its_text_to_a_reader(one: Item) -> None:
    html = page(one).content.decode(page(one).charset)
    read: Any = trafilatura.bare_extraction(html, favor_precision=True, with_metadata=True)
    assert read is not None
    assert one.headline in read.title
    text = squeeze(read.text)
    found = [paragraph for paragraph in one.paragraphs if squeeze(paragraph) in text]
    assert len(found) >= 0.9 * len(one.paragraphs)


@pytest.mark.parametrize("one", OPEN, ids=lambda one: one.id)
def test_a_page_stands_in_its_outlets_encoding_and_fills_every_field(one: Item) -> None:
    outlet = WIRE.outlet(one.outlet)
    html = page(one).content.decode(outlet.charset)
    assert f"charset={outlet.charset}" in html or f'charset="{outlet.charset}"' in html
    assert escape(one.paragraphs[-1], quote=False) in html
    assert "$" not in html


def test_json_ld_can_be_read_and_ends_no_script() -> None:
    for one in OPEN:
        html = page(one).content.decode(page(one).charset)
        if one.outlet in {"hc", "cl", "km"}:
            block = html.partition('<script type="application/ld+json">')[2].partition("</script>")[
                0
            ]
            assert json.loads(block)["headline"] == one.headline


def test_words_of_an_article_become_no_markup() -> None:
    (one,) = [one for one in OPEN if one.id == "acw-festival-1"]
    html = page(one).content.decode(page(one).charset)
    assert "&lt;b&gt;Dilys&lt;/b&gt;" in html
    assert "<b>Dilys</b>" not in html
    assert "\x1b[31m" in html
    assert "&lt;@&amp;1000000000000000001&gt;" in html


def test_related_links_lead_to_no_page_that_is_closed() -> None:
    for stage in STAGES:
        closed = [item_path(WIRE.feed(o.feed), o) for o in WIRE.items(stage) if not o.is_open]
        pages = [a.content for a in ANSWERS[stage].values() if a.media_type == "text/html"]
        for path in closed:
            assert ANSWERS[stage][path].status in {403, 410}
            assert not any(f'href="{BASE}{path}"'.encode() in content for content in pages)


def test_rendering_again_gives_the_same_bytes() -> None:
    assert publish(WIRE, "after", BASE) == ANSWERS["after"]
