import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractError
from bot.sources import Subscription, read_opml, write_opml
from bot.text import clean, squeeze

LIST = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1">
  <head><title>Mine</title></head>
  <body>
    <outline text="Coast">
      <outline text="Harbour Courier" type="rss" xmlUrl="https://courier.example/feed?a=1&b=2" htmlUrl="https://courier.example/"/>
      <outline title="Vall \xd6sterut" xmlUrl="feed:https://vall.example/rss"/>
      <outline text="Courier again" xmlUrl="https://courier.example/feed?a=1&amp;b=2"/>
    </outline>
    <outline text="Passwords" xmlUrl="file:///etc/passwd"/>
    <outline text="Relative" xmlUrl="feed.xml"/>
    <outline text="A page" type="link" url="https://page.example/"/>
    <outline xmlurl="feed://bare.example/rss"/>
  </body>
</opml>"""

names = st.text(max_size=40)
addresses = st.from_regex(
    r"https?://[a-z]{1,9}\.example(?::8[0-9])?/[\w&<>\"'%?=./-]{0,20}", fullmatch=True
)
subscriptions = st.builds(Subscription, addresses, names, names)


def test_a_list_gives_its_feeds_in_order_each_once() -> None:
    found = read_opml("mine.opml", LIST)
    assert found.sources == (
        Subscription("https://courier.example/feed?a=1&b=2", "Harbour Courier"),
        Subscription("https://vall.example/rss", "Vall Österut"),
        Subscription("http://bare.example/rss"),
    )


def test_a_list_from_outside_cannot_point_at_files() -> None:
    assert read_opml("mine.opml", LIST).refused == ("file:///etc/passwd", "feed.xml")


@given(st.lists(subscriptions, unique_by=lambda s: s.address, max_size=6), names)
def test_what_was_written_is_read_back(written: list[Subscription], title: str) -> None:
    kept = [
        Subscription(s.address, squeeze(clean(s.outlet)), squeeze(clean(s.publisher)))
        for s in written
    ]
    document = write_opml(written, title=title)
    found = read_opml("x", document.encode())
    assert found.sources == tuple(kept)
    assert found.refused == ()
    assert write_opml(found.sources, title=title) == document


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no OPML list"),
        (b"<rss><channel/></rss>", "is no OPML list"),
        (b"<opml><body><outline", "is broken XML"),
        (b'<!DOCTYPE opml [<!ENTITY x "y">]><opml><outline text="&x;"/></opml>', "is broken XML"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ExtractError, match=reason):
        read_opml("mine.opml", content)
