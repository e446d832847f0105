from hypothesis import given
from hypothesis import strategies as st

from bot.sources.feed_links import FoundFeed, find_feeds

HOME = "https://www.courier.example/"


def link(href: str, title: str = "", kind: str = "rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="application/{kind}" title="{title}" href="{href}">'


def page(head: str, body: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def test_declared_feeds_come_before_linked_ones_and_comments_last() -> None:
    head = link("/comments/feed/", "Courier » Comments") + link("/feed/", "Courier")
    head += link("/feed.json", "Courier", "feed+json") + link("atom.xml", "", "atom+xml; charset=x")
    body = '<p><a href="/sport/rss">Sport</a> '
    body += '<a href="https://feeds.courier.example/all.atom">All</a>'
    assert find_feeds(page(head, body), HOME) == (
        FoundFeed("https://www.courier.example/feed/", "Courier", "rss"),
        FoundFeed("https://www.courier.example/feed.json", "Courier", "json"),
        FoundFeed("https://www.courier.example/atom.xml", "", "atom"),
        FoundFeed("https://www.courier.example/sport/rss", "Sport", "rss"),
        FoundFeed("https://feeds.courier.example/all.atom", "All", "atom"),
        FoundFeed("https://www.courier.example/comments/feed/", "Courier » Comments", "rss"),
    )


def test_a_feed_is_named_once_whatever_its_forms() -> None:
    head = link("http://courier.example/feed") + link("/feed/?utm_source=page")
    assert len(find_feeds(page(head, '<a href="/feed/#x">RSS</a>'), HOME)) == 1


def test_only_feeds_of_the_site_are_found() -> None:
    head = link("https://evil.example/feed") + link("javascript:rss") + link("file:///etc/rss")
    head += link("/style.css", kind="css") + link("/feed", rel="stylesheet") + link("")
    body = '<a href="/feedback">Write to us</a><a href="/news/rssi-explained">Radio</a><a>rss</a>'
    assert find_feeds(page(head, body), HOME) == ()
    assert find_feeds(page(link("/feed")), "saved.html") == ()


def test_a_hostile_page_names_no_feeds() -> None:
    attributes = " ".join(f'a{n}="1"' for n in range(5_000))
    assert find_feeds(page(f"<p {attributes}>" + link("/feed")), HOME) == ()
    assert find_feeds("", HOME) == ()
    many = "".join(link(f"/{n}/feed") for n in range(500))
    assert len(find_feeds(page(many), HOME)) == 50


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_page_is_looked_through(markup: str, base: str) -> None:
    for given_base in (HOME, base):
        for feed in find_feeds(markup + link("/feed"), given_base):
            assert feed.address.startswith(("http://", "https://"))
