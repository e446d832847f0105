import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractError
from bot.news import Article, Outlet, Source
from bot.ports import Document
from bot.sources import Item, Reading, read_document, read_wire_items, revise
from bot.text import clean, squeeze

NAR = "http://iptc.org/std/nar/2006-10-01/"
NOW = datetime(2026, 3, 4, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "wire"
SAMPLE_NAMES = sorted(p.name for p in SAMPLES.iterdir() if not p.name.endswith(".expected.json"))
WIRE = Source("wire/a.xml", "wire", Outlet("Sound News Agency"))
FERRY = (SAMPLES / "ferry.newsml.xml").read_text("utf-8")
BUDGET = (SAMPLES / "budget.embargoed.nitf.xml").read_text("utf-8")
WIND = (SAMPLES / "wind.ninjs3.json").read_text("utf-8")


def read(content: bytes | str, address: str = "wire/found.xml") -> Reading:
    content = content.encode() if isinstance(content, str) else content
    return read_document(Document(address, content), now=NOW)


def only(content: bytes | str) -> Item:
    (item,) = read(content).items
    return item


def newsml(
    *,
    version: int = 1,
    status: str = "usable",
    meta: str = "",
    headline: str = "Ferry stops",
    body: str = "<p>The ferry stopped.</p>",
    dated: str = "2026-03-03T09:30:00Z",
) -> str:
    return f"""<newsItem xmlns="{NAR}" guid="urn:a" version="{version}">
      <itemMeta><itemClass qcode="ninat:text"/><versionCreated>{dated}</versionCreated>
      <pubStatus qcode="stat:{status}"/>{meta}</itemMeta>
      <contentMeta><headline>{headline}</headline></contentMeta>
      <contentSet><inlineXML><html><body>{body}</body></html></inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_each_sample_reads_as_expected(name: str) -> None:
    reading = read((SAMPLES / name).read_bytes(), f"wire/{name}")
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text("utf-8"))
    assert json.loads(msgspec.json.encode(reading)) == expected


def test_what_hides_in_a_text_is_not_read() -> None:
    assert "Ignore" in FERRY
    assert "Ignore" not in only(FERRY).body


def test_pictures_and_packages_are_listed_but_are_no_articles() -> None:
    listed = read_wire_items(Document("wire/a.xml", FERRY.encode()))
    assert [item.item for item in listed] == ["packageItem", "newsItem", "newsItem"]
    assert [item.guid for item in read(FERRY).items] == [listed[1].id]


def test_a_wire_document_without_a_text_says_so() -> None:
    picture = FERRY.replace("ninat:text", "ninat:picture")
    with pytest.raises(ExtractError, match=r"found\.xml: is a wire document without a text"):
        read(picture)


@pytest.mark.parametrize(
    ("status", "withdrawn"),
    [
        ("usable", None),
        ("withheld", "withheld"),
        ("canceled", "killed"),
        ("embargoed", "withheld"),
        ("a-status-of-next-year", "withheld"),
    ],
)
def test_only_what_is_usable_may_be_printed(status: str, withdrawn: str | None) -> None:
    assert only(newsml(status=status)).withdrawn == withdrawn
    ninjs = {"uri": "u", "pubstatus": status, "headline": "Ferry stops", "body_text": "It did."}
    assert only(json.dumps(ninjs)).withdrawn == withdrawn
    assert only(BUDGET.replace('"usable"', f'"{status}"')).withdrawn == (
        None if status == "embargoed" else withdrawn  # for its note says until when
    )


@pytest.mark.parametrize("signal", ["sig:kill", "http://cv.invalid/signal/takedown"])
def test_a_signal_takes_an_item_back(signal: str) -> None:
    assert only(newsml(meta=f'<signal qcode="{signal}"/>')).withdrawn == "killed"


@pytest.mark.parametrize(
    "headline", ["KILL: Ferry stops", "MANDATORY KILL Ferry", "EDS: KILL--Ferry"]
)
def test_a_kill_notice_takes_an_item_back(headline: str) -> None:
    assert only(newsml(headline=headline)).withdrawn == "killed"


@pytest.mark.parametrize("headline", ["Kill: a review", "Storm may kill power", "KILL-SWITCH LAW"])
def test_a_headline_about_killing_takes_nothing_back(headline: str) -> None:
    assert only(newsml(headline=headline)).withdrawn is None


@pytest.mark.parametrize(
    ("meta", "headline", "correction"),
    [
        ('<signal qcode="sig:correction"/>', "Ferry stops", True),
        ('<signal qcode="sig:update"/>', "Ferry stops", False),
        ("", "CORRECTED-Ferry stops", True),
        ("", "Ferry stops (UPDATE 1, CORRECTED)", True),
        ("", "Correction officers strike", False),
        ("<edNote>Corrects spelling of Tolland.</edNote>", "Ferry stops", True),
        ("<edNote>Eds: CORRECTS first name.</edNote>", "Ferry stops", True),
        ("<edNote>Adds reaction.</edNote>", "Ferry stops", False),
    ],
)
def test_a_correction_is_known_as_one(meta: str, headline: str, correction: bool) -> None:  # noqa: FBT001
    facts = only(newsml(meta=meta, headline=headline)).wire
    assert facts is not None
    assert facts.correction is correction


@pytest.mark.parametrize(
    ("meta", "until", "withdrawn"),
    [
        ("<embargoed>2026-03-05T06:00:00Z</embargoed>", datetime(2026, 3, 5, 6, tzinfo=UTC), None),
        ("<embargoed/>", None, "withheld"),
        ("<embargoed>soon</embargoed>", None, "withheld"),
        (
            "<edNote>Embargoed till 5 March 0600 GMT</edNote>",
            datetime(2026, 3, 5, 6, tzinfo=UTC),
            None,
        ),
        ("<edNote>Under embargo.</edNote>", None, "withheld"),
    ],
)
def test_an_embargo_holds_the_item_until_it_ends(
    meta: str, until: datetime | None, withdrawn: str | None
) -> None:
    item = only(newsml(meta=meta))
    assert (item.embargoed_until, item.withdrawn) == (until, withdrawn)


def test_a_headline_about_an_embargo_is_printed_and_one_under_embargo_is_held() -> None:
    assert only(newsml(headline="Oil embargo to end, ministers say")).withdrawn is None
    assert only(newsml(headline="EMBARGOED: Ferry stops")).withdrawn == "withheld"


def test_an_embargo_of_ninjs_without_an_end_holds() -> None:
    assert read(WIND.replace("2026-03-06T06:00:00+01:00", "")).items[0].withdrawn == "withheld"


def test_a_release_after_the_issue_is_an_embargo_in_nitf() -> None:
    later = BUDGET.replace('release norm="20260303', 'release norm="20260309')
    assert only(later).embargoed_until == datetime(2026, 3, 9, 14, 45, tzinfo=UTC)
    unreadable = BUDGET.replace('release norm="20260303T164500+0200', 'release norm="YYYYMMDD')
    assert only(unreadable).embargoed_until == only(BUDGET).embargoed_until


def test_a_document_may_take_back_another() -> None:
    content = (SAMPLES / "harbour.killed.nitf.xml").read_text("utf-8")
    own, other = read(content).items
    assert (own.withdrawn, other.guid, other.withdrawn) == (None, "CDA.88.4401", "killed")
    alone = content.replace(' management-idref-status="canceled"', "")
    assert [item.withdrawn for item in read(alone).items] == [None]
    both = alone.replace('"usable"', '"canceled"')
    assert [item.withdrawn for item in read(both).items] == ["killed", "killed"]


def test_of_one_document_the_highest_version_of_an_item_is_read() -> None:
    versions = "".join(newsml(version=n, headline=f"Number {n}") for n in (2, 10, 9))
    assert only(f"<newsMessage><itemSet>{versions}</itemSet></newsMessage>").title == "Number 10"


states = st.sampled_from(["usable", "usable", "withheld", "canceled"])
deliveries = st.permutations(range(1, 6)).flatmap(
    lambda order: st.tuples(st.just(order), st.tuples(*(states,) * 5))
)


def told(items: list[Item]) -> Article:
    article: Article | None = None
    for hour, item in enumerate(items):
        article = revise(article, item, WIRE, now=NOW + timedelta(hours=hour))
    assert article is not None
    return article


@given(deliveries, st.booleans())
def test_the_highest_version_wins_in_whatever_order_it_arrives(
    delivery: tuple[list[int], tuple[str, ...]],
    dated: bool,  # noqa: FBT001
) -> None:
    order, given_states = delivery
    items = {
        n: only(
            newsml(
                version=n,
                status=state,
                headline=f"Number {n}",
                # an agency's clock is no proof
                dated=f"2026-03-0{6 - n}T00:00:00Z" if dated else "",
            )
        )
        for n, state in enumerate(given_states, start=1)
    }
    article = told([items[n] for n in order])
    assert article.latest.title == "Number 5"
    assert article.withdrawn == items[5].withdrawn
    assert article.wire == items[5].wire


@given(st.permutations(["usable", "canceled", "usable"]))
def test_what_was_taken_back_stays_so_until_a_newer_version(order: list[str]) -> None:
    article = told([only(newsml(version=2, status=status)) for status in order])
    assert article.withdrawn == "killed"
    assert revise(article, only(newsml(version=3)), WIRE, now=NOW).withdrawn is None


def test_a_kill_by_reference_reaches_the_article_in_either_order() -> None:
    _, kill = read((SAMPLES / "harbour.killed.nitf.xml").read_bytes()).items
    story = BUDGET.replace("CDA.88.4417", "CDA.88.4401")
    assert told([only(story), kill]).withdrawn == "killed"
    assert told([kill, only(story)]).withdrawn == "killed"


speech = st.text(max_size=60).map(lambda text: squeeze(clean(text)))


@given(st.lists(speech.filter(bool), min_size=1, max_size=4))
def test_every_character_of_a_quotation_survives_newsml(paragraphs: list[str]) -> None:
    body = "".join(f"<p>“{escape(text)}” she said.</p>" for text in paragraphs)
    expected = [f"“{text}” she said." for text in paragraphs]
    assert [squeeze(p) for p in only(newsml(body=body)).body.split("\n\n")] == expected


@given(st.lists(speech.filter(bool), min_size=1, max_size=4))
def test_every_character_of_a_quotation_survives_ninjs(paragraphs: list[str]) -> None:
    marked = "".join(f"<p>“{escape(text)}” she said.</p>" for text in paragraphs)
    found = only(
        json.dumps({"uri": "u", "bodies": [{"contenttype": "text/html", "value": marked}]})
    )
    expected = [f"“{text}” she said." for text in paragraphs]
    assert [squeeze(p) for p in found.body.split("\n\n")] == expected


@given(
    st.sampled_from([(SAMPLES / name).read_bytes() for name in SAMPLE_NAMES]),
    st.integers(0, 4000),
    st.integers(0, 40),
    st.binary(max_size=12),
)
def test_a_damaged_document_is_read_or_refused_with_a_sentence(
    content: bytes, at: int, length: int, instead: bytes
) -> None:
    try:
        reading = read(content[:at] + instead + content[at + length :])
    except ExtractError as refused:
        reading = Reading("text", refused.reason, ())
    assert reading.outlet
    assert all(clean(item.body) == item.body for item in reading.items)


@pytest.mark.parametrize("sample", [FERRY, BUDGET])
def test_half_a_document_is_refused(sample: str) -> None:
    half = sample[: sample.rindex("</p>")]
    with pytest.raises(ExtractError, match="is broken XML, and cannot be read"):
        read(half)


def test_entities_of_a_document_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish", "utf-8")
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    for inner in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        f'<!ENTITY b0 "ha">{bomb}<!ENTITY x "&b9;">',
    ):
        hostile = f"<!DOCTYPE newsItem [{inner}]>" + newsml(body="<p>So: &x;</p>")
        with pytest.raises(ExtractError, match="broken XML"):
            read(hostile)


def test_a_dtd_that_is_named_is_not_fetched() -> None:
    # sockets are off in this test; the sample names a DTD
    assert "schemas.invalid" in BUDGET
    assert only(BUDGET).title


def test_what_would_choke_a_parser_is_refused() -> None:
    deep = newsml(body="<p>" * 5_000 + "</p>" * 5_000)
    with pytest.raises(ExtractError, match="nests more than"):
        read(deep)
    attributes = " ".join(f'a{n}="1"' for n in range(5_000))
    with pytest.raises(ExtractError, match="thousands of attributes"):
        read(newsml(body=f"<p {attributes}>x</p>"))


def test_other_documents_are_no_wires() -> None:
    for content in (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b"<html><body><p>A page.</p></body></html>",
        b"A text.",
    ):
        with pytest.raises(ExtractError, match=r"is not in a wire format \(NewsML-G2, "):
            read_wire_items(Document("x", content))


def test_one_wire_is_one_source_whichever_of_its_files_is_read() -> None:
    one, other = WIRE, Source("wire/b.xml", "wire", WIRE.outlet)
    elsewhere = Source("other/a.xml", "wire", WIRE.outlet)
    ids = [revise(None, only(FERRY), source, now=NOW).id for source in (one, other, elsewhere)]
    assert ids[0] == ids[1]
    assert ids[0] != ids[2]


def test_a_text_of_an_older_wire_without_an_instant_has_no_identifier() -> None:
    content = (SAMPLES / "ferry.iptc7901").read_bytes()
    found = only(re.sub(rb"\x03\d+ GMT \w+ \d+", b"\x03", content))
    assert (found.guid, found.published_at) == ("", None)
    assert found.title == "Ferry to Tern Island stops for a month"


@pytest.mark.parametrize(
    ("value", "body"),
    [
        (BUDGET, only(BUDGET).body),
        ("<nitf><body><body.content><p>Broken", "Broken"),
        ("<p>No NITF at all.</p>", "No NITF at all."),
    ],
)
def test_ninjs_may_carry_nitf(value: str, body: str) -> None:
    bodies = [{"contenttype": "application/nitf+xml", "value": value}]
    assert only(json.dumps({"uri": "u", "headlines": [], "bodies": bodies})).body == body


def test_a_collection_is_a_story_if_it_has_a_text() -> None:
    item = {"uri": "u", "type": "composite", "headline": "Ferry stops"}
    assert only(json.dumps(item | {"body_text": "It stopped."})).body == "It stopped."
    with pytest.raises(ExtractError, match="without a text"):
        read(json.dumps(item))
