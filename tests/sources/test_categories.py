"""What a source files its items under is kept with them, in whatever format it says so."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news import Outlet, Source
from bot.ports import Document
from bot.sources import read_document, revise
from bot.sources.categories import MAX_CATEGORIES, MAX_CHARS, categories

NOW = datetime(2026, 3, 4, tzinfo=UTC)
RSS = """<rss version="2.0"><channel><title>Post</title><item><title>Ferry stops</title>
<category>Sea &amp; ports</category><category domain="x"> Local\n news </category>
<category>Local news</category><category></category></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Ferry</title>
<category term="sea-ports" label="Sea &amp; ports"/><category term="Local news"/></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [{"id": "1", "content_text": "Ferry.", "tags": ["Sea & ports", 7, "Local news"]}],
    }
)
NINJS = json.dumps(
    {
        "uri": "urn:1",
        "type": "text",
        "headline": "Ferry stops",
        "body_text": "The ferry stops.",
        "subject": [{"code": "m1", "name": "Sea & ports"}, {"name": "Local news"}],
    }
)
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a" version="1">
<itemMeta><itemClass qcode="ninat:text"/><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Ferry</headline><subject qcode="m:1"><name>Sea &amp; ports</name></subject>
<subject literal="Local news"/></contentMeta><contentSet><inlineXML><html><body><p>It stops.</p>
</body></html></inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rss", RSS),
        ("a.atom", ATOM),
        ("a.json", JSON_FEED),
        ("a.ninjs.json", NINJS),
        ("a.newsml.xml", NEWSML),
    ],
)
def test_the_categories_of_an_item_become_those_of_its_article(name: str, content: str) -> None:
    reading = read_document(Document(f"wire/{name}", content.encode()), now=NOW)
    source = Source(f"wire/{name}", reading.kind, Outlet("Post"))
    article = revise(None, reading.items[0], source, now=NOW)
    assert article.categories == ("Sea & ports", "Local news")


def test_another_source_fills_in_what_the_first_left_out() -> None:
    first = read_document(Document("a.rss", RSS.encode()), now=NOW).items[0]
    source = Source("a.rss", "feed", Outlet("Post"))
    bare = revise(None, type(first)(title=first.title, body="It stops."), source, now=NOW)
    assert bare.categories == ()
    assert revise(bare, first, source, now=NOW).categories == ("Sea & ports", "Local news")


@given(st.lists(st.text(max_size=MAX_CHARS + 20), max_size=MAX_CATEGORIES + 20))
def test_categories_are_few_short_and_none_twice(lines: list[str]) -> None:
    found = categories(lines)
    assert len(found) == len(set(found)) <= MAX_CATEGORIES
    assert all(0 < len(line) <= MAX_CHARS and line == line.strip() for line in found)
