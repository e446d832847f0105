import gzip
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractError
from bot.ports import Document
from bot.sources import Reading, as_one, read_document

NOW = datetime(2026, 3, 4, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "data" / "sources"
SEED = ROOT.parent / "shared" / "data" / "seed-article.txt"
SAMPLE_NAMES = sorted(p.name for p in SAMPLES.iterdir() if not p.name.endswith(".expected.json"))
RSS = (SAMPLES / "tidewater.rss").read_text("utf-8")


def read(
    content: bytes | str,
    address: str = "wire/found.txt",
    *,
    media_type: str = "",
    charset: str = "",
) -> Reading:
    content = content.encode() if isinstance(content, str) else content
    return read_document(Document(address, content, media_type, charset), now=NOW)


def why_not(content: bytes | str, **said: str) -> str:
    with pytest.raises(ExtractError) as caught:
        read(content, **said)
    assert caught.value.address == "wire/found.txt"
    return caught.value.reason


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_each_sample_reads_as_expected(name: str) -> None:
    reading = read((SAMPLES / name).read_bytes(), f"https://found.example/{name}")
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text("utf-8"))
    assert json.loads(msgspec.json.encode(reading)) == expected


def test_nothing_that_is_hidden_reaches_a_text() -> None:
    for name in SAMPLE_NAMES:
        items = read((SAMPLES / name).read_bytes()).items
        bodies = " ".join(item.body for item in items)
        assert "gnore" not in bodies
        assert "Hidden" not in bodies
        assert "alert" not in bodies


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"%PDF-1.7 and so on", "is a PDF, which cannot be read; save it as text or HTML"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "is a binary file, not text"),
        (bytes(range(1, 32)) * 20, "is a binary file, not text"),
        (bytes(range(128, 256)) * 4 + b"\x81\x8d\x8f\x90\x9d" * 40, "has an unknown encoding"),
        (b"<html><body><p>Hi</p></body></html>", "has no article text in the page"),
        (b"<!doctype html><html><body></body></html>", "has no article text in the page"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "is broken JSON"),
        (b'{"a": 1}', "is JSON, but no JSON Feed"),
        (b"<?xml version='1.0'?><invoice><sum>1</sum></invoice>", "is XML, but no feed"),
        (b"<rss", "is broken XML"),
        (gzip.compress(b"word " * 10, mtime=0)[:-12], "is a gzip file that stops"),
        (b"\x1f\x8b\x08nonsense", "is a gzip file, and damaged"),
        (gzip.compress(bytes(21_000_000), mtime=0), "is larger than 20 MB when unpacked"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    assert why_not(content).startswith(reason)


@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "application/rss+xml"]))
def test_any_bytes_give_a_reading_or_a_reason(content: bytes, media_type: str) -> None:
    try:
        reading = read(content, media_type=media_type)
    except ExtractError:
        return
    assert reading.outlet
    assert reading.items or reading.kind == "feed"


@given(st.integers(0, len(RSS.encode())), st.binary(max_size=3))
def test_a_feed_that_is_damaged_anywhere_never_stops_the_reader(at: int, noise: bytes) -> None:
    raw = RSS.encode()
    try:
        reading = read(raw[:at] + noise + raw[at:])
    except ExtractError:
        return
    assert reading.items or reading.kind == "feed"


@given(st.integers(300, len(RSS)))
def test_a_feed_that_breaks_off_gives_whole_entries_only(length: int) -> None:
    try:
        items = read(RSS[:length]).items
    except ExtractError:
        items = ()
    whole = RSS[:length].count("</item>")
    assert len(items) == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_feed_says_the_same_in_every_unicode_encoding(encoding: str) -> None:
    assert read(RSS.encode(encoding)).items == read(RSS).items


def test_a_wrong_label_does_not_garble_a_feed() -> None:
    relabelled = RSS.replace('encoding="utf-8"', 'encoding="iso-8859-1"')
    assert read(relabelled).items == read(RSS).items
    assert read(RSS.encode("cp1252")).items == read(RSS).items


def test_one_bad_byte_does_not_change_the_encoding_of_the_rest() -> None:
    raw = RSS.replace("Saltmarsh", "Sältmärsh").encode().replace(b"Tuesday", b"Tues\xffday", 1)
    assert "Sältmärsh" in read(raw).items[0].body


@pytest.mark.parametrize(
    "prefix",
    [
        "  \n ",
        "<br />\n<b>Warning</b>:  Undefined variable $feed in <b>/srv/feed.php</b> on line 7",
        "\x00\x07",
    ],
)
def test_what_a_server_puts_before_a_feed_is_skipped(prefix: str) -> None:
    assert read(prefix + RSS).items == read(RSS).items


def test_a_feed_that_is_packed_without_saying_so_is_unpacked() -> None:
    assert read(gzip.compress(RSS.encode())).items == read(RSS).items


def test_bare_ampersands_and_html_entities_stay_as_they_were_meant() -> None:
    damaged = RSS.replace("Marlow &amp; Sons yard", "Marlow & Sons&nbsp;yard &mdash; AT&T")
    assert read(damaged).items[1].title == "Budget for Marlow & Sons yard — AT&T leaks"


@pytest.mark.parametrize(
    "damage",
    [
        ("<description>Two", "<description><b>Two"),
        ('xmlns:p="http://prismstandard.org/namespaces/basic/2.1/"', ""),
    ],
)
def test_an_embargo_survives_a_broken_feed(damage: tuple[str, str]) -> None:
    item = read(RSS.replace(*damage)).items[-1]
    assert item.embargoed_until == datetime(2026, 3, 5, 5, tzinfo=UTC)


def test_an_embargo_that_nobody_understands_withholds_the_item() -> None:
    assert read(RSS.replace("2026-03-05T06:00:00+01:00", "Friday!")).items[-1].withdrawn
    feed = {"items": [{"id": "1", "title": "T", "_ninjs": {"embargoed": "Friday"}}]}
    assert read(json.dumps(feed)).items[0].withdrawn == "withheld"
    feed = {"items": [{"id": "1", "title": "T", "_ninjs": {"pubstatus": "later"}}]}
    assert read(json.dumps(feed)).items[0].withdrawn == "withheld"


@pytest.mark.parametrize(
    "link",
    ["/etc/passwd", "file:///etc/passwd", "notes.txt", "-", "javascript:alert(1)", "http:", ""],
)
def test_a_feed_points_at_nothing_but_web_addresses(link: str) -> None:
    feed = json.dumps({"items": [{"id": "1", "title": "T", "url": link}]})
    rss = RSS.replace("https://gazette.example/2026/budget", link)
    for item in (read(feed).items[0], read(rss).items[1]):
        assert (item.address, item.teaser) == ("", False)


def test_a_relative_link_is_completed_from_where_the_feed_was_found() -> None:
    feed = json.dumps({"items": [{"id": "1", "title": "T", "url": "/a"}]})
    rss = RSS.replace("https://gazette.example/2026/budget", "/a")
    found = "https://found.example/feeds/all"
    assert read(feed, found).items[0].address == "https://found.example/a"
    assert read(rss, found).items[1].address == "https://found.example/a"


def test_an_entry_without_a_link_does_not_link_to_its_feed() -> None:
    rss = RSS.replace("https://gazette.example/2026/budget", "")
    assert read(rss, "https://found.example/feeds/all").items[1].address == ""


def test_no_terminal_command_hides_in_a_name() -> None:
    title = '{"title": "Pilot \\u001b]0;owned\\u0007", "items": []}'
    assert read(title).outlet == "Pilot ]0;owned"
    site = "<meta property='og:site_name' content='Post &#27;[31m'>"
    page = (SAMPLES / "lighthouse.html").read_text("utf-8")
    page = re.sub("<meta property=.og:site_name.[^>]*>", site, page)
    assert read(page).outlet == "Post [31m"


def test_a_date_of_the_far_future_or_the_dawn_of_time_is_no_date() -> None:
    late = read(RSS.replace("03 Mar 2026 07:30", "03 Mar 2062 07:30")).items
    assert late[0].published_at is None
    assert late[1].published_at is None


def test_entities_of_a_feed_read_no_file_and_explode_nowhere() -> None:
    entity = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    bomb = "".join(f"<!ENTITY b{i} '{f'&b{i - 1};' * 10}'>" for i in range(1, 12))
    for doctype in (entity, f"<!DOCTYPE rss [<!ENTITY b0 'ha'>{bomb}<!ENTITY x '&b11;'>]>"):
        feed = RSS.replace("<rss ", f"{doctype}<rss ", 1).replace("Ferry crew", "Ferry &x; crew")
        assert len(read(feed).items[0].title) < 100


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("<x>" * 200_000 + "</x>" * 200_000, "nests more than"),
        ("<x " + " ".join(f'a{i}=">"' for i in range(200_000)) + "/>", "holds a tag with"),
    ],
)
def test_a_feed_that_would_choke_a_parser_is_refused(hostile: str, reason: str) -> None:
    assert why_not(RSS.replace("<item>", f"<item>{hostile}", 1)).startswith(reason)


def test_a_page_that_would_choke_a_parser_is_refused() -> None:
    many = " ".join(f"a{i}='<'" for i in range(10_000))
    assert why_not(f"<html><body><p {many}>Hello</p>").startswith("holds a tag with")


@pytest.mark.parametrize(
    "hostile",
    [
        "<!-- a -->" * 100_000 + "x",
        "<!-- " * 100_000,
        "<script " * 100_000,
        "<div>" * 100_000,
        "<a x='" * 100_000,
        "<a b" + " " * 500_000 + ">",
        "<p>word " * 50_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<![CDATA[" * 100_000,
        "<item>" * 100_000,
        "[" * 500_000,
    ],
    ids=lambda text: text[:12],
)
@pytest.mark.parametrize("start", ["", "<!doctype html><html><body>", "<rss><channel>"])
def test_a_hostile_shape_ends_soon(start: str, hostile: str) -> None:
    try:
        reading = read(start + hostile)
    except ExtractError as error:
        assert error.reason  # noqa: PT017 - either end is right
    else:
        assert not any(item.title for item in reading.items)


def test_a_long_picture_inside_a_page_is_no_reason_to_refuse_it() -> None:
    page = (SAMPLES / "lighthouse.html").read_text("utf-8")
    drawn = page.replace("<main>", f'<main><img src="data:image/png;base64,{"A" * 90_000}">')
    assert read(drawn).items[0].body == read(page).items[0].body


def test_a_page_cannot_take_the_address_of_another_site() -> None:
    page = (SAMPLES / "lighthouse.html").read_bytes()
    there = "https://headland.example/news/foghorn"
    assert read(page, "https://www.headland.example/x?utm_source=y").items[0].address == there
    assert read(page, "https://evil.example/x").items[0].address == "https://evil.example/x"
    assert read(page, "saved.html").items[0].address == there


def test_a_live_blog_is_its_updates() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Goal {i}",
            "articleBody": f"The {i}. goal fell late.",
        }
        for i in (2, 1)
    ]
    data = {"@type": "LiveBlogPosting", "headline": "The match", "liveBlogUpdate": updates}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    reading = read(f"<html><head>{script}</head><body><p>Loading</p></body></html>")
    assert [i.title for i in reading.items] == ["Goal 2", "Goal 1"]
    assert [i.body for i in reading.items] == ["The 2. goal fell late.", "The 1. goal fell late."]
    item = as_one(reading)
    assert (item.title, item.liveblog) == ("The match", True)
    assert item.body == "Goal 2\n\nThe 2. goal fell late.\n\nGoal 1\n\nThe 1. goal fell late."


def test_a_text_without_a_headline_has_no_title() -> None:
    text = "The bridge at Orrin fell on Monday.\n\nNobody was hurt."
    item = read(text).items[0]
    assert (item.title, item.body) == ("", text)


def test_a_text_in_an_old_encoding_keeps_its_marks() -> None:
    said = "„Wir fahren nicht mehr“, sagte Jörg Müller am Montag in Brake."
    text = f"Streit um die Fähre\n\n{said} Die Gäste hörten zu."
    item = read(text.encode("cp1252")).items[0]
    assert item.body.startswith(said)


def test_the_name_of_a_file_stands_for_its_outlet() -> None:
    assert read("Some words.", "wire/harbour-1.txt").outlet == "harbour-1"
    assert read("Some words.", "-").outlet == "standard input"


@pytest.mark.skipif(not SEED.exists(), reason="needs the shared data beside the checkout")
def test_the_seed_article_has_its_title() -> None:
    item = read(SEED.read_bytes()).items[0]
    assert item.title == "Russia, Iran Hail Syria’s Move to Sign Weapons Pact"
    assert "Read Later" in item.body


@pytest.mark.system
def test_reading_a_text_loads_no_parser_of_feeds_or_pages() -> None:
    program = (
        "import sys; from datetime import datetime, UTC\n"
        "from bot.ports import Document; from bot.sources import read_document\n"
        "read_document(Document('-', b'Some words.'), now=datetime.now(UTC))\n"
        "print({'trafilatura', 'feedparser', 'charset_normalizer'} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"


def test_an_identifier_stays_as_the_feed_has_it() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>
      <entry><id>t3_ferry</id><title>Ferry</title><link href="ferry/1"/></entry></feed>"""
    for address in ("https://courier.example/a/feed.xml", "folder/feed.xml"):
        assert read(feed, address).items[0].guid == "t3_ferry"
    assert read(feed, "https://courier.example/a/feed.xml").items[0].address == (
        "https://courier.example/a/ferry/1"
    )


def test_of_a_long_feed_only_the_first_entries_are_read() -> None:
    items = "".join(f"<item><title>Ferry {n}</title></item>" for n in range(50))
    rss = f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>".encode()
    listed = [{"id": str(n), "title": f"Ferry {n}"} for n in range(50)]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed}).encode()
    for content in (rss, feed):
        cut = read_document(Document("feed", content), now=NOW, max_items=5)
        assert [item.title for item in cut.items] == [f"Ferry {n}" for n in range(5)]
        assert cut.shortfall == ""
        assert len(read_document(Document("feed", content), now=NOW).items) == 50


def test_an_end_that_stands_in_a_text_cuts_no_entry_that_counts() -> None:
    item = "<item><title>Ferry</title><description><![CDATA[</item> stops]]></description></item>"
    rss = f"<rss version='2.0'><channel><title>C</title>{item * 9}</channel></rss>".encode()
    reading = read_document(Document("feed", rss), now=NOW, max_items=3)

    assert [item.title for item in reading.items] == ["Ferry"] * 3
