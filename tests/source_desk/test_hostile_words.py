"""Law 7: whatever a source calls itself or its articles, on a terminal and in a pipe it is data."""

import io
import json
from datetime import UTC
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from bot.cards import Card
from bot.console.terminal import print_card
from bot.news import PollState, Subscription, Unread
from bot.source_desk import add, health_of, listing, try_address
from bot.source_desk.cards import added_card, listing_card, removed_card
from bot.source_desk.machines import listing_json
from bot.source_desk.printing import printed
from bot.source_desk.reports import health_card, trial_card
from bot.text import clean
from tests.source_desk.desks import FEED, NOW, a_feed, a_source_desk, an_item

HOSTILE = [
    "[bold red]Sale[/bold red] [link=https://evil.example]here[/link] :smile:",
    "\x1b[2J\x1b]0;owned\x07 \x9b31m gone \x08\x08\x08",
    "first\nsecond\r\nthird\u2028fourth\x85fifth\tsixth",
    "\u202egnp.exe\u2066 hidden\u2069 \u200f",
    "@everyone **bold** `code` <script>alert(1)</script> $(rm -rf ~)",
    "x" * 10_000,
    "𝕏" * 4_000 + "\x00",
]
SILENT = {chr(n) for n in (*range(32), *range(127, 160), *range(0x202A, 0x202F))} - {"\n"}


def shown(card: Card) -> str:
    """Return what a pipe and a terminal without colours get of the card."""
    texts = []
    for is_terminal in (False, True):
        file = io.StringIO()
        console = Console(file=file, force_terminal=is_terminal, color_system=None, width=90)
        print_card(console, card)
        texts.append(file.getvalue())
    return "\n".join(texts)


def is_data(text: str, most: int = 20_000) -> bool:
    return not SILENT & set(text) and len(text) < most


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_titles_bylines_and_outlets_of_a_feed_stay_data(words: str) -> None:
    inside = escape(clean(words))
    item = an_item(inside, more=f"<author>{inside}</author>")
    desk = a_source_desk({FEED: a_feed(item, title=inside)})
    tried = shown(trial_card(await try_address(desk, FEED, now=NOW), UTC))
    added = shown(added_card(await add(desk, Subscription(FEED, NOW), "best", now=NOW)))

    assert is_data(tried)
    assert is_data(added)
    if words.startswith("["):
        assert "[bold red]Sale[/bold red]" in " ".join(tried.split())


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_names_and_reasons_in_a_list_and_in_health_stay_data(words: str) -> None:
    name = words.replace("\x00", "")
    poll = PollState(failures=1, failing_since=NOW, reason=name, checked_at=NOW)
    parts = (Unread(f"https://x.example/{name}", name),) * 9
    sources = [
        Subscription(f"https://a.example/{name}", NOW, name, name, name, poll=poll),
        Subscription(
            "https://b.example/",
            NOW,
            name,
            poll=PollState(unread=parts, checked_at=NOW, read_at=NOW),
        ),
    ]
    desk = a_source_desk({}, sources)
    cards = [
        listing_card(await listing(desk.subscriptions), now=NOW),
        health_card(health_of(sources, now=NOW), UTC),
        removed_card(replace(sources[0], address="https://a.example/"), program="nutgraf"),
    ]
    assert all(is_data(shown(card), 100_000) for card in cards)
    for_machines = listing_json(await listing(desk.subscriptions), NOW)
    assert not SILENT & set(for_machines)
    assert json.loads(for_machines)[0]["outlet"] == name


@given(st.text(max_size=700), st.integers(2, 200))
def test_what_is_printed_is_one_bounded_line_without_controls(text: str, most: int) -> None:
    line = printed(text, most)
    assert len(line) <= most
    assert not (SILENT | {"\n"}) & set(line)
    assert printed(line, most) == line


@given(st.text("abc xyz.-", max_size=80))
def test_ordinary_words_are_printed_as_they_stand(text: str) -> None:
    assert printed(text) == " ".join(text.split())
