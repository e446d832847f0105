import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractError
from bot.sources import Outline, RefusedOutline, read_opml, write_opml
from bot.sources.opml import NO_ADDRESS, NOT_WEB
from bot.text import clean, squeeze

LIST = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1">
  <head><title>Mine</title></head>
  <body>
    <outline text="Coast">
      <outline text="Harbours">
        <outline text="Harbour Courier" type="rss" xmlUrl="https://courier.example/feed?a=1&b=2" htmlUrl="https://courier.example/"/>
      </outline>
      <outline title="Vall \xd6sterut" xmlUrl="feed:https://vall.example/rss"/>
      <outline text="Courier again" xmlUrl="https://courier.example/feed?a=1&amp;b=2"/>
    </outline>
    <outline text="Passwords" xmlUrl="file:///etc/passwd"/>
    <outline text="Relative" xmlUrl="feed.xml"/>
    <outline text="A page" type="link" url="https://page.example/"/>
    <outline text="Empty" type="rss"/>
    <outline category="/Boats/Sail,/Other" xmlurl="feed://bare.example/rss"/>
  </body>
</opml>"""

names = st.text(max_size=40)
addresses = st.from_regex(
    r"https?://[a-z]{1,9}\.example(?::8[0-9])?/[\w&<>\"'%?=./-]{0,20}", fullmatch=True
)
outlines = st.builds(
    Outline, addresses, names, names, names, urgent=st.booleans(), paused=st.booleans()
)


def test_a_list_gives_its_feeds_in_order_with_their_folders() -> None:
    found = read_opml("mine.opml", LIST)
    assert [one for one in found if isinstance(one, Outline)] == [
        Outline("https://courier.example/feed?a=1&b=2", "Harbour Courier", folder="Coast/Harbours"),
        Outline("https://vall.example/rss", "Vall Österut", folder="Coast"),
        Outline("https://courier.example/feed?a=1&b=2", "Courier again", folder="Coast"),
        Outline("http://bare.example/rss", folder="Boats/Sail"),
    ]


def test_a_list_from_outside_cannot_point_at_files_and_each_refusal_has_its_reason() -> None:
    found = read_opml("mine.opml", LIST)
    assert [one for one in found if isinstance(one, RefusedOutline)] == [
        RefusedOutline("file:///etc/passwd", NOT_WEB),
        RefusedOutline("feed.xml", NOT_WEB),
        RefusedOutline("Empty", NO_ADDRESS),
    ]


@given(st.lists(outlines, max_size=6), names)
def test_what_was_written_is_read_back(written: list[Outline], title: str) -> None:
    kept = [
        Outline(
            one.address,
            squeeze(clean(one.outlet)),
            squeeze(clean(one.publisher)),
            squeeze(clean(one.folder)),
            urgent=one.urgent,
            paused=one.paused,
        )
        for one in written
    ]
    document = write_opml(written, title=title)
    found = [one for one in read_opml("x", document.encode()) if isinstance(one, Outline)]
    assert sorted(found, key=repr) == sorted(kept, key=repr)
    for folder in {one.folder for one in kept}:
        inside = [one for one in kept if one.folder == folder]
        assert [one for one in found if one.folder == folder] == inside
    assert write_opml(found, title=title) == document


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
