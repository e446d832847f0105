from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractError
from bot.ports import Document
from bot.sources import FoundFeed, find_feeds, format_name, page_facts, read_document
from bot.sources.links import canonical

BASE = "https://courier.example/coast/"
NOW = datetime(2026, 3, 4, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[1] / "data"


def page(head: str, body: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Courier</title>{head}</head><body>{body}</body></html>"
    )


def declared(href: str, media_type: str = "application/rss+xml", title: str = "News") -> str:
    return f'<link rel="alternate" type="{media_type}" title="{title}" href="{href}">'


def addresses(markup: str, base: str = BASE) -> list[str]:
    return [feed.address for feed in find_feeds(markup, base)]


def test_a_page_names_its_feeds_in_its_order_with_titles_and_kinds() -> None:
    head = (
        declared("feed.xml", title=" Coast \n news ")
        + declared("//other.example/atom", "application/atom+xml; charset=utf-8")
        + declared("/feed.json", "application/feed+json", "")
    )
    assert find_feeds(page(head), BASE) == (
        FoundFeed("https://courier.example/coast/feed.xml", "Coast news", "rss"),
        FoundFeed("https://other.example/atom", "News", "atom"),
        FoundFeed("https://courier.example/feed.json", "", "json"),
    )


def test_feeds_of_readers_comments_come_last_and_each_feed_once() -> None:
    head = (
        declared("/comments/feed", title="Courier: Comments")
        + declared("/feed?utm_source=page")
        + declared("/feed")
    )
    assert addresses(page(head)) == [
        "https://courier.example/feed?utm_source=page",
        "https://courier.example/comments/feed",
    ]


@pytest.mark.parametrize(
    "link",
    [
        declared("/wp-json/posts/1", "application/json"),
        declared("/oembed", "application/json+oembed"),
        declared("/fr/", "text/html"),
        declared("file:///etc/passwd"),
        declared("javascript:alert(1)"),
        declared(""),
        '<link rel="stylesheet" type="application/rss+xml" href="/style.css">',
    ],
)
def test_what_is_no_feed_of_the_web_is_not_named(link: str) -> None:
    assert addresses(page(link)) == []


def test_addresses_follow_the_base_that_the_page_gives() -> None:
    markup = page('<base href="/north/">' + declared("feed.xml"))
    assert addresses(markup) == ["https://courier.example/north/feed.xml"]


def test_links_that_look_like_feeds_count_where_none_is_declared() -> None:
    body = (
        '<a href="/coast/rss">RSS</a> <a href="/feeds/sport.xml">Sport</a>'
        '<a href="/sitemap.xml">x</a>'
        '<a href="https://other.example/feed">theirs</a> <a href="/feed-the-birds">story</a>'
    )
    assert addresses(page("", body)) == [
        "https://courier.example/coast/rss",
        "https://courier.example/feeds/sport.xml",
    ]
    assert addresses(page(declared("/feed"), body)) == ["https://courier.example/feed"]


def test_a_page_of_ten_thousand_feeds_names_twenty() -> None:
    assert len(addresses(page("".join(declared(f"/{n}.rss") for n in range(10_000))))) == 20


def test_a_tag_that_would_choke_a_parser_is_not_parsed() -> None:
    monster = "<link " + " ".join(f"a{n}=1" for n in range(5_000)) + ">"
    assert addresses(page(monster + declared("/feed"))) == []


@given(st.text(max_size=300), st.text(max_size=40))
def test_whatever_a_page_holds_only_web_addresses_are_named(markup: str, href: str) -> None:
    found = find_feeds(page(markup) + declared(href.replace('"', "")), BASE)
    assert all(canonical(feed.address) for feed in found)
    assert len({canonical(feed.address) for feed in found}) == len(found) <= 20


def test_an_article_says_what_it_is_and_a_front_door_is_none() -> None:
    says = '<meta property="og:type" content="article">' + declared("/feed")
    content = page(says).encode()
    article = page_facts(Document("x", content, final_address="https://courier.example/ferry"))
    assert article.is_article
    assert len(article.feeds) == 1
    assert not page_facts(
        Document("x", content, final_address="https://courier.example/")
    ).is_article


def test_what_is_given_to_machines_is_told_apart() -> None:
    stated = '{"@type":"LiveBlogPosting","headline":"Ferry","articleBody":"One.\\n\\nTwo."}'
    data = f'<script type="application/ld+json">{stated}</script>'
    facts = page_facts(Document("https://courier.example/live", page(data).encode()))
    assert facts.is_article
    assert facts.is_live
    assert facts.stated_body == "One.\n\nTwo."


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08", b"plain", b"<", b"%PDF-1.4 <<>>"])
def test_what_is_no_page_names_nothing(content: bytes) -> None:
    document = Document("x", content)
    if content.startswith(b"\x1f"):
        with pytest.raises(ExtractError, match="gzip"):
            page_facts(document)
    else:
        assert page_facts(document).feeds == ()


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("sources/tidewater.rss", "RSS 2.0"),
        ("sources/quayside.atom", "Atom"),
        ("sources/pilot.json", "JSON Feed"),
        ("sources/lighthouse.html", "web page"),
        ("sources/strike.txt", "plain text"),
        ("wire/bridge.anpa", "ANPA 1312"),
        ("wire/ferry.iptc7901", "IPTC 7901"),
        ("wire/ferry.newsml.xml", "NewsML-G2"),
        ("wire/budget.embargoed.nitf.xml", "NITF"),
        ("wire/wind.ninjs3.json", "ninjs"),
    ],
)
def test_formats_have_the_names_that_vendors_give_them(name: str, format_: str) -> None:
    document = Document(name, (DATA / name).read_bytes())
    assert format_name(document, read_document(document, now=NOW).kind) == format_
