from datetime import UTC, datetime, timedelta

import pytest

from bot.sources import Item, Reading, complete
from bot.sources.teasers import is_teaser

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ITEM = Item("g", "https://c.example/a", "Ferry stops", "The ferry…", published_at=NOW, teaser=True)
PAGE = Item(title="Ferry line stops for a month", body="The ferry stops.\n\nIt is old.", byline="L")


def page(item: Item = PAGE) -> Reading:
    return Reading("page", "Courier", (item,), "en")


@pytest.mark.parametrize(
    ("full", "summary", "expected"),
    [
        ("word " * 300, "", False),
        ("", "word " * 300, False),
        ("", "A short summary.", True),
        ("word " * 300 + "[…]", "", True),
        ("word " * 300 + "Continue reading →", "", True),
        ("word " * 60, "word", False),
        ("", "", True),
    ],
)
def test_a_teaser_is_short_or_breaks_off(full: str, summary: str, *, expected: bool) -> None:
    assert is_teaser(full, summary) is expected


def test_a_teaser_gets_the_text_of_its_page_and_keeps_its_own_title() -> None:
    item = complete(ITEM, page())
    assert (item.title, item.body, item.byline) == ("Ferry stops", PAGE.body, "L")
    assert (item.published_at, item.language, item.teaser) == (NOW, "en", False)


def test_a_page_with_less_than_the_teaser_is_not_used() -> None:
    short = Item(body="Log in.")
    longer = Item(body="A teaser that is longer than the page.", teaser=True)
    assert complete(longer, page(short)).body == longer.body
    assert complete(longer, page(short)).teaser
    assert complete(ITEM, Reading("page", "Courier", ())) == ITEM


def test_what_is_held_on_either_side_stays_held() -> None:
    later = NOW + timedelta(days=1)
    held = Item(body=PAGE.body, withdrawn="withheld", embargoed_until=later)
    item = complete(Item(body="Short.", embargoed_until=NOW), page(held))
    assert (item.withdrawn, item.embargoed_until) == ("withheld", later)
