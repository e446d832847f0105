import json
from datetime import UTC, datetime

import pytest

from bot.ports import Document
from bot.sources import Item, Reading, read_document

NOW = datetime(2026, 3, 4, tzinfo=UTC)
TITLE = "Council sits all night"
SITE = "<meta property='og:site_name' content='Averell Times'>"
STORY = "".join(
    f"<p>The council of Port Averell met for hour {n} on Monday, and nobody left the room.</p>"
    for n in ("one", "two", "three", "four", "five")
)


def read(head: str = "", body: str = "", lang: str = "en") -> Reading:
    page = (
        f"<!doctype html><html lang='{lang}'><head>{head}</head>"
        f"<body><article>{body}{STORY}</article></body></html>"
    )
    address = "https://averell.example/news/1"
    return read_document(Document(address, page.encode(), "text/html"), now=NOW)


def item(head: str = "", body: str = "") -> Item:
    return read(head, body).items[0]


def linked(**data: object) -> str:
    node = {"@type": "NewsArticle", **data}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Council sits all night</title>", "<h1>Council sits all night</h1>", None),
        (f"<title>Council sits all night - Averell Times</title>{SITE}", "", None),
        (f"<title>Averell Times | Council sits all night</title>{SITE}", "", None),
        (linked(headline="Council sits all night"), f"<h1>City<br>{TITLE}</h1>", None),
        ("<meta property='og:title' content='Council sits all night'>", "<h1>News</h1>", None),
        ("", "<h1>Council sits all night</h1>", None),
        ("<title>Ferry - a history</title>", "", "Ferry - a history"),
    ],
)
def test_the_title_is_the_headline_without_the_site(
    head: str, body: str, title: str | None
) -> None:
    assert item(head, body).title == (title or "Council sits all night")


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (linked(author={"name": "Lena Marsh"}), "", "Lena Marsh"),
        (linked(author=[{"name": "Lena Marsh"}, "Rosa Imre"]), "", "Lena Marsh, Rosa Imre"),
        (linked(author={"name": "By Lena Marsh and Rosa Imre"}), "", "Lena Marsh, Rosa Imre"),
        ("<meta name='author' content='Lena Marsh'>", "", "Lena Marsh"),
        ("<meta name='author' content='https://x.example/lena'>", "", ""),
        (f"<meta name='author' content='Averell Times'>{SITE}", "", ""),
        ("", "<p><a rel='author' href='/l'>Lena Marsh</a></p>", "Lena Marsh"),
        ("", "<p class='byline'>By Lena Marsh</p>", "Lena Marsh"),
        ("", "<p class='byline'>Something else here</p>", ""),
    ],
)
def test_the_byline_holds_names_only(head: str, body: str, byline: str) -> None:
    assert item(head, body).byline == byline


def test_the_dates_come_from_where_the_page_says_them() -> None:
    monday = datetime(2026, 3, 2, 8, tzinfo=UTC)
    for head, body in [
        (linked(datePublished="2026-03-02T09:00:00+01:00"), ""),
        ("<meta property='article:published_time' content='2026-03-02T08:00:00Z'>", ""),
        ("<meta name='date' content='Mon, 02 Mar 2026 08:00:00 GMT'>", ""),
        ("", "<time datetime='2026-03-02 08:00'>Monday</time>"),
        ("", "<span hidden><time datetime='2026-03-02T08:00Z'></time></span>2 hours ago"),
    ]:
        assert item(head, body).published_at == monday
    changed = item("<meta property='article:modified_time' content='2026-03-02T08:00:00Z'>")
    assert (changed.published_at, changed.updated_at) == (None, monday)
    assert item(linked(datePublished="next week")).published_at is None


def test_a_day_that_is_only_shown_is_taken_for_the_day_of_publication() -> None:
    day = datetime(2026, 3, 2, tzinfo=UTC)
    assert item("", "<p class='post-date'>2 March 2026</p>").published_at == day
    assert item("", "<p class='post-date'>2 March 2098</p>").published_at is None


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (f"{linked(author={'name': 'averell.example'})}{SITE}", "", "averell.example"),
        (
            linked(author={"name": "The Averell Times"})
            + SITE
            + "<meta name='author' content='Lena Marsh'>",
            "",
            "Lena Marsh",
        ),
        (
            linked(author=[{"name": "Averell Times"}, {"name": "Lena Marsh"}]) + SITE,
            "",
            "Lena Marsh",
        ),
        (
            linked(author={"name": "Averell Times"}) + SITE,
            "<aside><a rel='author' href='/l'>Lena Marsh</a></aside>",
            "Averell Times",
        ),
    ],
)
def test_a_person_comes_before_the_outlet_as_the_author(head: str, body: str, byline: str) -> None:
    assert item(head, body).byline == byline


def test_the_language_and_the_outlet_are_the_page_s_own() -> None:
    reading = read(linked(publisher={"name": "Averell Times"}), lang="en_GB")
    assert (reading.language, reading.outlet) == ("en-GB", "Averell Times")
    assert read(lang="not a language").language == ""
    assert read().outlet == "averell.example"


def test_broken_data_for_machines_does_no_harm() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    assert item(head, "<h1>Council sits</h1>").title == "Council sits"
    broken_lines = (
        '<script type="application/ld+json">{"@type":"Article","headline":"A\nb c"}</script>'
    )
    assert item(broken_lines).title == "A b c"


def test_the_text_given_to_machines_stands_in_for_one_that_is_not_shown() -> None:
    words = "The ferry stopped on Monday. “It is old,” said Mira Tolland, who runs the line."
    data = linked(headline="Ferry stops", articleBody=words)
    page = f"<html><head>{data}</head><body><div id='app'></div></body></html>"
    reading = read_document(Document("https://a.example/1", page.encode()), now=NOW)
    assert reading.items[0].body == words


def test_a_headline_that_the_text_repeats_is_not_part_of_it() -> None:
    found = item("<title>Council sits all night</title>", "<h1>Council sits all night</h1>")
    assert found.body.startswith("The council of Port Averell met for hour one")
    assert found.body.count("\n\n") == 4
