"""A briefing as ninjs and as HTML: all of its words, escaped, and none of its articles' texts."""

import json
from datetime import UTC
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import Bullets, Card, Heading, Note, Paragraph, QuoteBlock, Run
from bot.delivery.html import to_html
from bot.delivery.ninjs import to_ninjs
from bot.sources.ninjs import read_ninjs
from tests.chat.rooms import NEWS
from tests.laws.desks import NOW, a_desk

ALLOWED = {"h1", "h2", "h3", "p", "small", "strong", "ul", "ol", "li", "blockquote", "a"}


class Seen(HTMLParser):
    """Notes tags, addresses and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note."""
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href"}

    def handle_data(self, data: str) -> None:
        """Take note."""
        self.text += data


async def test_an_edition_is_an_item_that_editorial_systems_read() -> None:
    dossier = await a_desk(NEWS).brief(now=NOW)
    item = json.loads(to_ninjs(dossier.briefing, UTC))

    assert item["uri"] == f"urn:nutgraf:briefing:{dossier.briefing.id}"
    assert item["versioncreated"] == "2026-09-17T06:00:00+00:00"
    assert (item["type"], item["pubstatus"], item["version"]) == ("text", "usable", "1")
    assert item["charcount"] == len(item["body_text"])
    sources = {one["uri"]: one for one in item["associations"].values()}
    assert set(sources) == {*NEWS}
    crane = sources["https://courier.example/crane"]
    assert crane["headline"] == "Harbour crane stands still until Friday"
    assert crane["copyrightholder"] == "Harbour Courier"
    assert not any(key.startswith("body") for key in crane)
    (read,) = read_ninjs(item)
    assert "We have waited nine years for this room" in read.body


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_from_outside_becomes_markup(text: str, address: str) -> None:
    run = Run(text, "strong", address)
    card = Card(
        (
            Heading(text, 1),
            Paragraph((run,)),
            Note((Run(text, "quiet"),)),
            Bullets(((run,),), numbered=True),
            Bullets(((Run(text),),)),
            QuoteBlock((text,), (run,)),
        )
    )
    seen = Seen()
    seen.feed(to_html(card))

    assert seen.tags <= ALLOWED
    assert all(link.startswith(("http://", "https://")) for link in seen.links)


def test_markup_in_a_text_is_shown_as_it_stands() -> None:
    seen = Seen()
    seen.feed(to_html(Card((Paragraph((Run("<script>alert('x')</script> & more"),)),))))
    assert seen.text == "<script>alert('x')</script> & more"
    assert seen.tags == {"p"}
