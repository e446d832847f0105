"""Embargoes that stand only in the text hold, in several forms; reports of embargoes do not."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ports import Item
from bot.sources.embargo_lines import as_embargoed
from tests.laws.desks import NOW, a_desk
from tests.laws.test_held_text_stays_held import NAME, OPEN, everything_said, feed

BODY = "The ferry stops for a month, the line said.\n\nTwo hundred people use it each day."
SENT = datetime(2026, 9, 16, 12, tzinfo=UTC)


def read(line: str, *, below: bool = False, title: str = "Ferry stops") -> Item:
    body = f"{BODY}\n\n{line}" if below else f"{line}\n\n{BODY}"
    return as_embargoed(Item(title=title, body=body, published_at=SENT), now=SENT)


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0001 GMT Thursday 17 September", "2026-09-17T00:01"),
        ("*** STRICTLY EMBARGOED until 00:01 BST on 18 September 2026 ***", "2026-09-17T23:01"),
        ("Not for publication before 6 a.m. CEST, 17 September 2026.", "2026-09-17T04:00"),
        ("NOT TO BE PUBLISHED before 17 September 2026, 0900 GMT", "2026-09-17T09:00"),
        ("Embargo: 17 September 2026, noon UTC", "2026-09-17T12:00"),
        ("Note to editors: embargoed until 17.09.2026 06:00 UTC", "2026-09-17T06:00"),
        ("Sperrfrist: 17. September 2026, 9 Uhr MESZ", "2026-09-17T07:00"),
        ("Do not publish before 09:00 GMT, September 17", "2026-09-17T09:00"),
    ],
)
def test_a_line_that_states_an_embargo_holds_the_item_until_then(
    line: str, until: str, *, below: bool
) -> None:
    end = datetime.fromisoformat(until)
    item = read(line, below=below)

    assert item.embargoed_until == end.replace(tzinfo=UTC)
    assert item.withdrawn is None


@pytest.mark.parametrize(
    "line", ["EMBARGOED UNTIL the minister speaks", "Not for release until further notice"]
)
def test_an_embargo_without_a_day_withholds_the_item(line: str) -> None:
    assert read(line).withdrawn == "withheld"


@pytest.mark.parametrize(
    "line",
    [
        "The embargo on oil from the north holds until 17 September, the ministry said.",
        "Embargo lifted on 17 September: the report is free to use",
        "The council embargoed the site until Monday 14 September, it said on Tuesday.",
        "Embargo talks fail again",
        "No longer under embargo since 17 September",
    ],
)
def test_a_report_about_an_embargo_is_not_held(line: str) -> None:
    item = read(line)
    assert (item.embargoed_until, item.withdrawn) == (None, None)
    assert read("", title=line).withdrawn is None


def test_a_day_without_a_zone_ends_where_it_ends_last() -> None:
    assert read("EMBARGOED UNTIL 17 September 2026").embargoed_until == datetime(
        2026, 9, 18, 12, tzinfo=UTC
    )


@given(
    st.datetimes(datetime(2026, 9, 17), datetime(2026, 12, 31)),  # noqa: DTZ001 - made aware below
    st.sampled_from([("GMT", 0), ("BST", 1), ("CEST", 2), ("EDT", -4), ("UTC", 0)]),
    st.sampled_from(
        [
            "EMBARGOED UNTIL {t:%H%M} {z} {t:%A} {d} {t:%B %Y}",
            "Not for publication before {t:%H:%M} {z} on {d} {t:%B %Y}",
            "Embargo: {d} {t:%B %Y}, {t:%H:%M} {z}",
            "Under embargo until {t:%B} {d}, {t:%Y}, {t:%H:%M} {z}",
        ]
    ),
)
def test_whatever_day_and_zone_it_names_the_embargo_ends_to_the_minute(
    at: datetime, zone: tuple[str, int], form: str
) -> None:
    end = at.replace(second=0, microsecond=0, tzinfo=UTC)
    line = form.format(t=end, d=end.day, z=zone[0])

    assert read(line).embargoed_until == end - timedelta(hours=zone[1])


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("EMBARGOED UNTIL 0601 GMT Thursday 17 September", True),
        ("EMBARGOED UNTIL 0600 GMT Thursday 17 September", False),
        ("EMBARGOED UNTIL further notice", True),
    ],
)
async def test_no_word_of_it_reaches_a_surface_before_its_time(line: str, *, held: bool) -> None:
    listing = json.loads(feed())
    listing["items"][1]["content_text"] = f"{line}\n\n{listing['items'][1]['content_text']}"
    desk = a_desk({"https://courier.example/feed.json": json.dumps(listing).encode()})

    said = await everything_said(desk)

    assert OPEN in said
    assert (NAME not in said) == held
    assert datetime(2026, 9, 17, 6, tzinfo=UTC) == NOW
